import { LessonFailure, type LessonFailureCode } from "./lesson-failure.ts";
import type { CarriedOut, WorkAction } from "./typist.ts";

/**
 * Refuses a command that ended otherwise than its author says: badly, or well where its block is marked `fails`. `name` says
 * what is proven, `of` whose the command is.
 */
export function requireEnd(action: WorkAction, done: CarriedOut, name: string, of: string): void {
  const { shown, exitCode, commands } = done;
  if (action.type === "file" || action.background) return;
  const refuse = (code: LessonFailureCode, problem: string, hint: string) => {
    const message = `${name}: the command "${action.command}" ${of} ${problem}`;
    throw new LessonFailure(code, message, { hint, shown: lastLines(shown) });
  };
  if (commands > 1) {
    const hint = "Put each into a block of its own, or join them with &&.";
    refuse("several-commands", `is ${commands} commands, and the shell tells only how the last one ended.`, hint);
  }
  const isBad = exitCode !== undefined && exitCode !== 0;
  if (isBad && action.fails !== true) {
    const hint = "Mend it, or say that it fails on purpose: ```sh run fails.";
    refuse("command-failed", `ended with exit code ${exitCode}.`, hint);
  }
  if (!isBad && action.fails === true) {
    refuse(
      "command-succeeded",
      "is marked fails, but ended well.",
      "Leave fails out, or have it do what does not work.",
    );
  }
}

function lastLines(text: string): string {
  return text.trimEnd().split("\n").slice(-20).join("\n");
}
