import type { Html, PhrasingContent } from "mdast";
import { suffixWithoutLink } from "./convert-link.ts";
import { escapeAddress } from "./escape-text.ts";
import { parseTag, type HtmlTag } from "./html-tag.ts";
import type { Line } from "./line.ts";
import { spanOf } from "./parse-page.ts";
import { placePicture } from "./place-picture.ts";
import { breakAt } from "./prefix.ts";

/** Converts the tags among the parts of a text. A pair that MDX knows as well stays; what has no place becomes a note. */
export function convertTags(siblings: readonly PhrasingContent[], line: Line): void {
  const open: { node: Html; tag: HtmlTag }[] = [];
  for (const node of siblings) {
    if (node.type !== "html") continue;
    const tag = parseTag(node.value);
    if (tag === undefined) {
      convertOther(node, line);
    } else if (!isPaired(tag.name)) {
      convertSingle(node, tag, line);
    } else if (!tag.isClosing) {
      open.push({ node, tag });
    } else {
      const at = open.findLastIndex((each) => each.tag.name === tag.name);
      const [begin, ...unclosed] = at < 0 ? [] : open.splice(at);
      for (const each of unclosed) drop(each.node, each.tag, line);
      if (begin === undefined) drop(node, tag, line);
      else convertPair(begin.node, begin.tag, node, line);
    }
  }
  for (const { node, tag } of open) drop(node, tag, line);
}

/** Pairs within a text that mean the same in MDX. */
const kept = new Set("b strong i em u s del ins sub sup small mark kbd code samp var abbr cite q dfn".split(" "));

function isPaired(name: string): boolean {
  return kept.has(name) || name === "a" || name === "summary";
}

function convertPair(begin: Html, tag: HtmlTag, end: Html, line: Line): void {
  if (tag.name === "a") {
    convertAnchor(begin, tag, end, line);
    return;
  }
  const isBold = tag.name === "summary";
  write(begin, isBold ? "**" : `<${tag.name}>`, line);
  write(end, isBold ? "**" : `</${tag.name}>`, line);
  noteAttributes(begin, tag, [], line);
}

function convertAnchor(begin: Html, tag: HtmlTag, end: Html, line: Line): void {
  const url = tag.attributes.get("href");
  if (url === undefined) {
    drop(begin, tag, line);
    write(end, "", line);
    return;
  }
  const suffix = suffixWithoutLink(url, begin.value, begin, line);
  write(begin, suffix === undefined ? "[" : "", line);
  write(end, suffix ?? `](${escapeAddress(url)})`, line);
  noteAttributes(begin, tag, ["href", "target", "rel"], line);
}

function convertSingle(node: Html, tag: HtmlTag, line: Line): void {
  const { name, isClosing } = tag;
  switch (name) {
    case "br":
    case "hr":
      write(node, `<${name} />`, line);
      break;
    case "wbr":
      write(node, "", line);
      break;
    case "p":
      write(node, breakAt(line.prefix), line);
      noteAttributes(node, tag, [], line);
      break;
    case "img":
      // At its turn among the other pictures.
      break;
    case "details":
      write(node, "", line);
      if (!isClosing) line.note("A part that was folded away within another; here it stands open.", node.value, node);
      break;
    default:
      drop(node, tag, line);
  }
}

/** Places a picture that is written as a tag. */
export function convertImage(node: Html, line: Line): void {
  const tag = parseTag(node.value);
  if (tag?.name !== "img") return;
  const [url = "", alt = "", caption = ""] = ["src", "alt", "title"].map((key) => tag.attributes.get(key));
  placePicture({ url, alt, caption }, node, line);
  noteAttributes(node, tag, ["src", "alt", "title"], line);
}

function convertOther(node: Html, line: Line): void {
  const comment = /^<!--([^]*?)-->$/.exec(node.value)?.[1];
  write(node, "", line);
  if (comment !== undefined) line.note("A comment of the author.", comment.trim(), node);
  else line.note("A piece of HTML that has no place in a lesson.", node.value, node);
}

function drop(node: Html, { name, isClosing }: HtmlTag, line: Line): void {
  write(node, "", line);
  if (!isClosing) line.note(`The HTML element <${name}> has no place in a lesson.`, node.value, node);
}

function noteAttributes(
  node: Html,
  { name, isClosing, attributes }: HtmlTag,
  known: readonly string[],
  line: Line,
): void {
  if (isClosing || [...attributes.keys()].every((key) => known.includes(key))) return;
  line.note(`What <${name}> says of how it looks has no place in a lesson.`, node.value, node);
}

function write(node: Html, text: string, { edits }: Line): void {
  const { from, to } = spanOf(node);
  edits.replace(from, to, text);
}
