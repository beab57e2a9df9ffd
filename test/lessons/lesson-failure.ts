import type { CheckSpec } from "../../src/lessons/model.ts";
import { nameCheck } from "./name-check.ts";
import type { Outcomes } from "./outcomes.ts";

export type LessonFailureCode =
  /** The machine does not offer what the lesson needs. */
  | "needs-missing"
  /** A check could not be asked. */
  | "not-told"
  /** The step ticks before anything was done. */
  | "passes-before"
  /** A check passes although what wrong work did has been taken back. */
  | "left-behind"
  /** A check was never seen to say no. */
  | "never-refused"
  /** What the author declared as wrong ticks the step. */
  | "wrong-passes"
  /** A wrong answer to a quiz passes. */
  | "wrong-answer-passes"
  /** The solution does not tick the step. */
  | "not-solved"
  /** A command or a file of the author's could not be carried out. */
  | "not-carried-out"
  /** A command ended badly that the author does not say to fail. */
  | "command-failed"
  /** A command ended well that the author says to fail. */
  | "command-succeeded"
  /** Several commands were entered as one, so that nobody knows how the first ended. */
  | "several-commands";

/** A lesson that does not hold what it promises, in words for its author. */
export class LessonFailure extends Error {
  override readonly name = "LessonFailure";
  readonly code: LessonFailureCode;
  readonly hint: string;

  constructor(
    code: LessonFailureCode,
    message: string,
    { hint, cause, ...evidence }: { hint: string; cause?: unknown } & Evidence,
  ) {
    super([message, hint, ...describe(evidence)].join("\n"), { cause });
    this.code = code;
    this.hint = hint;
  }
}

/** What is known at the moment of the failure. */
export interface Evidence {
  readonly checks?: readonly CheckSpec[];
  readonly outcomes?: Outcomes;
  /** What the terminals showed. */
  readonly shown?: string;
  /** Which checks refused which wrong work, in words. */
  readonly refusals?: readonly string[];
}

function describe({ checks = [], outcomes = [], shown = "", refusals = [] }: Evidence): string[] {
  const lines = checks.map((check, n) => {
    const outcome = outcomes[n];
    const name = nameCheck(check);
    if (outcome === undefined) return `  ? ${name}\n      It has not been answered.`;
    if (outcome.result === "passed") return `  ✓ ${name}`;
    if (outcome.result === "unknown") return `  ? ${name}\n      Could not tell: ${outcome.cause}`;
    return `  ✗ ${name}\n      ${outcome.seen} ${outcome.wanted}`;
  });
  if (refusals.length > 0) lines.push("Wrong work was refused:", ...indent(refusals.join("\n"), "  "));
  if (shown.trim() !== "") lines.push("The terminals showed:", ...indent(shown.trim(), "  | "));
  return lines;
}

function indent(text: string, by: string): string[] {
  return text.split("\n").map((line) => `${by}${line}`);
}
