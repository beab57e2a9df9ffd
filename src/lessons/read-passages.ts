import type { RootContent } from "mdast";
import { findAttribute } from "./attribute-value.ts";
import { isElement, parseMdx, plainText, unwrap, type Element } from "./mdx-tree.ts";

/** A part of a lesson that can be found: a step, or what stands before, between or after the steps under one heading. */
export interface Passage {
  /** Undefined outside of steps. */
  readonly step: string | undefined;
  /** The step's title, or a heading; empty for what comes before all headings. */
  readonly heading: string;
  /** What a reader sees without opening anything: no hints, solutions or answers. */
  readonly text: string;
}

/** Throws a `LessonError` when `source` is not MDX. */
export function readPassages(source: string, file: string): Passage[] {
  const passages: Passage[] = [];
  let open: { heading: string; parts: string[] } = { heading: "", parts: [] };
  const close = () => {
    const text = joined(open.parts);
    if (text !== "") passages.push({ step: undefined, heading: open.heading, text });
    open = { heading: "", parts: [] };
  };
  for (const node of unwrap(parseMdx(source, file).children)) {
    if (isElement(node) && node.name === "Step") {
      close();
      passages.push({
        step: attribute(node, "id"),
        heading: attribute(node, "title") ?? "",
        text: joined(insideOf(node)),
      });
    } else if (node.type === "heading") {
      close();
      open = { heading: plainText(node), parts: [] };
    } else open.parts.push(...wordsOf(node));
  }
  close();
  return passages;
}

/** Not shown, or shown only to who asks for it, or to the presenter. */
const hidden = new Set(["Check", "Hint", "Solution", "Wrong", "Answer", "Because", "Notes"]);
/** Attributes that are read as text. */
const readable = ["title", "question", "alt", "caption"];
const blocks = new Set([
  "paragraph",
  "heading",
  "code",
  "list",
  "listItem",
  "table",
  "tableRow",
  "tableCell",
  "blockquote",
]);

/** Pieces of text, each of a block of its own. */
function wordsOf(node: RootContent): string[] {
  if (node.type === "yaml" || (isElement(node) && hidden.has(node.name ?? ""))) return [];
  if (isElement(node) && node.name !== "Slide") {
    const read = readable.flatMap((name) => attribute(node, name) ?? []);
    return [...read, ...insideOf(node)];
  }
  return insideOf(node);
}

function insideOf(node: RootContent): string[] {
  if (!("children" in node)) return [plainText(node)];
  const children = unwrap(node.children);
  const hasBlocks = children.some((child) => blocks.has(child.type) || (isElement(child) && child.name !== "Term"));
  return hasBlocks ? children.flatMap(wordsOf) : [plainText(node)];
}

function attribute(node: Element, name: string): string | undefined {
  const value = findAttribute(node, name)?.value;
  return typeof value === "string" ? value : undefined;
}

function joined(parts: readonly string[]): string {
  return parts
    .map((part) => part.replaceAll(/\s+/g, " ").trim())
    .filter(Boolean)
    .join(" ");
}
