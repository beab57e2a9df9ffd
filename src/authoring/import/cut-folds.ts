import type { RootContent } from "mdast";
import { spanOf, type ParsedPage } from "./parse-page.ts";

/** A stretch of a page: what is read, or what is between `<details>` and `</details>`. */
export interface Stretch {
  /** Set for what was folded away: the source of its `<summary>`. */
  readonly summary: string | undefined;
  readonly from: number;
  readonly to: number;
  /** What is wholly in it. */
  readonly nodes: readonly RootContent[];
  /** Other parts of blocks of HTML that hold the tags. */
  readonly runs: readonly Run[];
  /** Its `<summary>`, which is shown otherwise. */
  readonly left: Run | undefined;
}

export interface Run {
  readonly from: number;
  readonly to: number;
}

/** Cuts a page at its `<details>`. Those that stand in a list, in a quotation or in each other are not cut. */
export function cutFolds({ tree, source }: ParsedPage): Stretch[] {
  const stretches: Stretch[] = [];
  let open = begin(0, undefined);
  let depth = 0;
  const cut = (at: number, next: number, summary: string | undefined): void => {
    stretches.push({ ...open, to: at });
    open = begin(next, summary);
  };
  for (const node of tree.children) {
    const { from, to } = spanOf(node);
    const text = source.slice(from, to);
    const tags = node.type === "html" && !/^<(pre|script|style|textarea)\b/i.test(text) ? findTags(text, from) : [];
    if (tags.length === 0) {
      open.nodes.push(node);
      continue;
    }
    let at = from;
    const run = (end: number): void => {
      if (source.slice(at, end).trim() !== "") open.runs.push({ from: at, to: end });
    };
    for (const [n, tag] of tags.entries()) {
      if (tag.from < at) continue;
      if (tag.name === "details" && !tag.isClosing && ++depth === 1) {
        run(tag.from);
        cut(tag.from, tag.to, "");
        at = tag.to;
      } else if (tag.name === "details" && tag.isClosing && depth > 0 && --depth === 0) {
        run(tag.from);
        cut(tag.from, tag.to, undefined);
        at = tag.to;
      } else if (tag.name === "summary" && !tag.isClosing && depth === 1 && open.summary === "") {
        run(tag.from);
        const end = tags.slice(n).find(({ name, isClosing }) => name === "summary" && isClosing);
        open.summary = source.slice(tag.to, end?.from ?? to).trim();
        at = end?.to ?? to;
        open.left = { from: tag.from, to: at };
      }
    }
    run(to);
  }
  cut(source.length, source.length, undefined);
  return stretches;
}

function begin(from: number, summary: string | undefined) {
  return { from, summary, nodes: [] as RootContent[], runs: [] as Run[], left: undefined as Run | undefined };
}

interface Tag extends Run {
  readonly name: string;
  readonly isClosing: boolean;
}

/** The tags in a block of HTML that fold. What is in comments is none. */
function findTags(html: string, offset: number): Tag[] {
  return [...html.matchAll(/<!--[^]*?(?:-->|$)|<(\/?)(details|summary)\b[^>]*>/gi)].flatMap(
    ({ 0: all, 1: slash, 2: name, index }) =>
      name === undefined
        ? []
        : [
            {
              name: name.toLowerCase(),
              isClosing: slash === "/",
              from: offset + index,
              to: offset + index + all.length,
            },
          ],
  );
}
