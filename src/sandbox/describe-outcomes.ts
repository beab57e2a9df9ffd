import type { Outcome } from "../checks/outcome.ts";
import { stepWords } from "../words/steps.ts";

/** What is said beside a step: how far it is, and of what is missing first what was seen and what is wanted. */
export function describeOutcomes(outcomes: readonly (Outcome | undefined)[]): string {
  const passed = outcomes.filter((outcome) => outcome?.result === "passed").length;
  const open = outcomes.filter((outcome) => outcome !== undefined && outcome.result !== "passed");
  // One that only waits for others has nothing to say as long as they have.
  const missing = open.find((outcome) => !("waits" in outcome)) ?? open[0];
  const count = passed > 0 && outcomes.length > 1 ? stepWords.ofDone(passed, outcomes.length) : "";
  if (missing?.result === "not-yet") return `${count}${missing.seen} ${missing.wanted}`;
  if (missing?.result === "unknown") return stepWords.couldNotTell(count, missing.cause);
  return count.trim();
}
