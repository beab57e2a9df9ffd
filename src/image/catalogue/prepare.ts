import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parseManifest } from "../../machine/v86/manifest.ts";
import { BuildCache } from "../cache.ts";
import { LockChoice } from "../lock-choice.ts";
import { addedFolder, cacheFolder, publicCatalogue } from "../places.ts";
import type { Progress } from "../progress.ts";
import { catalogueKey, makeCatalogue } from "./make.ts";
import { catalogueLock } from "./packages.ts";
import { isPublished, publishCatalogue, publishedKey } from "./publish.ts";

export interface PrepareOptions {
  /** The folder of the machine image whose container images are to be in the catalogue too. */
  readonly machine: string;
  readonly host: "debian" | "docker" | "none";
  /** Builds it into the cache, in a container. */
  inContainer(): Promise<void>;
  /** Leaves it in the cache. */
  readonly keepOnly: boolean;
}

/** Puts the image catalogue into public/catalogue: what is built of Debian packages, and what the operator has added. */
export async function prepareCatalogue(
  { machine, host, inContainer, keepOnly }: PrepareOptions,
  progress: Progress,
  signal: AbortSignal,
): Promise<void> {
  const { savedImages } = parseManifest(await readFile(join(machine, "manifest.json"), "utf8")).files;
  const choice = await LockChoice.read(catalogueLock);
  const currentCache = async () => cacheOf(await catalogueKey(await choice.current(), savedImages.sha256));
  let cache = await currentCache();
  const key = () => publishedKey(cache.key, addedFolder);
  if (!keepOnly && (await isPublished(publicCatalogue, await key()))) return;
  if (!(await cache.isKept()) && host === "docker") {
    await inContainer();
    cache = await currentCache();
  }
  if (!(await cache.isKept()) && host === "debian") {
    const apt = { folder: join(cacheFolder, "apt"), signal };
    const lock = await choice.obtainable(apt, progress.detail);
    cache = cacheOf(await catalogueKey(lock, savedImages.sha256));
    const work = cache.workFolder;
    const saved = await readFile(join(machine, savedImages.path));
    await cache.keep((folder) => makeCatalogue({ lock, apt, savedImages: saved, folder, work }, progress, signal));
  }
  if (keepOnly) return;
  const isBuilt = await cache.isKept();
  if (!isBuilt) progress.detail("this system cannot build the image catalogue: only what you have added is in it");
  await publishCatalogue([...(isBuilt ? [cache.folder] : []), addedFolder], publicCatalogue, await key());
  progress.done("the image catalogue is ready");
}

function cacheOf(key: string): BuildCache {
  return new BuildCache({ folder: join(cacheFolder, "catalogue"), key, whole: "index.json" });
}
