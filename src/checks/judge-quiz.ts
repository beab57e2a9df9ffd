import type { QuizAnswer, QuizSpec } from "../lessons/model.ts";
import { notYet, passed, type Outcome } from "./outcome.ts";

/** Judges one answer; the same on a page without a machine. */
export function judgeQuiz({ type, question, right, tolerance = 0 }: Wanted, answer: QuizAnswer | undefined): Outcome {
  const wants = `Wanted is the right answer to “${question}”.`;
  if (answer === undefined || answer.length === 0) return notYet("The question has not been answered yet.", wants);
  switch (type) {
    case "one":
      return isSame(answer, right) ? passed : notYet("The answer that was chosen is not the right one.", wants);
    case "many":
      return isSame(ascending(answer), ascending(right)) ? passed : notYet(seenOfMany(answer, right), wants);
    case "order":
      return isSame(answer, right) ? passed : notYet("The answers are not in the right order.", wants);
    case "number":
      return answer.length === 1 && isNear(answer[0], right[0], tolerance)
        ? passed
        : notYet(`${answer.join(", ")} is not the right number.`, wants);
  }
}

type Wanted = Pick<QuizSpec, "type" | "question" | "right"> & { readonly tolerance?: number | undefined };

function seenOfMany(answer: QuizAnswer, right: QuizAnswer): string {
  return answer.every((index) => right.includes(index))
    ? "What was chosen is right, but something is missing."
    : "Something was chosen that is not right.";
}

function isNear(given: number | undefined, right: number | undefined, tolerance: number): boolean {
  if (given === undefined || right === undefined) return false;
  // 0.1 + 0.2 is to count as 0.3.
  return Math.abs(given - right) <= tolerance + 1e-9 * Math.max(1, Math.abs(right));
}

function ascending(answer: QuizAnswer): QuizAnswer {
  return [...new Set(answer)].sort((a, b) => a - b);
}

function isSame(a: QuizAnswer, b: QuizAnswer): boolean {
  return a.length === b.length && a.every((value, n) => value === b[n]);
}
