import { createDownloader, type DownloaderOptions } from "../download/downloader.ts";
import { sha256Of } from "../download/sha256.ts";
import { catalogueCacheName, hashAddress, imageCachePrefix } from "../offline/image-parts.ts";
import { OfflineError } from "../offline/offline-error.ts";
import type { MachinePart } from "../offline/site-files.ts";
import { put } from "../offline/site-set.ts";
import { MachineError } from "./error.ts";

/** Fetches what a machine may ask for later into where it looks first, see `storage-cache.ts`, `v86/image-store.ts` and `catalogue/store.ts`. */
export interface MachineParts {
  /** The hashes of what is there. */
  listKept(): Promise<ReadonlySet<string>>;
  /**
   * Has `part` verified and kept. `onBytes` is told what arrived since it was last called; less than nothing when a try starts over. Rejects with an
   * `OfflineError`.
   */
  keep(part: MachinePart, options: { signal: AbortSignal; onBytes: (count: number) => void }): Promise<void>;
}

export interface MachinePartsOptions extends DownloaderOptions {
  /** The image's id. */
  readonly image: string;
  /** Of the site; ends in a slash. */
  readonly root: URL;
  readonly storage?: CacheStorage;
}

export function createMachineParts({ image, root, storage = caches, ...options }: MachinePartsOptions): MachineParts {
  const downloader = createDownloader(options);
  const cacheOf = ({ path }: MachinePart) =>
    storage.open(path.startsWith("catalogue/") ? catalogueCacheName : imageCachePrefix + image);
  return {
    async listKept() {
      const names = [catalogueCacheName, imageCachePrefix + image];
      const keys = await Promise.all(
        names.map(async (name) => ((await storage.has(name)) ? (await storage.open(name)).keys() : [])),
      );
      return new Set(keys.flat().map(({ url }) => url.slice(url.lastIndexOf("/") + 1)));
    },
    async keep(part, { signal, onBytes }) {
      const address = hashAddress(part.sha256);
      const cache = await cacheOf(part);
      // Another build of the image may have had it.
      const shared = await storage.match(address);
      if (shared !== undefined) {
        const bytes = await shared.arrayBuffer();
        if ((await sha256Of(new Uint8Array(bytes))) === part.sha256) {
          await put(cache, address, new Response(bytes));
          onBytes(part.bytes);
          return;
        }
      }
      try {
        const bytes = await downloader.bytes(new URL(part.path, root), { sha256: part.sha256, signal, onBytes });
        await put(cache, address, new Response(bytes));
      } catch (error) {
        if (!(error instanceof MachineError)) throw error;
        throw new OfflineError(error.code === "cancelled" ? "cancelled" : "unreachable", { cause: error });
      }
    },
  };
}
