import { createHash } from "node:crypto";
import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { fetchPackages, type Apt } from "../apt.ts";
import { cacheFolder, recipeFolder } from "../places.ts";
import type { Progress } from "../progress.ts";
import { buildImage, tagsOf, type BuiltImage } from "./image.ts";
import { writeIndex, type TaggedImage } from "./layout.ts";
import { suite, type CatalogueLock } from "./packages.ts";
import { recipes } from "./recipes.ts";
import { importSaved } from "./saved-images.ts";

export interface CataloguePlan {
  readonly lock: CatalogueLock;
  readonly apt: Apt;
  /** The gzip-compressed output of `docker save` that belongs to the machine image. */
  readonly savedImages: Uint8Array;
  /** The layout is written here. */
  readonly folder: string;
  /** Scratch space. */
  readonly work: string;
}

/** From Debian packages, and the images that are in the machine, to an OCI image layout in `folder`. */
export async function makeCatalogue(
  { lock, apt, savedImages, folder, work }: CataloguePlan,
  progress: Progress,
  signal: AbortSignal,
): Promise<void> {
  progress.phase("catalogue", `building ${String(recipes.length)} images of Debian packages`);
  const tagged: TaggedImage[] = await importSaved(gunzipSync(savedImages), folder);
  const built = new Map<string, BuiltImage>();
  for (const recipe of recipes) {
    signal.throwIfAborted();
    const packages = await fetchPackages(apt, suite, lock[recipe.name] ?? [], {
      cache: join(cacheFolder, "debs"),
      detail: progress.detail,
    });
    const base = recipe.from === undefined ? undefined : built.get(recipe.from);
    const image = await buildImage({ recipe, base, packages, work, folder, signal });
    built.set(recipe.name, image);
    const bytes = image.layers.at(-1)?.descriptor.size ?? 0;
    progress.detail(`${recipe.name} ${image.version}, ${(bytes / 1e6).toFixed(1)} MB of its own`);
    if (recipe.isBase) continue;
    const tags = recipe.onlyTags ? ["latest"] : tagsOf(image.version);
    for (const tag of new Set([...tags, ...(recipe.tags ?? [])]))
      tagged.push({ name: `docker.io/library/${recipe.name}:${tag}`, manifest: image.manifest });
  }
  await writeIndex(folder, tagged);
}

/** SHA-256 over everything the catalogue is made from, in hexadecimal. */
export async function catalogueKey(lock: CatalogueLock, savedImagesSha256: string): Promise<string> {
  const hash = createHash("sha256").update(JSON.stringify(lock)).update(savedImagesSha256);
  for (const name of (await readdir(join(recipeFolder, "catalogue"))).sort())
    hash.update(`${name}\0`).update(await readFile(join(recipeFolder, "catalogue", name)));
  return hash.update(await readFile(join(recipeFolder, "root.ts"))).digest("hex");
}
