import type { LessonStart, SolutionAction } from "../lessons/model.ts";
import type { Command } from "./command-queue.ts";

export interface BeginFromOptions {
  /** Shows the terminal, types the command, and resolves when it has ended or, in the background, begun. */
  carryOut(command: Command & { readonly background: boolean }): Promise<void>;
  writeFile(file: Extract<SolutionAction, { type: "file" }>): Promise<void>;
  /** Told before each action how many are behind. */
  onProgress(done: number, total: number): void;
}

/** Brings a machine to the end of an earlier lesson: does what a learner does who solves it. */
export async function beginFrom(
  start: LessonStart,
  { carryOut, writeFile, onProgress }: BeginFromOptions,
  signal: AbortSignal,
): Promise<void> {
  // A quiz and the small machine leave nothing on the machine.
  const actions = start.actions.filter((action) => action.type !== "answer");
  for (const [n, action] of actions.entries()) {
    signal.throwIfAborted();
    onProgress(n, actions.length);
    if (action.type === "file") await writeFile(action);
    else if (action.terminal !== "vm") {
      const { command, background, interrupt } = action;
      await carryOut({ command, background, interrupt, terminal: action.terminal - 1 });
    }
  }
}
