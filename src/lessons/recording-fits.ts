import { isDeepStrictEqual } from "node:util";
import type { Lesson, SolutionAction } from "./model.ts";
import type { Recording } from "./recording.ts";

/** In what a recording is not of this lesson's solutions as they are now, as a sentence; undefined where it is. */
export function findStale({ header }: Recording, { steps }: Pick<Lesson, "steps">): string | undefined {
  const recorded = header.drydock.steps;
  for (const [n, step] of steps.entries()) {
    const was = recorded[n];
    if (was?.id !== step.id)
      return `The recording is older than the lesson: it has no step "${step.id}" at that place.`;
    const changed = step.solution.findIndex((action, m) => !isDeepStrictEqual(action, was.solution[m]));
    if (changed >= 0)
      return `The recording is older than the lesson: step "${step.id}" ${sayChange(step.solution[changed])}.`;
    if (was.solution.length > step.solution.length)
      return `The recording is older than the lesson: step "${step.id}" is solved with less now.`;
  }
  const gone = recorded[steps.length];
  return gone && `The recording is older than the lesson: there is no step "${gone.id}" any more.`;
}

function sayChange(action: SolutionAction | undefined): string {
  switch (action?.type) {
    case "command":
      return `does "${action.command.split("\n")[0] ?? ""}" now`;
    case "file":
      return `writes another ${action.path} now`;
    default:
      return "is answered otherwise now";
  }
}
