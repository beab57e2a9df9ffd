import type { Machine } from "../machine/contract.ts";
import { codeOf } from "./error-code.ts";
import { keptMachineWords } from "../words/kept-machine.ts";

/** Starts from a kept machine. Answers the error when a fresh machine would not meet it, and rejects with any other. */
export async function wakeMachine(start: () => Promise<Machine>, signal: AbortSignal): Promise<Machine | Error> {
  try {
    return await start();
  } catch (error) {
    if (signal.aborted || othersFault.has(codeOf(error))) throw error;
    return error instanceof Error ? error : new Error(String(error));
  }
}

/** Why the machine is a fresh one, for the person. `title` is the lesson's. */
export function describeNotWoken(error: Error, title: string): string {
  return codeOf(error) === "state-mismatch"
    ? keptMachineWords.machineUpdatedSinceKept(title)
    : keptMachineWords.keptMachineCouldNot(title, error.message);
}

/** Errors that a fresh machine would meet just as well. */
const othersFault = new Set([
  "cancelled",
  "disposed",
  "download-failed",
  "image-mismatch",
  "no-webassembly",
  "not-enough-memory",
  "unsupported",
]);
