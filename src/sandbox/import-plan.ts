import { countNewlyDone, mergeProgress } from "../lessons/merge-progress.ts";
import type { Progress } from "../lessons/progress.ts";
import { describeWorkspace } from "./describe-workspace.ts";
import type { KeptMachineInfo, KeptWork, KeptWorkspace, KeptWorkspaceInfo } from "./kept-work.ts";
import type { ImportedWork } from "./read-archive.ts";
import { stepStartKey } from "./step-start.ts";
import { isSameContent } from "./workspace-content.ts";

/** What an import would do, to be shown before it is done. */
export interface ImportPlan {
  readonly work: ImportedWork;
  readonly lessons: readonly LessonPlan[];
  /** Lessons that this site does not have. Their work is kept all the same. */
  readonly unknown: readonly string[];
}

export interface LessonPlan {
  readonly lesson: string;
  /** Steps that become done. */
  readonly newlyDone: number;
  readonly workspace: PartPlan<KeptWorkspaceInfo> | undefined;
  readonly machine: PartPlan<KeptMachineInfo> | undefined;
}

/** `differs` needs an answer: the two cannot both stay. */
export type PartPlan<T> =
  | { readonly kind: "new"; readonly imported: T }
  | { readonly kind: "same"; readonly imported: T }
  | { readonly kind: "differs"; readonly imported: T; readonly here: T };

/** Which of two differing parts stays: lessons whose imported one is taken. */
export interface ImportChoices {
  readonly workspaces: ReadonlySet<string>;
  readonly machines: ReadonlySet<string>;
}

export interface ImportOutcome {
  readonly workspaces: number;
  readonly machines: number;
  /** Lessons whose machine found no room. */
  readonly noRoom: readonly string[];
}

export async function planImport(
  work: ImportedWork,
  { kept, progress, known }: { kept: KeptWork; progress: Progress; known: ReadonlySet<string> },
): Promise<ImportPlan> {
  const machinesHere = new Map((await kept.listMachines()).map((machine) => [machine.lesson, machine]));
  const machines = new Map(work.machines.map(({ info }) => [info.lesson, planMachine(info, machinesHere)]));
  const workspaces = new Map<string, PartPlan<KeptWorkspaceInfo>>();
  for (const workspace of work.workspaces)
    workspaces.set(workspace.lesson, planWorkspace(workspace, await kept.loadWorkspace(workspace.lesson)));
  const ids = [...new Set([...Object.keys(work.progress), ...workspaces.keys(), ...machines.keys()])];
  return {
    work,
    lessons: ids.map((lesson) => ({
      lesson,
      newlyDone: countNewlyDone(progress, work.progress, lesson),
      workspace: workspaces.get(lesson),
      machine: machines.get(lesson),
    })),
    unknown: ids.filter((lesson) => !known.has(lesson)),
  };
}

/** Files first, then progress, then machines, which may find no room. Throws when files find none; what is done stays. */
export async function carryOutImport(
  { work, lessons }: ImportPlan,
  choices: ImportChoices,
  { kept, updateProgress }: { kept: KeptWork; updateProgress: (change: (before: Progress) => Progress) => unknown },
): Promise<ImportOutcome> {
  const isTaken = (part: PartPlan<unknown> | undefined, chosen: ReadonlySet<string>, lesson: string) =>
    part?.kind === "new" || (part?.kind === "differs" && chosen.has(lesson));
  const taken = lessons.filter(({ lesson, workspace }) => isTaken(workspace, choices.workspaces, lesson));
  for (const { lesson } of taken) {
    const workspace = work.workspaces.find((each) => each.lesson === lesson);
    if (workspace === undefined) continue;
    // How the steps of what is replaced began means nothing for what takes its place.
    const isBeginning = ({ lesson: key }: KeptWorkspace) => key.startsWith(stepStartKey(lesson, ""));
    await kept.replaceWorkspace(workspace, work.beginnings.filter(isBeginning));
  }
  updateProgress((before) => mergeProgress(before, work.progress));
  const noRoom: string[] = [];
  let machines = 0;
  for (const { lesson, machine } of lessons) {
    const found = work.machines.find(({ info }) => info.lesson === lesson);
    if (found === undefined || !isTaken(machine, choices.machines, lesson)) continue;
    const outcome = await kept.saveMachine(found.info, { imageId: found.info.imageId, bytes: found.bytes });
    if (outcome === "kept") machines++;
    else noRoom.push(lesson);
  }
  return { workspaces: taken.length, machines, noRoom };
}

function planMachine(imported: KeptMachineInfo, all: ReadonlyMap<string, KeptMachineInfo>): PartPlan<KeptMachineInfo> {
  const here = all.get(imported.lesson);
  if (here === undefined) return { kind: "new", imported };
  const isSame =
    here.savedAt === imported.savedAt && here.bytes === imported.bytes && here.imageId === imported.imageId;
  return isSame ? { kind: "same", imported } : { kind: "differs", imported, here };
}

function planWorkspace(imported: KeptWorkspace, here: KeptWorkspace | undefined): PartPlan<KeptWorkspaceInfo> {
  if (here === undefined || isSameContent(here, { files: [], folders: [] }))
    return { kind: "new", imported: describeWorkspace(imported) };
  // An export has no more of a file's mode.
  const files = here.files.map((file) => ({ ...file, mode: file.mode & 0o777 }));
  return isSameContent({ ...here, files }, imported)
    ? { kind: "same", imported: describeWorkspace(imported) }
    : { kind: "differs", imported: describeWorkspace(imported), here: describeWorkspace(here) };
}
