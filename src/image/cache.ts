import {
  access,
  copyFile,
  link,
  mkdir,
  readFile,
  readdir,
  rename,
  rm,
  stat,
  utimes,
  writeFile,
} from "node:fs/promises";
import { dirname, join } from "node:path";

/** How many builds are kept beside the newest; each takes about 200 MB. */
const KEPT_IMAGES = 2;

export interface CacheOptions {
  /** Where everything of this sort is kept. */
  readonly folder: string;
  /** SHA-256 of all inputs, in hexadecimal. */
  readonly key: string;
  /** The file that is written last, so that what has it is whole. */
  readonly whole: string;
}

/** What was built, by the hash of its inputs, and the copy of one of them in the site's public folder. */
export class BuildCache {
  readonly #all: string;
  readonly #whole: string;
  readonly key: string;

  constructor({ folder, key, whole }: CacheOptions) {
    this.#all = folder;
    this.#whole = whole;
    this.key = key;
  }

  /** Where this build is, once it is kept. */
  get folder(): string {
    return join(this.#all, this.key);
  }

  /** Scratch space of a build; removed with it. */
  get workFolder(): string {
    return join(this.#all, `work-${String(process.pid)}`);
  }

  async isPublished(publicFolder: string): Promise<boolean> {
    const published = await readFile(join(publicFolder, KEY_FILE), "utf8").catch(() => "");
    return published === this.key;
  }

  isKept(): Promise<boolean> {
    return access(join(this.folder, this.#whole)).then(
      () => true,
      () => false,
    );
  }

  /** Lets `make` fill a folder, which becomes the kept image only when it is whole. */
  async keep(make: (folder: string) => Promise<void>): Promise<void> {
    const partial = join(this.#all, `partial-${String(process.pid)}`);
    try {
      await rm(partial, { recursive: true, force: true });
      await mkdir(partial, { recursive: true });
      await make(partial);
      await rm(this.folder, { recursive: true, force: true });
      await rename(partial, this.folder);
      await this.#prune();
    } finally {
      await rm(partial, { recursive: true, force: true });
      await rm(this.workFolder, { recursive: true, force: true });
    }
  }

  /** Replaces the public copy; its key is written last, so that a copy that was cut short is made again. */
  async publish(publicFolder: string): Promise<void> {
    await rm(publicFolder, { recursive: true, force: true });
    for (const entry of await readdir(this.folder, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const from = join(entry.parentPath, entry.name);
      const to = join(publicFolder, from.slice(this.folder.length));
      await mkdir(dirname(to), { recursive: true });
      // Another file system cannot be linked to.
      await link(from, to).catch(() => copyFile(from, to));
    }
    await writeFile(join(publicFolder, KEY_FILE), this.key);
    const now = new Date();
    await utimes(this.folder, now, now);
  }

  async #prune(): Promise<void> {
    const others: { path: string; time: number }[] = [];
    for (const name of await readdir(this.#all)) {
      const path = join(this.#all, name);
      if (/^[0-9a-f]{64}$/.test(name) && name !== this.key) others.push({ path, time: (await stat(path)).mtimeMs });
    }
    others.sort((a, b) => b.time - a.time);
    for (const { path } of others.slice(KEPT_IMAGES)) await rm(path, { recursive: true, force: true });
  }
}

const KEY_FILE = ".key";
