import type { AskContext, Change } from "./kind.ts";
import type { Outcome } from "./outcome.ts";

/** A check with its parameters filled in, or a combination of such. */
export interface Check {
  /** What is so where it passes, in a sentence; of a combination, where it passed last. See `CheckKind.holds`. */
  readonly holds: string;
  /** The latest answer can become another one without any event. */
  readonly hasNoEvent: boolean;
  readonly settleMs: number;
  /** How long an answer may take. */
  readonly answerMs: number;
  readonly isAbsence: boolean;
  readonly staysTrue: boolean;
  concerns(change: Change): boolean;
  ask(context: AskContext): Promise<Outcome>;
}
