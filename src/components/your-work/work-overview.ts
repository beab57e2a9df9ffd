import { countDone, type Progress } from "../../lessons/progress.ts";
import type { KeptMachineInfo, KeptWorkspaceInfo } from "../../sandbox/kept-work.ts";
import { yourWorkWords } from "../../words/your-work.ts";

/** What the page knows of a course, from its build. */
export interface CourseOutline {
  readonly id: string;
  readonly title: string;
  readonly lessons: readonly LessonOutline[];
}

export interface LessonOutline {
  readonly id: string;
  readonly title: string;
  readonly href: string;
  readonly steps: readonly { readonly id: string; readonly title: string }[];
}

/** What is kept of everything. */
export interface AllWork {
  readonly progress: Progress;
  readonly workspaces: readonly KeptWorkspaceInfo[];
  readonly machines: readonly KeptMachineInfo[];
}

export interface CourseWork {
  readonly id: string;
  readonly title: string;
  /** Only those of which something is kept. */
  readonly lessons: readonly LessonWork[];
  readonly untouched: number;
}

export interface LessonWork {
  readonly id: string;
  readonly title: string;
  /** None when the site does not have the lesson. */
  readonly href: string | undefined;
  readonly steps: StepCounts | undefined;
  readonly workspace: KeptWorkspaceInfo | undefined;
  readonly machine: KeptMachineInfo | undefined;
  /** Of the step that the machine was kept after. */
  readonly machineStep: string | undefined;
}

export interface StepCounts {
  readonly done: number;
  /** Unknown when the site does not have the lesson. */
  readonly of: number | undefined;
  readonly skipped: number;
  /** Done steps whose solution was looked at. */
  readonly withSolution: number;
}

/** Course by course in their order, then the playground and what belongs to no lesson of this site. */
export function sortByCourse(
  { progress, workspaces, machines }: AllWork,
  courses: readonly CourseOutline[],
  playgroundHref: string,
): readonly CourseWork[] {
  const describe = (id: string, outline?: LessonOutline): LessonWork | undefined => {
    const steps = countSteps(progress, id, outline);
    const workspace = workspaces.find(({ lesson, files }) => lesson === id && files > 0);
    const machine = machines.find(({ lesson }) => lesson === id);
    if (steps === undefined && workspace === undefined && machine === undefined) return undefined;
    const machineStep = outline?.steps.find((step) => step.id === machine?.step)?.title;
    return { id, title: outline?.title ?? id, href: outline?.href, steps, workspace, machine, machineStep };
  };
  const known = new Set(courses.flatMap(({ lessons }) => lessons.map(({ id }) => id)));
  const kept = [...Object.keys(progress), ...[...workspaces, ...machines].map(({ lesson }) => lesson)];
  const strangers = [...new Set(kept)].filter((id) => !known.has(id) && id !== "playground");
  const playground = describe("playground", {
    id: "playground",
    title: yourWorkWords.playground,
    href: playgroundHref,
    steps: [],
  });
  const others = [playground, ...strangers.map((id) => describe(id))].filter((lesson) => lesson !== undefined);
  const sorted = courses.map(({ id, title, lessons }) => {
    const begun = lessons.flatMap((outline) => describe(outline.id, outline) ?? []);
    return { id, title, lessons: begun, untouched: lessons.length - begun.length };
  });
  return [
    ...sorted,
    ...(others.length > 0 ? [{ id: "", title: yourWorkWords.elsewhere, lessons: others, untouched: 0 }] : []),
  ];
}

/** Undefined for a lesson that nothing is known of. */
function countSteps(progress: Progress, id: string, outline: LessonOutline | undefined): StepCounts | undefined {
  const known = progress[id] ?? {};
  const ids = outline?.steps.map((step) => step.id) ?? Object.keys(known);
  const counts = {
    done: countDone(progress, id, ids),
    of: outline?.steps.length,
    skipped: ids.filter((step) => known[step]?.skipped !== undefined && !known[step].done).length,
    withSolution: ids.filter((step) => known[step]?.done && known[step].solutionSeen).length,
  };
  return Object.keys(known).length > 0 ? counts : undefined;
}
