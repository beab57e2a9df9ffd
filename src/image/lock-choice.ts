import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { z } from "zod";
import { hasHash, pathInCache, type Apt, type LockedPackage } from "./apt.ts";
import { sha256 } from "./parts.ts";
import { cacheFolder } from "./places.ts";

/** Locked packages by what they are for. */
export type Lock = Readonly<Record<string, readonly LockedPackage[]>>;

export interface LockFile<L extends Lock> {
  /** The file of the checkout that says what is wanted. */
  readonly path: string;
  readonly schema: z.ZodType<L>;
  /** What the mirror offers today. */
  readonly resolve: (apt: Apt) => Promise<L>;
  /** Where stand-ins and packages are kept; the cache's folder where it is not given. */
  readonly folder?: string;
}

/**
 * The versions to build of. A Debian mirror has only the newest version of each package of a suite, so the next point release takes away what
 * the lock file names. Today's versions of the same suites then stand in for it, until the file changes.
 */
export class LockChoice<L extends Lock> {
  readonly #written: string;
  readonly #standIn: string;
  readonly #debs: string;
  readonly #file: LockFile<L>;

  private constructor(written: string, file: LockFile<L>) {
    const { folder = cacheFolder } = file;
    this.#written = written;
    this.#standIn = join(folder, "locks", `${sha256(Buffer.from(written))}.json`);
    this.#debs = join(folder, "debs");
    this.#file = file;
  }

  static async read<L extends Lock>(file: LockFile<L>): Promise<LockChoice<L>> {
    return new LockChoice(await readFile(file.path, "utf8"), file);
  }

  /** What was chosen last; asks no mirror. */
  async current(): Promise<L> {
    const standIn = await readFile(this.#standIn, "utf8").catch(() => undefined);
    return this.#parse(standIn) ?? this.#file.schema.parse(JSON.parse(this.#written));
  }

  /** What can be had today: the current choice if each of its packages is in the cache or on the mirror. */
  async obtainable(apt: Apt, detail: (text: string) => void): Promise<L> {
    const current = await this.current();
    const missing = await this.#missing(current);
    if (missing.length === 0) return current;
    const today = await this.#file.resolve(apt);
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

  async #missing(lock: L): Promise<string[]> {
    const missing: string[] = [];
    for (const entry of Object.values(lock).flat()) {
      if (!(await hasHash(pathInCache(this.#debs, entry), entry.sha256))) missing.push(entry.sha256);
    }
    return missing;
  }

  /** A file that was cut short counts as none. */
  #parse(text: string | undefined): L | undefined {
    try {
      return text === undefined ? undefined : this.#file.schema.parse(JSON.parse(text));
    } catch {
      return undefined;
    }
  }
}

function hashes(lock: Lock): string[] {
  return Object.values(lock).flatMap((entries) => entries.map((entry) => entry.sha256));
}
