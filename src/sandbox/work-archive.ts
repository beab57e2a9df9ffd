import { createTarPacker, type TarHeader, type TarPackController } from "modern-tar";
import type { Progress } from "../lessons/progress.ts";
import { isPlace } from "./kept-shapes.ts";
import type { KeptMachineInfo, KeptWork } from "./kept-work.ts";

/** Version of the file's shape. */
export const archiveFormat = 1;

/** What `drydock.json` in an exported file says. */
export interface ArchiveIndex {
  readonly format: typeof archiveFormat;
  /** In ISO 8601. */
  readonly created: string;
  readonly progress: Progress;
  /** The files of each are below `workspaces/<lesson>/`. */
  readonly workspaces: readonly { readonly lesson: string; readonly savedAt: string }[];
  /** The bytes of each are `machines/<lesson>.bin`. */
  readonly machines: readonly (Omit<KeptMachineInfo, "step"> & { readonly step?: string | undefined })[];
}

export interface ExportOptions {
  kept: KeptWork;
  progress: Progress;
  /** Only this lesson; everything without. */
  lesson?: string | undefined;
  machines: boolean;
  now: Date;
  signal: AbortSignal;
}

/** A learner's work as a file: a `.tar.gz` that ordinary tools open too. */
export async function exportWork({ kept, progress, lesson, machines, now, signal }: ExportOptions): Promise<File> {
  const isWanted = (id: string) => isPlace(id) && (lesson === undefined || id === lesson);
  const [workspaceList, machineList] = await Promise.all([kept.listWorkspaces(), kept.listMachines()]);
  const workspaces = workspaceList.filter(({ lesson: id }) => isWanted(id));
  const wantedMachines = machines ? machineList.filter(({ lesson: id }) => isWanted(id)) : [];
  const { readable, controller } = createTarPacker();
  const archive = new Response(readable.pipeThrough(new CompressionStream("gzip"))).blob();
  archive.catch(() => undefined);
  const add = (name: string, mode: number, content: Uint8Array<ArrayBuffer>) =>
    addEntry(controller, { name, mode, size: content.byteLength, type: "file", mtime: now }, content);
  try {
    const index = {
      workspaces: new Array<ArchiveIndex["workspaces"][number]>(),
      machines: new Array<KeptMachineInfo>(),
    };
    for (const { lesson: id } of workspaces) {
      signal.throwIfAborted();
      const workspace = await kept.loadWorkspace(id);
      if (workspace === undefined) continue;
      index.workspaces.push({ lesson: id, savedAt: workspace.savedAt });
      for (const folder of workspace.folders)
        await addEntry(controller, {
          name: `${workspaceFolder(id)}${folder}/`,
          size: 0,
          type: "directory",
          mtime: now,
        });
      for (const { path, mode, content } of workspace.files) await add(`${workspaceFolder(id)}${path}`, mode, content);
    }
    for (const { lesson: id } of wantedMachines) {
      signal.throwIfAborted();
      const machine = await kept.loadMachine(id);
      if (machine === undefined) continue;
      index.machines.push(machine.info);
      await add(machinePath(id), 0o644, new Uint8Array(await machine.state.bytes.arrayBuffer()));
    }
    // Last, so that it lists what could be read.
    const whole: ArchiveIndex = {
      format: archiveFormat,
      created: now.toISOString(),
      progress: Object.fromEntries(Object.entries(progress).filter(([id]) => isWanted(id))),
      ...index,
    };
    await add(indexPath, 0o644, new TextEncoder().encode(`${JSON.stringify(whole, undefined, 2)}\n`));
    controller.finalize();
  } catch (error) {
    controller.error(error);
    throw error;
  }
  const part = lesson === undefined ? "" : `-${lesson.replaceAll("/", "-")}`;
  return new File([await archive], `drydock-${localDate(now)}${part}.tar.gz`, { type: "application/gzip" });
}

export const indexPath = "drydock.json";

export function workspaceFolder(lesson: string): string {
  return `workspaces/${lesson}/`;
}

export function machinePath(lesson: string): string {
  return `machines/${lesson}.bin`;
}

async function addEntry(controller: TarPackController, header: TarHeader, content?: Uint8Array): Promise<void> {
  const body = controller.add(header).getWriter();
  if (content !== undefined && content.byteLength > 0) await body.write(content);
  await body.close();
}

function localDate(date: Date): string {
  const two = (number: number) => String(number).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
