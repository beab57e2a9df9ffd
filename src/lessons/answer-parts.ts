import type { RootContent } from "mdast";
import { isElement, type Element } from "./mdx-tree.ts";

/** What is in an `<Answer>`: its words, and why it is right or wrong. */
interface AnswerParts {
  readonly words: readonly RootContent[];
  readonly reasons: readonly Element[];
}

export function readAnswerParts(answer: Element): AnswerParts {
  const children = (answer.children as readonly RootContent[]).flatMap((child) =>
    // A reason on a line of its own is in the paragraph of the words before it.
    child.type === "paragraph" && child.children.some(isBecause) ? child.children : [child],
  );
  return { words: children.filter((child) => !isBecause(child)), reasons: children.filter(isBecause) };
}

function isBecause(node: RootContent): node is Element {
  return isElement(node) && node.name === "Because";
}
