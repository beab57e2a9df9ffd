import type { Progress } from "../lessons/progress.ts";
import type { KeptMachineInfo } from "./kept-work.ts";

/** Version of the file's shape. What is added may be left out by older exports, and is passed over by older imports. */
export const archiveFormat = 1;

/** What `drydock.json` in an exported file says. */
export interface ArchiveIndex {
  readonly format: typeof archiveFormat;
  /** In ISO 8601. */
  readonly created: string;
  readonly progress: Progress;
  /** The files of each are below `workspaces/<lesson>/`. */
  readonly workspaces: readonly { readonly lesson: string; readonly savedAt: string }[];
  /** How the workspace was when a step was first opened. The files of each are below `beginnings/<lesson>/<step>/`. */
  readonly beginnings?: readonly { readonly lesson: string; readonly step: string; readonly savedAt: string }[];
  /** The bytes of each are `machines/<lesson>.bin`. */
  readonly machines: readonly (Omit<KeptMachineInfo, "step"> & { readonly step?: string | undefined })[];
}

export const indexPath = "drydock.json";

export function workspaceFolder(lesson: string): string {
  return `workspaces/${lesson}/`;
}

export function beginningFolder(lesson: string, step: string): string {
  return `beginnings/${lesson}/${step}/`;
}

export function machinePath(lesson: string): string {
  return `machines/${lesson}.bin`;
}

export interface ArchiveLimits {
  /** Of all that is in the file, unpacked. */
  readonly totalBytes: number;
  readonly indexBytes: number;
  /** Of each workspace, and each beginning of a step. */
  readonly workspaceBytes: number;
  readonly entries: number;
}

const MiB = 2 ** 20;
export const archiveLimits: ArchiveLimits = {
  totalBytes: 1024 * MiB,
  // Browsers store 5 million characters of progress and settings at most.
  indexBytes: 2 * MiB,
  workspaceBytes: 128 * MiB,
  entries: 50_000,
};
