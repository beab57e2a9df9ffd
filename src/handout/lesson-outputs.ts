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
export async function readOutputs({
  recording,
}: Pick<LoadedLesson, "recording">): Promise<CapturedOutputs | undefined> {
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
 * What each of the step's commands printed that are shown, in the order of the page: the outputs are those of the solution's commands.
 * `undefined` where nothing was captured, and where the order does not tell which of several places of a command is meant: a build that
 * first fails and then goes through.
 */
export function placeOutputs(
  step: Step,
  shown: readonly ShownCommand[],
  outputs: ReadonlyMap<string, string>,
): readonly (string | undefined)[] {
  const commands = step.solution
    .map((action, index) => ({ action, output: outputs.get(`${step.id} ${index}`) }))
    .filter(({ action }) => action.type === "command");
  const actions = commands.map(({ action }) => action);
  const earliest = findInOrder(actions, shown);
  const latest = findInOrder(actions.toReversed(), shown.toReversed()).toReversed();
  const placed = shown.map((): string | undefined => undefined);
  for (const [n, { output }] of commands.entries()) {
    const place = earliest[n] ?? -1;
    if (place >= 0 && place === shown.length - 1 - (latest[n] ?? -1)) placed[place] = output;
  }
  return placed;
}

/** The first place of each, not before that of the one before it; -1 where there is none. */
function findInOrder(actions: readonly SolutionAction[], shown: readonly ShownCommand[]): readonly number[] {
  let next = 0;
  return actions.map((action) => {
    const place = shown.findIndex((command, at) => at >= next && isSame(command, action));
    if (place >= 0) next = place + 1;
    return place;
  });
}

function isSame({ command, terminal }: ShownCommand, action: SolutionAction): boolean {
  return action.type === "command" && action.command === command && String(action.terminal) === terminal;
}

/** Lines of paper that an output may take, and what stays of a longer one, which is left out in its middle. */
const mostLines = 48;
const linesBefore = 32;
const linesAfter = 12;

/** An output without empty lines before it, and not longer than a page. */
export function shorten(output: string): string {
  const lines = output.replace(/^\s*\n/, "").split("\n");
  if (lines.length <= mostLines) return lines.join("\n");
  const leftOut = handoutWords.linesLeftOut(lines.length - linesBefore - linesAfter);
  return [...lines.slice(0, linesBefore), leftOut, ...lines.slice(-linesAfter)].join("\n");
}
