import * as z from "zod/mini";
import type { QuizAnswer, QuizSpec } from "../lessons/model.ts";
import type { CheckKind } from "./kind.ts";
import { notYet, passed, type Outcome } from "./outcome.ts";

const schema = z.strictObject({
  quiz: z.string().check(z.minLength(1)),
  type: z.enum(["one", "many", "order", "number"]),
  question: z.string().check(z.minLength(1)),
  right: z.array(z.number()).check(z.minLength(1)),
  answers: z.int().check(z.gte(0)),
  tolerance: z.optional(z.number().check(z.gte(0))),
});

type Parameters = z.infer<typeof schema>;

/** The learner's latest answer to the quiz is right. Made by the component `Quiz`, not written by authors. */
export const quiz: CheckKind<Parameters> = {
  kind: "quiz",
  schema,
  problem: ({ type, right, answers }) =>
    type !== "number" && right.some((index) => !Number.isInteger(index) || index < 0 || index >= answers)
      ? 'The quiz counts an answer as right that it does not have; "right" holds positions in the list of answers, from 0 on.'
      : undefined,
  concerns: (wanted, change) => change.source === "quiz" && change.quiz === wanted.quiz,
  ask: (wanted, { answers }) => Promise.resolve(judge(wanted, answers.get(wanted.quiz))),
  holds: ({ question }) => `The answer to “${question}” is right.`,
};

/** Judges one answer; the same on a page without a machine. */
export function judgeQuiz(spec: QuizSpec, answer: QuizAnswer | undefined): Outcome {
  return judge(spec, answer);
}

type Wanted = Pick<Parameters, "type" | "question" | "tolerance"> & { readonly right: QuizAnswer };

function judge(wanted: Wanted, answer: QuizAnswer | undefined): Outcome {
  const { type, question, right, tolerance = 0 } = wanted;
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
