import type { MachinePart } from "./site-files.ts";

/** As `src/machine/storage-cache.ts` names the cache of an image, and that of the catalogue. */
export const imageCachePrefix = "drydock-image-";
export const catalogueCacheName = "drydock-catalogue";

/** Files are kept under their hash. */
export const hashAddress = (sha256: string) => `/${sha256}`;

/** Puts into the cache `name` what other images have of `files`. Whoever reads a file from it later verifies its hash. */
export async function copyShared(
  name: string,
  files: readonly MachinePart[],
  storage: CacheStorage = caches,
): Promise<void> {
  const own = await storage.open(name);
  const there = new Set((await own.keys()).map(({ url }) => url.slice(url.lastIndexOf("/") + 1)));
  for (const { sha256 } of files.filter((file) => !there.has(file.sha256))) {
    const shared = await storage.match(hashAddress(sha256));
    if (shared !== undefined) await own.put(hashAddress(sha256), shared);
  }
}
