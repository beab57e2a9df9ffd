import type { Code, Definition, Root, RootContent } from "mdast";
import remarkFrontmatter from "remark-frontmatter";
import remarkParse from "remark-parse";
import { unified } from "unified";

/** Markdown and its tree. */
export interface ParsedPage {
  /** As the tree's places count in it: actions after fences are spaces. */
  readonly source: string;
  /** As it was given; the same places. */
  readonly original: string;
  readonly tree: Root;
  /** By the line of the closing fence, within `source`. */
  readonly actions: ReadonlyMap<number, string>;
  /** The line on which `source` begins in its file, counted from 1. */
  readonly firstLine: number;
  readonly definitions: ReadonlyMap<string, Definition>;
}

export interface ParseOptions {
  readonly firstLine: number;
  /** Whether a closing fence may have `{{…}}` after it. */
  readonly actsAfterFence: boolean;
  /** For what is between tags of HTML, as its author meant it: HTML only within text, no code by indentation. */
  readonly insideHtml: boolean;
  /** Of the page around it. */
  readonly definitions?: ReadonlyMap<string, Definition>;
}

export function parsePage(original: string, options: ParseOptions): ParsedPage {
  const { firstLine, actsAfterFence, insideHtml, definitions: outer = new Map<string, Definition>() } = options;
  const parser = insideHtml ? parseInsideHtml : parseWhole;
  const parse = (text: string): Root => parseWith(parser, text, outer);
  const actions = new Map<number, string>();
  let source = original;
  let tree = parse(source);
  for (let end = actsAfterFence && findEnd(tree, source); end; end = findEnd(tree, source)) {
    actions.set(end.line, end.action);
    source = source.slice(0, end.at) + " ".repeat(end.action.length) + source.slice(end.at + end.action.length);
    tree = parse(source);
  }
  const definitions = new Map(outer);
  for (const node of nodesIn(tree)) {
    if (node.type === "definition" && !definitions.has(node.identifier)) definitions.set(node.identifier, node);
  }
  return { source, original, tree, actions, firstLine, definitions };
}

/** All nodes below `node`, in the order of the text. */
export function* nodesIn(node: Root | RootContent): Generator<RootContent> {
  if (!("children" in node)) return;
  for (const child of node.children) {
    yield child;
    yield* nodesIn(child);
  }
}

/** Where `node` begins and ends. */
export function spanOf({ position }: Pick<RootContent, "position">): { readonly from: number; readonly to: number } {
  return { from: position?.start.offset ?? 0, to: position?.end.offset ?? 0 };
}

/** A reference is only one where its definition is seen, so those of `definitions` are put before the text, and out of the tree again. */
function parseWith(
  parser: Pick<typeof parseWhole, "parse">,
  text: string,
  definitions: ReadonlyMap<string, Definition>,
): Root {
  const before = [...definitions.values()].map(({ label, identifier }) => `[${label ?? identifier}]: x\n\n`);
  const tree = parser.parse(before.join("") + text);
  const offset = before.join("").length;
  for (const { position } of nodesIn(tree)) {
    for (const point of position ? [position.start, position.end] : []) {
      point.line -= before.length * 2;
      point.offset = (point.offset ?? 0) - offset;
    }
  }
  return { ...tree, children: tree.children.slice(before.length) };
}

const parseWhole = unified().use(remarkParse).use(remarkFrontmatter).freeze();
const parseInsideHtml = unified()
  .use(remarkParse)
  .data("micromarkExtensions", [{ disable: { null: ["htmlFlow", "codeIndented"] } }])
  .freeze();

interface FenceEnd {
  readonly line: number;
  readonly at: number;
  readonly action: string;
}

/** The first line within a block of code that would close it, were there no action after the fence. */
function findEnd(tree: Root, source: string): FenceEnd | undefined {
  for (const node of nodesIn(tree)) {
    const end = node.type === "code" ? endWithin(node, source) : undefined;
    if (end !== undefined) return end;
  }
  return undefined;
}

function endWithin(node: Code, source: string): FenceEnd | undefined {
  const { from, to } = spanOf(node);
  const mark = /^(`{3,}|~{3,})/.exec(source.slice(from, to))?.[0];
  if (mark === undefined) return undefined;
  const closing = new RegExp(
    String.raw`\n[ \t>]*${mark.charAt(0)}{${mark.length},}[ \t]*(\{\{[^\n]*\}\})[ \t]*(?=\n|$)`,
  );
  const found = closing.exec(source.slice(from, to));
  if (found === null) return undefined;
  const before = source.slice(from, from + found.index + 1);
  const line = (node.position?.start.line ?? 1) + before.split("\n").length - 1;
  const action = found[1] ?? "";
  return { line, at: from + found.index + found[0].indexOf("{{"), action };
}
