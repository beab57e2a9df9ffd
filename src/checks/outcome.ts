import type { Moment } from "./moment.ts";

/** What a check answers. The sentences are for the learner: what was seen and what was wanted, never how to get there. */
export type Outcome =
  | {
      readonly result: "passed";
      /** Right after what fulfilled it, where it was something that happened. */
      readonly since?: Moment;
    }
  | {
      readonly result: "not-yet";
      readonly seen: string;
      readonly wanted: string;
      /** It has not been asked: other checks of the step come first. */
      readonly waits?: true;
    }
  /** The question could not be asked or was not answered; says nothing about the learner's work. */
  | { readonly result: "unknown"; readonly cause: string };

export const passed: Outcome = { result: "passed" };

export function notYet(seen: string, wanted: string): Outcome {
  return { result: "not-yet", seen, wanted };
}

export function unknown(cause: string): Outcome {
  return { result: "unknown", cause };
}
