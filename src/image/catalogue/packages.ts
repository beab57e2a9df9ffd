import { join } from "node:path";
import { z } from "zod";
import { lockedPackage, resolve, type Apt } from "../apt.ts";
import type { LockFile } from "../lock-choice.ts";
import { recipeFolder } from "../places.ts";
import { recipes, type ImageRecipe } from "./recipes.ts";

export const suite = "trixie";

const lockSchema = z.record(z.string(), z.array(lockedPackage));
/** By image: the packages of its own layer, without those of the image it stands on. */
export type CatalogueLock = z.infer<typeof lockSchema>;

/** What packages depend on for their scripts, which are not run. */
const notUnpacked = new Set([
  "adduser",
  "debconf",
  "init-system-helpers",
  "isa-support",
  "libaudit-common",
  "libaudit1",
  "libcap-ng0",
  "libdebconfclient0",
  "libpam-modules",
  "libpam-modules-bin",
  "libpam0g",
  "libsemanage-common",
  "libsemanage2",
  "libsepol2",
  "login.defs",
  "passwd",
  "sse2-support",
]);

async function resolveCatalogue(apt: Apt): Promise<CatalogueLock> {
  const lock: CatalogueLock = {};
  for (const recipe of recipes) {
    const below = lower(recipe);
    const names = new Set(below.flatMap(({ name }) => (lock[name] ?? []).map((entry) => entry.name)));
    const all = await resolve(apt, suite, [...below.flatMap(({ packages }) => packages), ...recipe.packages]);
    lock[recipe.name] = all.filter(
      ({ name }) => !names.has(name) && !notUnpacked.has(name) && isUnpacked(name, recipe),
    );
  }
  return lock;
}

function isUnpacked(name: string, { packages, withoutDependencies, withoutPackages }: ImageRecipe): boolean {
  return !withoutPackages?.includes(name) && (!withoutDependencies || packages.includes(name));
}

/** The images that one stands on, the lowest first. */
export function lower({ from }: ImageRecipe): ImageRecipe[] {
  if (from === undefined) return [];
  const found = recipes.find(({ name }) => name === from);
  if (found === undefined) throw new TypeError(`There is no image "${from}" in the catalogue's recipes.`);
  return [...lower(found), found];
}

export const catalogueLock: LockFile<CatalogueLock> = {
  path: join(recipeFolder, "catalogue.lock.json"),
  schema: lockSchema,
  resolve: resolveCatalogue,
};
