import type { TakeOverReason } from "./single-tab.ts";
import { machineWords } from "../words/machine.ts";

/** The parts of the browser that decide whether, and how, a machine is started. */
export interface Browser {
  readonly hasWebAssembly: boolean;
  readonly hasWorkers: boolean;
  readonly hasStreams: boolean;
  /** GB, as far as the browser tells. */
  readonly deviceMemory: number | undefined;
  readonly savesData: boolean;
  readonly isPhone: boolean;
}

export function readBrowser(): Browser {
  const hints = navigator as Navigator & {
    readonly deviceMemory?: number;
    readonly connection?: { readonly saveData?: boolean };
  };
  return {
    hasWebAssembly: typeof WebAssembly === "object",
    hasWorkers: typeof Worker === "function",
    hasStreams: typeof ReadableStream === "function" && typeof AbortSignal.any === "function",
    deviceMemory: hints.deviceMemory,
    savesData: hints.connection?.saveData === true,
    isPhone: matchMedia("(pointer: coarse) and (max-width: 48rem)").matches,
  };
}

/** What the browser lacks, in words; empty if it can run a machine. */
export function missingIn({ hasWebAssembly, hasWorkers, hasStreams }: Browser): readonly string[] {
  return [
    hasWebAssembly ? "" : machineWords.webAssemblySomePrivacySettings,
    hasWorkers ? "" : machineWords.webWorkers,
    hasStreams ? "" : machineWords.streamsCanCancelledBrowsers,
  ].filter((words) => words !== "");
}

/** Why the machine waits for a click. */
export type WaitReason = "phone" | "little-memory" | "save-data" | "killed" | "cancelled" | TakeOverReason;

/** A machine takes about 1.2 GB of memory and 50 MB of download: not without asking where either is short. */
export function reasonToWait({ isPhone, deviceMemory, savesData }: Browser): WaitReason | undefined {
  if (savesData) return "save-data";
  if (deviceMemory !== undefined && deviceMemory < 4) return "little-memory";
  return isPhone ? "phone" : undefined;
}
