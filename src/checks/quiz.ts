import * as z from "zod/mini";
import { judgeQuiz } from "./judge-quiz.ts";
import type { CheckKind } from "./kind.ts";

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
  ask: (wanted, { answers }) => Promise.resolve(judgeQuiz(wanted, answers.get(wanted.quiz))),
  holds: ({ question }) => `The answer to “${question}” is right.`,
};
