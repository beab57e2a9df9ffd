import type { PhrasingContent } from "mdast";
import { escapeWords } from "./escape-text.ts";
import { jsxAttribute } from "./jsx-attribute.ts";
import type { Line } from "./line.ts";
import { spanOf } from "./parse-page.ts";
import { breakAt } from "./prefix.ts";

interface Picture {
  readonly url: string;
  readonly alt: string;
  readonly caption: string;
}

/** A picture that has its line for itself stands there; another after the paragraph, with its words in its place. */
export function placePicture({ url, alt, caption }: Picture, node: PhrasingContent, line: Line): void {
  const { edits, parsed, flow, prefix, page, found, note, add } = line;
  const { from, to } = spanOf(node);
  if (edits.covers(from)) return;
  const original = parsed.source.slice(from, to);
  const taken = page.pictures.take(url, page.file);
  const words = alt.replace(/\s+/g, " ").trim();
  if (!("name" in taken)) {
    note(taken.reason, original, node);
    edits.replace(from, to, isAlone(node, line) ? "" : escapeWords(words));
    return;
  }
  found.mapped.push("pictures");
  const attributes = [
    jsxAttribute("src", taken.name),
    jsxAttribute("alt", words || taken.name),
    ...(caption.trim() === "" ? [] : [jsxAttribute("caption", caption.trim())]),
  ];
  const figure = `<Figure ${attributes.join(" ")} />`;
  if (isAlone(node, line)) {
    // At the start of its line one more makes it stand alone.
    const startsLine = parsed.source.slice(0, from).endsWith(`\n${prefix}`);
    const before = from === spanOf(flow).from ? "" : startsLine ? `\n${prefix}` : breakAt(prefix);
    edits.replace(from, to, `${before}${figure}${to === spanOf(flow).to ? "" : `\n${prefix.trimEnd()}`}`);
  } else {
    edits.replace(from, to, escapeWords(words));
    add(figure);
  }
  if (words === "") note("A picture without words for those who do not see it: write its alt.", original, node);
}

/** Nothing but pictures is on the line of the paragraph. */
function isAlone(node: PhrasingContent, { flow, parsed }: Line): boolean {
  if (flow.type !== "paragraph" || !flow.children.includes(node)) return false;
  const span = spanOf(flow);
  const { from, to } = spanOf(node);
  const start = Math.max(span.from, parsed.source.lastIndexOf("\n", from - 1) + 1);
  const next = parsed.source.indexOf("\n", to);
  const end = Math.min(span.to, next < 0 ? parsed.source.length : next);
  let rest = parsed.source.slice(start, end);
  for (const child of flow.children) {
    const { from: a, to: b } = spanOf(child);
    const isPicture = child.type.startsWith("image") || (child.type === "html" && /^<(img|br)\b/i.test(child.value));
    if (isPicture && a >= start && b <= end)
      rest = rest.slice(0, a - start) + " ".repeat(b - a) + rest.slice(b - start);
  }
  return /^[\s>]*$/.test(rest);
}
