import type { Cancellable, Machine, MachineStatus, SavedState } from "./contract.ts";
import type { SmallMachine, SmallMachineOptions } from "./small-machine.ts";
import { createCatalogueStore } from "../catalogue/store.ts";
import { createFileCache } from "./storage-cache.ts";
import { createImageStore } from "./v86/image-store.ts";
import { startV86Machine } from "./v86/machine.ts";
import { startV86SmallMachine } from "./v86/small-machine.ts";
import { openBrowserWorker } from "./v86/worker-handle.ts";

export type * from "./contract.ts";
export type * from "./small-machine.ts";
export { MachineError, type MachineErrorCode } from "./error.ts";

export interface MachineOptions extends Cancellable {
  /** Address of the machine image's `manifest.json`. */
  manifestUrl: string | URL;
  /** Address of the `index.json` of the image catalogue that `docker pull` is answered from; without it there is none. */
  catalogueUrl?: string | URL | undefined;
  /** Continues what `Machine.save` returned instead of starting fresh. */
  savedState?: SavedState;
  /** Whether to download what the reader's later commands need as soon as the prompt is there. Default true. */
  fetchAhead?: boolean;
  /** Told of every status from the first download on, before there is a `Machine` to ask. */
  onStatus?: (status: MachineStatus) => void;
}

/**
 * Starts the machine of the reader's own tab. Resolves when it is ready for the learner: clock set, random pool reseeded, Docker Engine answering.
 * Rejects with a `MachineError` and leaves nothing running; aborting `signal` does that at any time with code `cancelled`.
 */
export function startMachine({
  manifestUrl,
  catalogueUrl,
  savedState,
  fetchAhead,
  onStatus,
  signal,
}: MachineOptions): Promise<Machine> {
  const cache = createFileCache();
  return startV86Machine({
    store: createImageStore({ manifestUrl: new URL(manifestUrl, document.baseURI), cache }),
    ...(catalogueUrl !== undefined && {
      catalogue: createCatalogueStore({ catalogueUrl: new URL(catalogueUrl, document.baseURI), cache }),
    }),
    openWorker: openBrowserWorker,
    savedState,
    fetchAhead,
    onStatus,
    isWatched: () => document.visibilityState === "visible",
    ...(signal && { signal }),
  });
}

/**
 * Boots the small machine of the image at `manifestUrl`, in a worker of its own. Resolves at its shell's first prompt. Rejects with a `MachineError` and
 * leaves nothing running; aborting `signal` does that at any time.
 */
export function startSmallMachine({
  manifestUrl,
  ...options
}: SmallMachineOptions & Pick<MachineOptions, "manifestUrl">): Promise<SmallMachine> {
  const url = new URL(manifestUrl, document.baseURI);
  const store = createImageStore({ manifestUrl: url, cache: createFileCache() });
  return startV86SmallMachine({ ...options, store, openWorker: openBrowserWorker });
}
