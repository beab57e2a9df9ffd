import remarkFrontmatter from "remark-frontmatter";
import remarkMdx from "remark-mdx";
import remarkParse from "remark-parse";
import { mdxToJs } from "satteri";
import { unified } from "unified";
import type { Program } from "estree-jsx";
import type { Root, RootContent } from "mdast";
import type { MdxJsxFlowElement, MdxJsxTextElement } from "mdast-util-mdx-jsx";
import type {} from "mdast-util-mdx";
import { LessonError, type LessonMistake } from "./lesson-error.ts";

export type Node = Root | RootContent;
export type Element = MdxJsxFlowElement | MdxJsxTextElement;

/** Throws a `LessonError` when `source` is not MDX, to this parser or to the site's own compiler. */
export function parseMdx(source: string, file: string): Root {
  try {
    const root = unified().use(remarkParse).use(remarkFrontmatter).use(remarkMdx).parse(source);
    // What renders the lesson is another parser than the one that knows values and places.
    compile(source);
    return root;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    throw new LessonError([describeSyntaxError(error, source, file)], { cause: error });
  }
}

/** What is between braces in MDX; `undefined` when it is nothing. Throws when it is no expression. */
export function parseExpression(text: string): Program | undefined {
  const [node] = unified().use(remarkParse).use(remarkMdx).parse(`{${text}}`).children;
  return node?.type === "mdxFlowExpression" ? (node.data?.estree ?? undefined) : undefined;
}

function compile(source: string): void {
  mdxToJs(source, { features: { frontmatter: true } });
}

export function isElement(node: Node): node is Element {
  return node.type === "mdxJsxFlowElement" || node.type === "mdxJsxTextElement";
}

/** How many elements of this name are in `node`, however deep. */
export function countElements(node: Node, name: string): number {
  return findElements(node, name).length;
}

/** The elements of this name in `node`, however deep, in the order of the text. */
export function findElements(node: Node, name: string): readonly Element[] {
  const here = isElement(node) && node.name === name ? [node] : [];
  return "children" in node ? [...here, ...node.children.flatMap((child) => findElements(child, name))] : here;
}

/** Shows nothing: white space, or a comment between braces. */
export function isNothing(node: Node): boolean {
  if (node.type === "text") return node.value.trim() === "";
  if (node.type !== "mdxFlowExpression" && node.type !== "mdxTextExpression") return false;
  return node.data?.estree?.body.length === 0 || writtenSpace(node) !== undefined;
}

/** What `{" "}` stands for, a space that MDX would drop where it is. */
function writtenSpace(node: Node): string | undefined {
  if (node.type !== "mdxFlowExpression" && node.type !== "mdxTextExpression") return undefined;
  return /^\s*(["'`])(\s*)\1\s*$/.exec(node.value)?.[2];
}

/** Elements that share a line are in a paragraph of their own; this takes them out, and leaves out what shows nothing. */
export function unwrap(children: readonly RootContent[]): RootContent[] {
  return children.flatMap((child) => {
    const isWrapping = child.type === "paragraph" && child.children.every((part) => isElement(part) || isNothing(part));
    return (isWrapping ? child.children : [child]).filter((part) => !isNothing(part));
  });
}

/** The words in `node`, without their formatting. */
export function plainText(node: Node): string {
  if ("value" in node && (node.type === "text" || node.type === "inlineCode" || node.type === "code"))
    return node.value;
  return writtenSpace(node) ?? ("children" in node ? node.children.map(plainText).join("") : "");
}

function describeSyntaxError(error: Error, source: string, file: string): LessonMistake {
  const reason = "reason" in error ? String(error.reason) : readCompilerError(error).reason;
  // A tag that is left open has no place of its own, but its reason names where it was opened.
  const opened = /\((\d+):\d+-\d+:\d+\)/.exec(reason)?.[1];
  const known = "line" in error && typeof error.line === "number" ? error.line : Number(opened ?? 0);
  // What never ends is noticed at the end, where nothing is wrong; the compiler says where it began.
  const line = reason.startsWith("Unexpected end of file") || known === 0 ? (findBeginning(source) ?? known) : known;
  const said = reason.replace(/ \(note: [^]*\)$/, "").replace(/\.?$/, ".");
  return { file, line: Math.max(1, line), problem: `This is not MDX: ${said}`, remedy: remedyFor(reason) };
}

function findBeginning(source: string): number | undefined {
  try {
    compile(source);
    return undefined;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return readCompilerError(error).line;
  }
}

/** The site's compiler writes the place before the reason and the rule's name after it. */
function readCompilerError({ message }: Error): { readonly line: number | undefined; readonly reason: string } {
  const [, line, reason = message] = /^(?:(\d+):\d+: )?([^]*?)(?: \(mdx[\w-]*:[\w-]+\))?$/.exec(message) ?? [];
  return { line: line === undefined ? undefined : Number(line), reason };
}

function remedyFor(reason: string): string {
  if (reason.includes("before the end of `paragraph`")) {
    return "Write the whole element on one line, or its opening and its closing tag each on a line of its own.";
  }
  if (reason.includes("to create a comment in MDX")) return "Write a comment as {/* … */}.";
  if (reason.includes("Could not parse expression")) {
    return 'Write a whole value between the braces: {80}, {["a", "b"]} or {{"80/tcp": 8080}}. A literal { is \\{.';
  }
  return "Close every tag, and write a literal { or < as \\{ or \\<.";
}
