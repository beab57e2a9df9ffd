import type { Link, LinkReference, PhrasingContent } from "mdast";
import { plainText } from "../../lessons/mdx-tree.ts";
import { escapeAddress, escapeWords } from "./escape-text.ts";
import type { Line } from "./line.ts";
import { spanOf } from "./parse-page.ts";

/** Converts what a link is beside its words. */
export function convertLink(node: Link | LinkReference, line: Line): void {
  const { edits, parsed } = line;
  const { from, to } = spanOf(node);
  const original = parsed.source.slice(from, to);
  if (node.type === "linkReference" && node.identifier.startsWith("^")) return;
  const target = node.type === "link" ? node : parsed.definitions.get(node.identifier);
  const url = target?.url ?? "";
  const [first, last] = [node.children[0], node.children.at(-1)];
  // It is the format's own.
  if (edits.covers(from)) return;
  if (original.startsWith("<")) {
    edits.replace(from, to, `[${escapeWords(plainText(node))}](${escapeAddress(url)})`);
    return;
  }
  const inner = { from: first ? spanOf(first).from : from + 1, to: last ? spanOf(last).to : from + 1 };
  const suffix = suffixWithoutLink(url, original, node, line);
  if (suffix !== undefined) {
    edits.replace(from, inner.from, "");
    edits.replace(inner.to, to, suffix);
  } else if (node.type === "linkReference") {
    const title = target?.title ? ` ${JSON.stringify(target.title)}` : "";
    edits.replace(inner.to, to, `](${escapeAddress(url)}${title})`);
  }
}

/** What follows the words of a link that leads nowhere here; undefined for one that leads somewhere. */
export function suffixWithoutLink(
  url: string,
  original: string,
  node: PhrasingContent,
  line: Line,
): string | undefined {
  const known = line.page.dialect.link(url, original);
  if (known !== undefined) {
    line.follow(known, node);
    return known.suffix;
  }
  if (/^(https?:|mailto:|#)/i.test(url)) return undefined;
  line.note("A link that leads nowhere from a lesson.", original, node);
  return "";
}
