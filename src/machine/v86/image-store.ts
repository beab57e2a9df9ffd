import { createDownloader, type DownloaderOptions } from "../../download/downloader.ts";
import type { FileCache } from "../../download/file-cache.ts";
import { sha256Of } from "../../download/sha256.ts";
import { pauseFor, throwIfCancelled } from "../signal.ts";
import { parseManifest, partPath, type ImageFile, type Manifest } from "./manifest.ts";

export interface ImageStoreOptions extends DownloaderOptions {
  /** Address of `manifest.json`; the image's files lie beside it. */
  manifestUrl: URL;
  /** Where verified files are kept for the next visit. */
  cache?: FileCache;
}

/** Gets the files of one machine image: verified, retried, and kept. */
export interface ImageStore {
  manifest(signal: AbortSignal): Promise<Manifest>;
  /** `onBytes` is told what arrived since it was last called; less than nothing when a try starts over. */
  file(
    manifest: Manifest,
    file: Pick<ImageFile, "path" | "sha256">,
    options: { signal: AbortSignal; onBytes?: (count: number) => void },
  ): Promise<Uint8Array<ArrayBuffer>>;
  part(manifest: Manifest, sha256: string, signal: AbortSignal): Promise<Uint8Array<ArrayBuffer>>;
  /** Fetches disk parts, one after the other, into the cache, where the guest's later read finds them. Without a cache it does nothing. */
  prefetch(manifest: Manifest, parts: readonly string[], signal: AbortSignal): Promise<void>;
  /** Drops what other builds of the image left behind. */
  prune(manifest: Manifest): Promise<void>;
}

export function createImageStore({ manifestUrl, cache, ...options }: ImageStoreOptions): ImageStore {
  const downloader = createDownloader(options);
  const store: ImageStore = {
    async manifest(signal) {
      let text: string;
      try {
        text = new TextDecoder().decode(await downloader.bytes(manifestUrl, { init: { cache: "no-cache" }, signal }));
      } catch (error) {
        // A machine that was loaded before starts without a network too.
        const kept = signal.aborted ? undefined : await cache?.readText(manifestUrl);
        if (kept === undefined) throw error;
        return parseManifest(kept);
      }
      const manifest = parseManifest(text);
      await cache?.writeText(manifestUrl, text);
      return manifest;
    },
    async file(manifest, { path, sha256 }, { signal, onBytes }) {
      throwIfCancelled(signal);
      const kept = await cache?.read(FOLDER + manifest.id, sha256);
      if (kept && (await sha256Of(kept)) === sha256) {
        onBytes?.(kept.length);
        return kept;
      }
      const bytes = await downloader.bytes(new URL(path, manifestUrl), {
        sha256,
        signal,
        ...(onBytes && { onBytes }),
      });
      await cache?.write(FOLDER + manifest.id, sha256, bytes);
      return bytes;
    },
    part: (manifest, sha256, signal) => store.file(manifest, { path: partPath(sha256), sha256 }, { signal }),
    async prefetch(manifest, parts, signal) {
      if (!cache) return;
      const kept = await cache.list(FOLDER + manifest.id);
      for (const sha256 of parts.filter((each) => !kept.has(each))) {
        const start = performance.now();
        await store.part(manifest, sha256, signal);
        // Half of the time is left to what the reader does meanwhile.
        await pauseFor(performance.now() - start, signal);
      }
    },
    async prune(manifest) {
      await cache?.dropOthers(FOLDER, FOLDER + manifest.id);
    },
  };
  return store;
}

/** Where the cache keeps the files of an image. */
const FOLDER = "image-";
