import { readFile } from "node:fs/promises";
import { dirname, join, posix } from "node:path";
import ts from "typescript";
import { z } from "zod";

/** Everything that modules are made of: files of the checkout, and packages with what the lock file says of each. */
export interface ModuleInputs {
  /** Relative to the checkout, sorted. */
  readonly files: readonly string[];
  /** As `npm` locked them, the packages that these need included; sorted by place. */
  readonly packages: readonly (readonly [place: string, locked: LockedPackage])[];
}

export type LockedPackage = z.infer<typeof lockedPackage>;

const dependencies = z.record(z.string(), z.string()).default({});
const lockedPackage = z.object({ version: z.string(), integrity: z.string().optional(), dependencies });
const lockFile = z.object({ packages: z.record(z.string(), z.looseObject({})) });

/**
 * Follows the imports of `entries`, paths relative to `project`, types included. What is not imported but named by its address, such as
 * a worker, is an entry of its own. Rejects when a file is missing or a package is not in the lock file.
 */
export async function findModuleInputs(project: string, entries: readonly string[]): Promise<ModuleInputs> {
  const files = new Set<string>();
  const names = new Set<string>();
  const left = [...entries];
  for (let file = left.pop(); file !== undefined; file = left.pop()) {
    if (files.has(file)) continue;
    files.add(file);
    const { importedFiles } = ts.preProcessFile(await readFile(join(project, file), "utf8"), true, false);
    for (const { fileName } of importedFiles) {
      if (fileName.startsWith(".")) left.push(posix.join(dirname(file), fileName.replace(/\?.*$/, "")));
      else if (!fileName.startsWith("node:")) names.add(packageOf(fileName));
    }
  }
  return { files: [...files].sort(), packages: await findPackages(project, names) };
}

function packageOf(specifier: string): string {
  return specifier.split("/", specifier.startsWith("@") ? 2 : 1).join("/");
}

async function findPackages(project: string, names: ReadonlySet<string>): Promise<ModuleInputs["packages"]> {
  if (names.size === 0) return [];
  const { packages } = lockFile.parse(JSON.parse(await readFile(join(project, "package-lock.json"), "utf8")));
  const found = new Map<string, LockedPackage>();
  const left = [...names].map((name) => ({ name, from: "" }));
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    const place = placeOf(next.name, next.from, packages);
    if (found.has(place)) continue;
    const locked = lockedPackage.parse(packages[place]);
    found.set(place, locked);
    for (const name of Object.keys(locked.dependencies)) left.push({ name, from: place });
  }
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1));
}

/** As Node looks for it: in the folder of the package that asks, then further out. */
function placeOf(name: string, from: string, packages: Readonly<Record<string, unknown>>): string {
  for (let folder = from; ; folder = folder.replace(/(^|\/)node_modules\/(@[^/]+\/)?[^/]+$/, "")) {
    const place = posix.join(folder, "node_modules", name);
    if (place in packages) return place;
    if (folder === "") throw new Error(`package-lock.json has no ${name}${from && `, which ${from} needs`}`);
  }
}
