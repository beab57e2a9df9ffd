import remarkParse from "remark-parse";
import { unified } from "unified";
import type { Root, RootContent } from "mdast";
import { isElement, parseMdx } from "../../../src/lessons/mdx-tree.ts";

/** What a text shows, part by part, letter by letter. */
export interface Shown {
  readonly blocks: readonly string[];
  readonly codes: readonly string[];
  /** Lines of the words outside of code. */
  readonly words: readonly string[];
  /** The titles of steps. */
  readonly headings: readonly string[];
}

/** What a page shows, as CommonMark says; `{{…}}` after a fence is Killercoda's. */
export function shownBy(markdown: string): Shown {
  return read(
    unified()
      .use(remarkParse)
      .parse(markdown.replace(/^([ >]*(?:`{3,}|~{3,}))\{\{.*\}\}$/gm, "$1")),
  );
}

/** What a lesson shows, as MDX says. */
export function shownByLesson(mdx: string): Shown {
  return read(parseMdx(mdx, "lesson.mdx"));
}

function read(root: Root): Shown {
  const nodes = [...all(root)];
  const values = (type: "code" | "inlineCode" | "text"): string[] =>
    nodes.flatMap((node) => (node.type === type ? [node.value] : []));
  const titles = nodes.flatMap((node) => (isElement(node) ? node.attributes : []));
  return {
    blocks: values("code"),
    codes: values("inlineCode"),
    words: values("text")
      .flatMap((value) => value.split(signs).map((line) => line.trim()))
      .filter((line) => line !== ""),
    headings: titles.flatMap((attribute) =>
      attribute.type === "mdxJsxAttribute" && attribute.name === "title" && typeof attribute.value === "string"
        ? [attribute.value]
        : [],
    ),
  };
}

/** Ends of lines, and what a format adds to Markdown, of which the meaning is mapped and not the letters. */
const signs = /\n|\{\{[^}]*\}\}|^\[!\w+\]$|:{1,3}\w+\[[^\]]*\]\{[^}]*\}/m;

function* all(node: Root | RootContent): Generator<RootContent> {
  if (!("children" in node)) return;
  for (const child of node.children) {
    yield child;
    yield* all(child);
  }
}
