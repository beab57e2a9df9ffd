import { createDownloader, type DownloaderOptions } from "../download/downloader.ts";
import type { FileCache } from "../download/file-cache.ts";
import { sha256Of } from "../download/sha256.ts";
import { parseCatalogue, type Catalogue, type Descriptor } from "./catalogue.ts";
import { blobsOf } from "./image-manifest.ts";

export interface CatalogueStoreOptions extends DownloaderOptions {
  /** Address of the catalogue's `index.json`; its blobs lie beside it, as in every OCI image layout. */
  catalogueUrl: URL;
  /** Where verified blobs are kept for the next visit. */
  cache?: FileCache;
}

/** Gets the files of an image catalogue: verified, retried, and kept as long as the catalogue has them. */
export interface CatalogueStore {
  /** The catalogue as the site has it now, or as it last was where the site cannot be reached. */
  catalogue(signal: AbortSignal): Promise<Catalogue>;
  /** A small blob, such as a manifest. */
  bytes(blob: Descriptor, signal: AbortSignal): Promise<Uint8Array<ArrayBuffer>>;
  /** A blob as it arrives; the last piece comes only when all of it has been verified. */
  pieces(blob: Descriptor, signal: AbortSignal): AsyncGenerator<Uint8Array>;
}

export function createCatalogueStore({
  catalogueUrl,
  cache,
  retryPausesMs = RETRY_PAUSES_MS,
  ...options
}: CatalogueStoreOptions): CatalogueStore {
  const downloader = createDownloader({ retryPausesMs, ...options });
  let current: string | undefined;

  /**
   * Drops what the catalogue no longer has. A blob is only fetched once the manifest that names it is kept, so the manifests in the cache
   * tell which blobs in it are of use.
   */
  const prune = async ({ images }: Catalogue) => {
    const wanted = new Set<string>();
    for (const { manifest } of images) {
      const bytes = await cache?.read(FOLDER, hexOf(manifest));
      if (!bytes) continue;
      wanted.add(hexOf(manifest));
      for (const blob of blobsOf(manifest.digest, bytes)) wanted.add(hexOf(blob));
    }
    await cache?.retain(FOLDER, (sha256) => wanted.has(sha256));
  };

  const store: CatalogueStore = {
    async catalogue(signal) {
      let text: string;
      try {
        text = new TextDecoder().decode(await downloader.bytes(catalogueUrl, { init: { cache: "no-cache" }, signal }));
      } catch (error) {
        // What was pulled before can be pulled again without a network.
        const kept = signal.aborted ? undefined : await cache?.readText(catalogueUrl);
        if (kept === undefined) throw error;
        return parseCatalogue(kept);
      }
      const catalogue = parseCatalogue(text);
      if (text !== current) {
        current = text;
        await prune(catalogue);
        await cache?.writeText(catalogueUrl, text);
      }
      return catalogue;
    },
    async bytes(blob, signal) {
      const whole = new Uint8Array(blob.size);
      let filled = 0;
      for await (const piece of store.pieces(blob, signal)) {
        whole.set(piece, filled);
        filled += piece.length;
      }
      return whole;
    },
    async *pieces(blob, signal) {
      const sha256 = hexOf(blob);
      const kept = await cache?.read(FOLDER, sha256);
      if (kept && (await sha256Of(kept)) === sha256) {
        yield kept;
        return;
      }
      yield* downloader.pieces(new URL(`blobs/sha256/${sha256}`, catalogueUrl), {
        sha256,
        byteLength: blob.size,
        signal,
        onWhole: async (bytes) => cache?.write(FOLDER, sha256, bytes),
      });
    },
  };
  return store;
}

/** Where the cache keeps the blobs. */
const FOLDER = "catalogue";
/** Shorter than for the machine itself: somebody waits at a prompt, and Docker Engine tries again too. */
const RETRY_PAUSES_MS = [300, 1_000, 3_000];

function hexOf({ digest }: Descriptor): string {
  return digest.slice("sha256:".length);
}
