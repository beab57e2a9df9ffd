import type { QuizAnswer, QuizSpec } from "../../src/lessons/model.ts";

/** Answers to a quiz that are wrong: for one choice every other one, for the rest those that are nearly right, and none at all. */
export function wrongAnswers(quiz: QuizSpec): QuizAnswer[] {
  const candidates = candidatesFor(quiz);
  const different = new Map(candidates.map((answer) => [answer.join(), answer]));
  different.delete(quiz.right.join());
  return [...different.values()];
}

function candidatesFor({ type, right, answers, tolerance = 0 }: QuizSpec): QuizAnswer[] {
  const all = Array.from({ length: answers }, (_, n) => n);
  switch (type) {
    case "one":
      return [[], ...all.map((n) => [n])];
    case "many":
      return [
        [],
        all,
        ...all.map((n) => [n]),
        ...right.map((without) => right.filter((n) => n !== without)),
        ...all.map((more) => all.filter((n) => n === more || right.includes(n))),
      ];
    case "order":
      return [[], all.toReversed(), ...all.slice(1).map((n) => swapped(all, n - 1, n))];
    case "number": {
      const [number = 0] = right;
      // Well outside of the tolerance, to both sides.
      const off = tolerance + Math.max(1, Math.abs(number) / 100);
      return [[], [number + off], [number - off]];
    }
  }
}

function swapped(list: readonly number[], a: number, b: number): number[] {
  return list.map((value, n) => (n === a ? (list[b] ?? value) : n === b ? (list[a] ?? value) : value));
}
