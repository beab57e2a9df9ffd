import type { Outcome } from "../../src/checks/outcome.ts";

/** The latest answer of each check of a step, in the step's order. */
export type Outcomes = readonly (Outcome | undefined)[];
export type Refusal = Extract<Outcome, { result: "not-yet" }>;

export function allPassed(outcomes: Outcomes): boolean {
  return outcomes.length > 0 && outcomes.every(isPassed);
}

export function isPassed(outcome: Outcome | undefined): boolean {
  return outcome?.result === "passed";
}

/** Whether the check has not been asked, because others come first. */
export function waits(outcome: Outcome | undefined): boolean {
  return outcome?.result === "not-yet" && outcome.waits === true;
}

/** Whether the check was asked and said no. */
export function isRefusal(outcome: Outcome | undefined): outcome is Refusal {
  return outcome?.result === "not-yet" && outcome.waits !== true;
}
