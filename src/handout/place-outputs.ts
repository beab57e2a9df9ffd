import type { SolutionAction, Step } from "../lessons/model.ts";

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
