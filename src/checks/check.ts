import type { AskContext, Change } from "./kind.ts";
import type { Outcome } from "./outcome.ts";

/** A check with its parameters filled in, or a combination of such. */
export interface Check {
  /** What it is about, to begin a sentence with: `The file Dockerfile`. */
  readonly subject: string;
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
