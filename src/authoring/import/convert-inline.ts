import type { Heading, InlineCode, Paragraph, PhrasingContent } from "mdast";
import { convertLink } from "./convert-link.ts";
import { convertImage, convertTags } from "./convert-tags.ts";
import type { Claim } from "./dialect.ts";
import { findCodeLike } from "./escape-text.ts";
import { createLine, type Line } from "./line.ts";
import { nodesIn, spanOf } from "./parse-page.ts";
import type { Place } from "./place.ts";
import { placePicture } from "./place-picture.ts";

/** Converts the text of a paragraph or heading; what comes of it beside text stands after it. */
export function convertInline(flow: Paragraph | Heading, place: Place): void {
  const line = createLine(flow, place);
  claim(line);
  convertChildren(flow, line);
  if (flow.type === "heading") convertHeading(flow, line);
  line.finish();
}

/** Takes what is the format's own, which is not Markdown. */
function claim(line: Line): void {
  const { flow, edits, parsed, page } = line;
  const { from, to } = spanOf(flow);
  const source = parsed.source.slice(from, to);
  const inside = [...nodesIn(flow)];
  const make = (found: Claim, offset: number): void => {
    const start = offset + found.from;
    const end = offset + found.to;
    if (edits.covers(start)) return;
    if (found.keep === undefined) edits.replace(start, end, found.text);
    else {
      edits.replace(start, offset + found.keep.from, "");
      edits.replace(offset + found.keep.to, end, found.text);
    }
    const holder = inside.findLast((node) => spanOf(node).from <= start);
    line.follow(found, holder as PhrasingContent | undefined);
  };
  const opaque = inside.filter(({ type }) => type === "inlineCode" || type === "html").map(spanOf);
  const claims = page.dialect.claims(source).filter((each) => {
    const start = from + each.from;
    return !opaque.some((span) => span.from <= start && start < span.to);
  });
  // In the order of the text, so that what follows is in it too.
  const codes = inside.filter((node) => node.type === "inlineCode");
  const found = [
    ...claims.map((each) => ({ each, offset: from })),
    ...codes.flatMap((code) => {
      const offset = spanOf(code).to;
      const each = page.dialect.afterCode(commandIn(code, line), parsed.source.slice(offset, to));
      return each === undefined ? [] : [{ each, offset }];
    }),
  ];
  // At the same place what is after code comes first: the other takes it for text.
  found.sort((a, b) => a.offset + a.each.from - (b.offset + b.each.from) || b.offset - a.offset);
  for (const { each, offset } of found) make(each, offset);
}

/** Code as it is to be typed. Where its lines are broken means nothing, unless the shell is told so. */
function commandIn(code: InlineCode, { parsed }: Line): string {
  if (!code.value.includes("\n")) return code.value.trim();
  const { from, to } = spanOf(code);
  const inner = parsed.source.slice(from, to).replace(/^`+|`+$/g, "");
  return inner.replace(/(\\?)[ \t]*\n[ \t>]*/g, (_, escape: string) => (escape === "" ? " " : "\\\n  ")).trim();
}

function convertChildren(parent: { readonly children: readonly PhrasingContent[] }, line: Line): void {
  convertTags(parent.children, line);
  for (const node of parent.children) convertNode(node, line);
}

function convertNode(node: PhrasingContent, line: Line): void {
  const { edits, parsed, flow } = line;
  const { from, to } = spanOf(node);
  switch (node.type) {
    case "text":
      for (const each of findCodeLike(parsed.source.slice(from, to), from === spanOf(flow).from)) {
        const at = from + each.at;
        if (!edits.covers(at)) edits.replace(at, at + each.length, each.text);
      }
      break;
    case "inlineCode":
      break;
    case "image":
      placePicture({ url: node.url, alt: node.alt ?? "", caption: node.title ?? "" }, node, line);
      break;
    case "imageReference": {
      const { url = "", title } = parsed.definitions.get(node.identifier) ?? {};
      placePicture({ url, alt: node.alt ?? "", caption: title ?? "" }, node, line);
      break;
    }
    case "html":
      convertImage(node, line);
      break;
    case "link":
    case "linkReference":
      convertLink(node, line);
      convertChildren(node, line);
      break;
    default:
      if ("children" in node) convertChildren(node, line);
  }
}

/** Underlined headings are written with signs: there are only two levels of them. */
function convertHeading(flow: Heading, line: Line): void {
  const { edits, parsed, page } = line;
  const { from, to } = spanOf(flow);
  const depth = Math.min(6, Math.max(3, flow.depth + page.shift));
  const signs = "#".repeat(depth);
  const written = /^#{1,6}(?=[ \t]|$)/.exec(parsed.source.slice(from, to))?.[0];
  if (written !== undefined) {
    if (written !== signs) edits.replace(from, from + written.length, signs);
    return;
  }
  const last = flow.children.at(-1);
  const end = last ? spanOf(last).to : from;
  edits.insert(from, `${signs} `);
  for (const { index, 0: all } of parsed.source.slice(from, end).matchAll(/[ \t]*\\?\n[\s>]*/g)) {
    edits.replace(from + index, from + index + all.length, " ");
  }
  edits.replace(end, to, "");
}
