import type { RootContent } from "mdast";
import { readAnswerParts } from "../lessons/answer-parts.ts";
import { hasAttribute } from "../lessons/attribute-value.ts";
import { isElement, plainText, unwrap, type Element } from "../lessons/mdx-tree.ts";
import { changeElement, readText } from "./mdx-element.ts";
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
    ...shown.flatMap((index, place) => {
      const answer = answers[index];
      return answer ? [presentAnswer(answer, { quiz: id, type, index, place })] : [];
    }),
    ...explanations,
  ]);
}

interface AnswerPlace {
  readonly quiz: string;
  readonly type: string;
  /** In the author's order. */
  readonly index: number;
  /** In the order shown at first, which is another one for `order`. */
  readonly place: number;
}

function presentAnswer(answer: Element, { quiz, type, index, place }: AnswerPlace): Element {
  const verdict = isRight(answer) ? "right" : "wrong";
  const { words, reasons } = readAnswerParts(answer);
  const because = reasons.map((element) => explain(element, verdict));
  const text = words.map(plainText).join(" ").replace(/\s+/g, " ").trim();
  return changeElement(
    answer,
    { quiz, type, index: String(index), place: type === "order" ? String(place) : undefined, text },
    [...words, ...because],
  );
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
