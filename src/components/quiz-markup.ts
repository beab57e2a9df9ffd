import type { RootContent } from "mdast";
import { isElement, plainText, unwrap, type Element } from "../lessons/mdx-tree.ts";
import { changeElement, hasAttribute, readText } from "./mdx-element.ts";
import { shuffleById } from "./shuffle.ts";

/**
 * `<Quiz>` with its answers in the order shown, each told its place in the author's order and what it belongs to, and each
 * `<Because>` in the slot `because` of what it explains.
 */
export function presentQuiz(quiz: Element): Element {
  const id = readText(quiz, "id") ?? "";
  const type = readText(quiz, "type") ?? "one";
  const answers = elements(quiz.children, "Answer");
  const explanations = elements(quiz.children, "Because").map((because) => explain(because));
  const indices = answers.map((_, index) => index);
  const shown = type === "order" ? shuffleById(indices, id) : indices;
  const right = type === "order" ? indices : indices.filter((index) => isRight(answers[index]));
  return changeElement(quiz, { type, right: right.join(" "), shown: shown.join(" ") }, [
    ...shown.flatMap((index) => {
      const answer = answers[index];
      return answer ? [presentAnswer(answer, { quiz: id, type, index })] : [];
    }),
    ...explanations,
  ]);
}

function presentAnswer(answer: Element, { quiz, type, index }: { quiz: string; type: string; index: number }): Element {
  const verdict = isRight(answer) ? "right" : "wrong";
  const children = takeOutBecause(answer.children);
  const because = elements(children, "Because").map((element) => explain(element, verdict));
  const content = children.filter((child) => !isBecause(child));
  const text = content.map(plainText).join(" ").replace(/\s+/g, " ").trim();
  return changeElement(answer, { quiz, type, index: String(index), text }, [...content, ...because]);
}

/** After text on lines of their own, it is in the paragraph of that text. */
function takeOutBecause(children: readonly RootContent[]): RootContent[] {
  return children.flatMap((child) =>
    child.type === "paragraph" && child.children.some(isBecause) ? child.children : [child],
  );
}

function isBecause(node: RootContent): boolean {
  return isElement(node) && node.name === "Because";
}

function explain(because: Element, verdict?: "right" | "wrong"): Element {
  return changeElement(because, { slot: "because", verdict }, because.children);
}

function isRight(answer: Element | undefined): boolean {
  return answer !== undefined && hasAttribute(answer, "right");
}

function elements(children: readonly RootContent[], name: string): Element[] {
  return unwrap(children)
    .filter((child) => isElement(child))
    .filter((child) => child.name === name);
}
