import type { Progress } from "../lessons/progress.ts";
import {
  archiveFormat,
  archiveLimits,
  beginningFolder,
  indexPath,
  machinePath,
  workspaceFolder,
  type ArchiveIndex,
} from "./archive-layout.ts";
import { isPlace, isStepId } from "./kept-paths.ts";
import type { KeptMachineInfo, KeptWork } from "./kept-work.ts";
import { openArchive, type ArchiveRoom } from "./open-archive.ts";
import { filesOfSetAside } from "./set-aside-files.ts";
import { splitStepStart } from "./step-start.ts";
import type { WorkspaceContent } from "./workspace-content.ts";

export interface ExportOptions {
  kept: KeptWork;
  progress: Progress;
  /** Only this lesson; everything without. */
  lesson?: string | undefined;
  machines: boolean;
  now: Date;
  signal: AbortSignal;
  /** What an import accepts. */
  limits?: ArchiveRoom;
}

/**
 * A learner's work as a file: a `.tar.gz` that ordinary tools open too. If it is of everything, what was set aside is in it
 * for whoever can make sense of it; an import passes that over.
 */
export async function exportWork({
  kept,
  progress,
  lesson,
  machines,
  now,
  signal,
  limits = archiveLimits,
}: ExportOptions): Promise<File> {
  const isWanted = (id: string) => isPlace(id) && (lesson === undefined || id === lesson);
  const [workspaceList, machineList] = await Promise.all([kept.listWorkspaces(), kept.listMachines()]);
  const workspaces = workspaceList.filter(({ lesson: id }) => isWanted(id));
  const beginnings = workspaceList.flatMap((info) => {
    const start = splitStepStart(info.lesson);
    return start !== undefined && isWanted(start.lesson) && isStepId(start.step)
      ? [{ key: info.lesson, ...start }]
      : [];
  });
  const archive = openArchive(now, limits);
  const index = {
    workspaces: new Array<ArchiveIndex["workspaces"][number]>(),
    machines: new Array<KeptMachineInfo>(),
    beginnings: new Array<NonNullable<ArchiveIndex["beginnings"]>[number]>(),
  };
  try {
    for (const { lesson: id } of workspaces) {
      signal.throwIfAborted();
      const workspace = await kept.loadWorkspace(id);
      if (workspace === undefined) continue;
      index.workspaces.push({ lesson: id, savedAt: workspace.savedAt });
      await archive.addContent(workspaceFolder(id), workspace);
    }
    for (const { lesson: id } of machines ? machineList : []) {
      signal.throwIfAborted();
      const machine = isWanted(id) ? await kept.loadMachine(id) : undefined;
      if (machine === undefined) continue;
      index.machines.push(machine.info);
      await archive.addFile(machinePath(id), 0o644, new Uint8Array(await machine.state.bytes.arrayBuffer()));
    }
    for (const { key, lesson: id, step } of beginnings) {
      signal.throwIfAborted();
      const workspace = await kept.loadWorkspace(key);
      // They matter least: a file that grew too large for them could not be imported at all.
      if (workspace === undefined || !archive.hasRoom(countEntries(workspace), workspace.files)) continue;
      index.beginnings.push({ lesson: id, step, savedAt: workspace.savedAt });
      await archive.addContent(beginningFolder(id, step), workspace);
    }
    for (const [n, record] of lesson === undefined ? (await kept.loadSetAside()).entries() : []) {
      signal.throwIfAborted();
      const files = machines || !record.name.startsWith("machines/") ? filesOfSetAside(record, n) : [];
      if (!archive.hasRoom(files.length, files)) continue;
      for (const { name, content } of files) await archive.addFile(name, 0o644, content);
    }
    // Last, so that it lists what could be read.
    const whole: ArchiveIndex = {
      format: archiveFormat,
      created: now.toISOString(),
      progress: Object.fromEntries(Object.entries(progress).filter(([id]) => isWanted(id))),
      ...index,
    };
    await archive.addFile(indexPath, 0o644, new TextEncoder().encode(`${JSON.stringify(whole, undefined, 2)}\n`));
  } catch (error) {
    archive.abort(error);
    throw error;
  }
  const part = lesson === undefined ? "" : `-${lesson.replaceAll("/", "-")}`;
  return new File([await archive.close()], `drydock-${localDate(now)}${part}.tar.gz`, { type: "application/gzip" });
}

function countEntries({ files, folders, links = [] }: WorkspaceContent): number {
  return files.length + folders.length + links.length;
}

function localDate(date: Date): string {
  const two = (number: number) => String(number).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
