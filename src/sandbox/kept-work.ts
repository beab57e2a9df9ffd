import type { SavedState } from "../machine/contract.ts";
import { openRecords, type Where } from "./kept-records.ts";
import { WorkKeeper, type StorageQuota } from "./work-keeper.ts";

/** A file of a workspace that is kept in the browser. `path` is relative to `/workspace`. */
export interface KeptFile {
  readonly path: string;
  /** Permission bits. */
  readonly mode: number;
  readonly content: Uint8Array<ArrayBuffer>;
}

/** A symbolic link of a workspace. `target` is as it was written, and may lead anywhere. */
export interface KeptLink {
  readonly path: string;
  readonly target: string;
}

export interface KeptWorkspace {
  /** A lesson's id, or `playground`; followed by `#` and more for what is kept beside a lesson's own workspace. */
  readonly lesson: string;
  /** In ISO 8601. */
  readonly savedAt: string;
  readonly files: readonly KeptFile[];
  readonly folders: readonly string[];
  /** None in what was kept before links were. */
  readonly links?: readonly KeptLink[] | undefined;
}

export interface KeptWorkspaceInfo {
  readonly lesson: string;
  readonly savedAt: string;
  readonly files: number;
  readonly bytes: number;
}

export interface KeptMachineInfo {
  /** A lesson's id, or `playground`. */
  readonly lesson: string;
  /** The last step that was done, or undefined. */
  readonly step: string | undefined;
  /** In ISO 8601. */
  readonly savedAt: string;
  /** The build of the machine image that it belongs to. */
  readonly imageId: string;
  readonly bytes: number;
}

/** `name` says of what and when, `value` is whatever was found. */
export interface SetAsideRecord {
  readonly name: string;
  readonly value: unknown;
}

/**
 * The learner's files and machines, kept in this browser between visits. Rejects with a `KeptWorkError`. A record that
 * cannot be understood is set aside and answered as if there were none.
 */
export interface KeptWork {
  /** Where the work lies; in memory it ends with the page. */
  where(): Promise<Where>;
  loadWorkspace(lesson: string): Promise<KeptWorkspace | undefined>;
  /** Forgets the oldest machines when there is no room otherwise. */
  saveWorkspace(workspace: KeptWorkspace): Promise<void>;
  /**
   * As `saveWorkspace`, with `beside` in the place of all that is kept beside it: all at once, so that nobody comes upon the one
   * without the other. Where there is only room for the workspace, nothing is kept beside it.
   */
  replaceWorkspace(workspace: KeptWorkspace, beside: readonly KeptWorkspace[]): Promise<void>;
  /** With all that is kept beside it under `<lesson>#…`. */
  forgetWorkspace(lesson: string): Promise<void>;
  /** With those of the names `<lesson>#…`. */
  listWorkspaces(): Promise<readonly KeptWorkspaceInfo[]>;
  /** Newest first. */
  listMachines(): Promise<readonly KeptMachineInfo[]>;
  loadMachine(lesson: string): Promise<{ info: KeptMachineInfo; state: SavedState } | undefined>;
  /**
   * Forgets the oldest machines of other lessons when there is no room otherwise; `no-room` when this one does not fit even so,
   * beside the one that it would replace, which then stays.
   */
  saveMachine(info: KeptMachineInfo, state: SavedState): Promise<"kept" | "no-room">;
  forgetMachine(lesson: string): Promise<void>;
  /** Records that could not be understood. */
  countSetAside(): Promise<number>;
  loadSetAside(): Promise<readonly SetAsideRecord[]>;
  /** Forgets every record. */
  forgetAll(): Promise<void>;
  /** Calls `listener` after every change made on this page. */
  onChange(listener: () => void): Disposable;
}

export interface KeptWorkOptions {
  quota: StorageQuota | undefined;
  now: () => Date;
  /** How long the browser may take to open its database. */
  patienceMs?: number;
}

/** Nothing is opened before the first use. */
export function createKeptWork({ quota, now, patienceMs = 4000 }: KeptWorkOptions): KeptWork {
  return new WorkKeeper(() => openRecords(patienceMs), quota, now);
}

/** The one of this page. */
export function pageKeptWork(): KeptWork {
  shared ??= createKeptWork({
    quota: "storage" in navigator ? navigator.storage : undefined,
    now: () => new Date(),
  });
  return shared;
}

let shared: KeptWork | undefined;
