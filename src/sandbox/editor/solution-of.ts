import type { Lesson } from "../../lessons/model.ts";

/** What the solution of a step finally writes into a file. Undefined when it does not write that file. */
export function solutionOf(
  lesson: Pick<Lesson, "steps"> | null,
  step: string | undefined,
  path: string,
): string | undefined {
  const actions = lesson?.steps.find(({ id }) => id === step)?.solution ?? [];
  return actions.flatMap((action) => (action.type === "file" && action.path === path ? [action.content] : [])).at(-1);
}
