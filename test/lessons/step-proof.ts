import type { CheckSpec } from "../../src/lessons/model.ts";
import { nameCheck } from "./name-check.ts";
import { isPassed, isRefusal, type Outcomes } from "./outcomes.ts";

/** What was seen of a step's checks on the way to its solution. Quizzes have no part in it: their wrong answers are all tried. */
export interface StepProof {
  readonly checks: readonly CheckSpec[];
  /** What they answered before anything was done. */
  readonly first: Outcomes;
  readonly wrong: readonly RefusedWork[];
}

export interface RefusedWork {
  readonly because: string;
  readonly outcomes: Outcomes;
}

/**
 * The checks that were never seen to say no, neither at the step's opening nor to wrong work, each with how that came: whoever
 * loosens one of them loosens it unnoticed.
 */
export function neverRefused({ checks, first, wrong }: StepProof): string[] {
  const answers = [first, ...wrong.map(({ outcomes }) => outcomes)];
  return asked(checks).flatMap(([check, n]) => {
    if (answers.some((outcomes) => isRefusal(outcomes[n]))) return [];
    if (isPassed(first[n])) return [`${nameCheck(check)} passes before anything was done.`];
    const isAsked = wrong.some(({ outcomes }) => isPassed(outcomes[n]));
    return [`${nameCheck(check)} ${isAsked ? "passes each time that it is asked." : "waits, and is never asked."}`];
  });
}

/** For each wrong work, which checks refused it and what they said. */
export function describeRefusals({ checks, first, wrong }: StepProof): string[] {
  return wrong.map(({ because, outcomes }) => {
    const refusals = asked(checks).flatMap(([check, n]) => {
      const outcome = outcomes[n];
      if (!isRefusal(outcome)) return [];
      const before = first[n];
      const isSame = isRefusal(before) && before.seen === outcome.seen && before.wanted === outcome.wanted;
      const note = isSame ? " (As before anything was done.)" : "";
      return [`  by ${nameCheck(check)}\n    ${outcome.seen} ${outcome.wanted}${note}`];
    });
    return [because, ...refusals].join("\n");
  });
}

/** The checks that said no only where nothing had been done: what they ask for beyond that, no wrong work shows. */
export function refusedNoWork({ checks, wrong }: StepProof): string[] {
  return asked(checks).flatMap(([check, n]) =>
    wrong.some(({ outcomes }) => isRefusal(outcomes[n])) ? [] : [nameCheck(check)],
  );
}

function asked(checks: readonly CheckSpec[]): (readonly [CheckSpec, number])[] {
  return checks.map((check, n) => [check, n] as const).filter(([{ kind }]) => kind !== "quiz");
}
