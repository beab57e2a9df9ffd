import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { hasHash, lockSchema, pathInCache, resolvePackages, worlds, type Apt, type PackageLock } from "./packages.ts";
import { sha256 } from "./parts.ts";
import { cacheFolder, recipeFolder } from "./places.ts";

/**
 * The versions to build of. A Debian mirror has only the newest version of each package of a suite, so the next point release takes away what
 * packages.lock.json names. Today's versions of the same suites then stand in for it, until the file changes.
 */
export class LockChoice {
  readonly #written: string;
  readonly #standIn: string;
  readonly #debs: string;
  readonly #resolve: (apt: Apt) => Promise<PackageLock>;

  private constructor(written: string, folder: string, resolve: (apt: Apt) => Promise<PackageLock>) {
    this.#written = written;
    this.#standIn = join(folder, "locks", `${sha256(Buffer.from(written))}.json`);
    this.#debs = join(folder, "debs");
    this.#resolve = resolve;
  }

  static async read({
    path = join(recipeFolder, "packages.lock.json"),
    folder = cacheFolder,
    resolve = resolvePackages,
  } = {}): Promise<LockChoice> {
    return new LockChoice(await readFile(path, "utf8"), folder, resolve);
  }

  /** What was chosen last; asks no mirror. */
  async current(): Promise<PackageLock> {
    const standIn = await readFile(this.#standIn, "utf8").catch(() => undefined);
    return parse(standIn) ?? lockSchema.parse(JSON.parse(this.#written));
  }

  /** What can be had today: the current choice if each of its packages is in the cache or on the mirror. */
  async obtainable(apt: Apt, detail: (text: string) => void): Promise<PackageLock> {
    const current = await this.current();
    const missing = await this.#missing(current);
    if (missing.length === 0) return current;
    const today = await this.#resolve(apt);
    const offered = new Set(hashes(today));
    const gone = missing.filter((hash) => !offered.has(hash));
    if (gone.length === 0) return current;
    detail(
      `Debian has replaced ${gone.length} of the locked packages; today's versions are taken (npm run machine:lock)`,
    );
    await mkdir(join(this.#standIn, ".."), { recursive: true });
    const partial = `${this.#standIn}.${process.pid}`;
    await writeFile(partial, `${JSON.stringify(today, null, 2)}\n`);
    await rename(partial, this.#standIn);
    return today;
  }

  async #missing(lock: PackageLock): Promise<string[]> {
    const missing: string[] = [];
    for (const entry of worlds.flatMap((world) => lock[world])) {
      if (!(await hasHash(pathInCache(this.#debs, entry), entry.sha256))) missing.push(entry.sha256);
    }
    return missing;
  }
}

/** A file that was cut short counts as none. */
function parse(text: string | undefined): PackageLock | undefined {
  try {
    return text === undefined ? undefined : lockSchema.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

function hashes(lock: PackageLock): string[] {
  return worlds.flatMap((world) => lock[world].map((entry) => entry.sha256));
}
