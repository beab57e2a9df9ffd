import type { LoadedLesson } from "../lessons/load-courses.ts";
import type { Lesson, SolutionAction, Step } from "../lessons/model.ts";
import { outputsOf, readRecording } from "../lessons/recording.ts";
import { handoutWords } from "../words/handout.ts";

/** What the commands of a lesson printed when it was recorded. */
export interface CapturedOutputs {
  /** By the step's id and the place of the command in the step's solution: `first-run 0`. */
  readonly outputs: ReadonlyMap<string, string>;
  readonly captured: Date;
}

/** `undefined` for a lesson that has not been recorded as it is now. */
export async function readOutputs({ recording }: Pick<LoadedLesson, "recording">): Promise<CapturedOutputs | undefined> {
  if (recording === undefined || recording.stale !== undefined) return undefined;
  const read = readRecording(recording.text, recording.file);
  return { outputs: await outputsOf(read), captured: new Date(read.header.timestamp * 1000) };
}

/** Whether there is anything in it that could have been captured. */
export function hasCommands({ steps }: Lesson): boolean {
  return steps.some(({ solution }) => solution.some(({ type }) => type === "command"));
}

/** A command as the page shows it. */
export interface ShownCommand {
  readonly command: string;
  /** Counted from 1, or `vm`. */
  readonly terminal: string;
}

/**
 * What each of the step's commands printed that are shown, in the order of the page: the outputs are those of the solution's commands, and
 * each goes below the first place that shows its command and has none yet. `undefined` where nothing was captured.
 */
export function placeOutputs(
  step: Step,
  shown: readonly ShownCommand[],
  outputs: ReadonlyMap<string, string>,
): readonly (string | undefined)[] {
  const placed = shown.map((): string | undefined => undefined);
  for (const [index, action] of step.solution.entries()) {
    const output = outputs.get(`${step.id} ${index}`);
    if (output === undefined) continue;
    const place = shown.findIndex((command, at) => placed[at] === undefined && isSame(command, action));
    if (place >= 0) placed[place] = output;
  }
  return placed;
}

function isSame({ command, terminal }: ShownCommand, action: SolutionAction): boolean {
  return action.type === "command" && action.command === command && String(action.terminal) === terminal;
}

/** Lines of paper that an output may take, and what stays of a longer one, which is left out in its middle. */
const mostLines = 48;
const linesBefore = 32;
const linesAfter = 12;

/** An output that is not longer than a page. */
export function shorten(output: string): string {
  const lines = output.split("\n");
  if (lines.length <= mostLines) return output;
  const leftOut = handoutWords.linesLeftOut(lines.length - linesBefore - linesAfter);
  return [...lines.slice(0, linesBefore), leftOut, ...lines.slice(-linesAfter)].join("\n");
}
