import type { Blockquote, Code, Definition, RootContent } from "mdast";
import { convertInline } from "./convert-inline.ts";
import type { Stretch } from "./cut-folds.ts";
import type { Finding } from "./dialect.ts";
import { createEdits } from "./edits.ts";
import { decodeEntities } from "./html-tag.ts";
import { jsxAttribute } from "./jsx-attribute.ts";
import { parsePage, spanOf, type ParsedPage, type ParseOptions } from "./parse-page.ts";
import { blockAt, noteAt, type Place, type Setting } from "./place.ts";
import { continueAt, endAlone, prefixOf, standAlone, trimLines } from "./prefix.ts";

/** The MDX of a stretch of a page, without empty lines at its ends. */
export function convertTree(parsed: ParsedPage, stretch: Omit<Stretch, "summary">, setting: Setting): string {
  const place: Place = { ...setting, parsed, edits: createEdits(parsed.source) };
  if (stretch.left !== undefined) place.edits.replace(stretch.left.from, stretch.left.to, "");
  for (const { from, to } of stretch.runs) place.edits.replace(from, to, `\n\n${htmlAt(from, to, "", place)}\n\n`);
  for (const node of stretch.nodes) convertFlow(node, place);
  return trimLines(place.edits.apply(stretch.from, stretch.to));
}

/** The MDX of Markdown that stands within a page. */
export function convertText(
  source: string,
  { definitions }: Pick<ParsedPage, "definitions">,
  options: Pick<ParseOptions, "firstLine" | "insideHtml">,
  setting: Setting,
): string {
  const { actsAfterFence } = setting.page.dialect;
  const parsed = parsePage(source, { ...options, actsAfterFence, definitions });
  const whole = { from: 0, to: source.length, nodes: parsed.tree.children, runs: [], left: undefined };
  return convertTree(parsed, whole, setting);
}

function convertFlow(node: RootContent, place: Place): void {
  const { edits, page, parsed } = place;
  const { from, to } = spanOf(node);
  switch (node.type) {
    case "heading":
      if (node === page.titleHeading) remove(from, to, place);
      else convertInline(node, place);
      break;
    case "paragraph":
      convertInline(node, place);
      break;
    case "code":
      convertCode(node, place);
      break;
    case "html": {
      const text = htmlAt(from, to, prefixOf(from, parsed.source), place);
      if (text === "") remove(from, to, place);
      else edits.replace(from, to, standAlone(text, { from, to }, parsed.source));
      break;
    }
    case "blockquote":
      if (!convertCallout(node, place)) for (const child of node.children) convertFlow(child, place);
      break;
    case "definition":
      convertDefinition(node, place);
      break;
    case "yaml": {
      const reason = "The page's own front matter.";
      const note = noteAt(lineOf(node), reason, parsed.source.slice(from, to), place);
      edits.replace(from, to, standAlone(note, { from, to }, parsed.source));
      break;
    }
    default:
      if ("children" in node) for (const child of node.children) convertFlow(child, place);
  }
}

function convertCode(node: Code, place: Place): void {
  const { parsed, edits, isLifted } = place;
  const { from, to } = spanOf(node);
  const prefix = prefixOf(from, parsed.source);
  const { blocks, remarks } = usesOf(node, place);
  const texts = [
    ...blocks.map((block) => blockAt(block, place)),
    ...remarks.map(({ reason, original }) => noteAt(lineOf(node), reason, original, place)),
  ];
  const text = texts.join("\n\n");
  // One that is never closed reaches to what ends it; after one that is, there are spaces where its action was.
  const closed = from + parsed.source.slice(from, to).trimEnd().length;
  const lineEnd = closed + (/^[ \t]*/.exec(parsed.source.slice(closed))?.[0].length ?? 0);
  if (isLifted && prefix !== "") {
    const begin = from - prefix.length;
    const hasMark = !/^[\s>]*$/.test(parsed.source.slice(begin, from));
    edits.replace(hasMark ? from : begin, lineEnd, `${hasMark ? "\n" : ""}\n${text}\n`);
    return;
  }
  const after = remarks.length > 0 ? endAlone(closed, prefix, parsed.source) : "";
  edits.replace(from, lineEnd, continueAt(prefix, text) + after);
}

function usesOf(node: Code, { parsed, page }: Place): Finding {
  const { value: code } = node;
  const isFenced = /[`~]/.test(parsed.source.charAt(spanOf(node).from));
  if (!isFenced) return { blocks: [{ type: "code", language: "", code }], remarks: [] };
  const suffix = parsed.actions.get(node.position?.end.line ?? 0) ?? "";
  return page.dialect.fence({ language: node.lang ?? "", words: node.meta ?? "", code, suffix });
}

/** A quotation that begins with `[!NOTE]` or the like becomes a component. */
function convertCallout(node: Blockquote, place: Place): boolean {
  const { parsed, edits, found } = place;
  const { from, to } = spanOf(node);
  const prefix = prefixOf(from, parsed.source);
  const [first = "", ...lines] = parsed.original.slice(from, to).split("\n");
  const kind = /^>[ \t]*\[!(\w+)\][ \t]*$/.exec(first)?.[1];
  if (kind === undefined) return false;
  const inner = lines.map((line) => withoutPrefix(line, prefix).replace(/^ {0,3}> ?/, "")).join("\n");
  const line = lineOf(node);
  const actions = found.actions.length;
  const options = { firstLine: parsed.firstLine + line, insideHtml: false };
  const text = convertText(inner, parsed, options, { ...place, isLifted: false });
  if (found.actions.length > actions) found.hasNestedActions = true;
  const component = /warning|caution/i.test(kind) ? "Warning" : "Note";
  const title = jsxAttribute("title", kind.charAt(0).toUpperCase() + kind.slice(1).toLowerCase());
  if (text === "") {
    const note = noteAt(line, "A callout with nothing in it.", first, place);
    edits.replace(from, to, standAlone(note, { from, to }, parsed.source));
    return true;
  }
  found.mapped.push("callouts");
  const shown = `<${component} ${title}>\n\n${text}\n\n</${component}>`;
  edits.replace(from, to, standAlone(shown, { from, to }, parsed.source));
  return true;
}

/** A line without what quotations and lists around it put before it. */
function withoutPrefix(line: string, prefix: string): string {
  const start = line.slice(0, prefix.length);
  return /^[\s>]*$/.test(start) ? line.slice(prefix.length) : line.trimStart();
}

/** The links have their addresses with them, since another page may give the same name to another. */
function convertDefinition(node: Definition, place: Place): void {
  const { parsed, page, edits } = place;
  const { from, to } = spanOf(node);
  if (isFootnote(node)) return;
  if (page.references.has(node.identifier)) remove(from, to, place);
  else {
    const reason = "The address of a link that the page does not have.";
    const note = noteAt(lineOf(node), reason, parsed.source.slice(from, to), place);
    edits.replace(from, to, standAlone(note, { from, to }, parsed.source));
  }
}

function htmlAt(from: number, to: number, prefix: string, place: Place): string {
  const { original, source } = place.parsed;
  return convertHtml(original.slice(from, to), source.slice(0, from).split("\n").length, prefix, place);
}

/** A block of HTML: its comments and programs as notes, its text as Markdown. */
function convertHtml(html: string, line: number, prefix: string, place: Place): string {
  const { parsed, found } = place;
  // Empty lines between blocks are the site's own affair.
  if (/^(\s|<br\s*\/?>)*$/i.test(html)) return "";
  const special = /<!--([^]*?)(?:-->|$)|<(script|style|textarea|pre)\b[^]*?(?:<\/\2\s*>|$)|<[?!][^]*?(?:>|$)/i.exec(
    html,
  );
  if (special === null) {
    const actions = found.actions.length;
    const source = html
      .split("\n")
      .map((each, n) => (n === 0 ? each : withoutPrefix(each, prefix)))
      .join("\n");
    const options = { firstLine: parsed.firstLine + line - 1, insideHtml: true };
    const text = convertText(source, parsed, options, { ...place, isLifted: place.isLifted && prefix === "" });
    if (prefix !== "" && found.actions.length > actions) found.hasNestedActions = true;
    return text;
  }
  const [whole, comment, element] = special;
  const before = html.slice(0, special.index);
  const at = line + before.split("\n").length - 1;
  const middle = (): string => {
    if (comment !== undefined) return noteAt(at, "A comment of the author.", comment.trim(), place);
    if (element?.toLowerCase() === "pre") return convertPreformatted(whole, prefix, place);
    return noteAt(at, "A piece of HTML that has no place in a lesson.", whole, place);
  };
  const next = at + whole.split("\n").length - 1;
  return [
    convertHtml(before, line, prefix, place),
    middle(),
    convertHtml(html.slice(special.index + whole.length), next, prefix, place),
  ]
    .filter((text) => text !== "")
    .join("\n\n");
}

function convertPreformatted(html: string, prefix: string, place: Place): string {
  const inner = html.replace(/^<pre\b[^>]*>\n?/i, "").replace(/<\/pre\s*>$/i, "");
  const lines = inner.split("\n").map((line, n) => (n === 0 ? line : withoutPrefix(line, prefix)));
  const code = decodeEntities(lines.join("\n").replace(/<\/?[a-z][^<>]*>/gi, "")).replace(/\n$/, "");
  return blockAt({ type: "code", language: "", code }, place);
}

/** Takes a block out, with the empty lines after it. */
function remove(from: number, to: number, { parsed, edits }: Place): void {
  const after = /^[ \t]*(\n[ \t]*(?=\n))*\n?/.exec(parsed.source.slice(to))?.[0] ?? "";
  edits.replace(from, prefixOf(from, parsed.source) === "" ? to + after.length : to, "");
}

function lineOf({ position }: RootContent): number {
  return position?.start.line ?? 1;
}

/** The site reads it as a footnote. */
function isFootnote({ identifier }: Definition): boolean {
  return identifier.startsWith("^");
}
