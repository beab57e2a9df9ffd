import { createHash } from "node:crypto";
import { glob, mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { cacheFolder } from "../../src/image/places.ts";
import type { Lesson } from "../../src/lessons/model.ts";
import { root } from "../../src/server/build-site.ts";

/** Lessons that were proven, by the hash of everything that their proof depends on: proving one takes minutes. */
export interface ProofCache {
  /** When this very lesson was proven on this very machine by these very checks; `undefined` if it was not. */
  read(lesson: Lesson): Promise<Date | undefined>;
  write(lesson: Lesson): Promise<void>;
}

/** What answers, and what judges the answers. The rest of the lesson's own files is in its model. */
const judges = [
  "src/{catalogue,checks,download,engine,lessons,machine}/**/*.ts",
  "test/lessons/**/*.ts",
  "package-lock.json",
];
/** The machine and the images that it can pull, whose files are named by their hashes there. */
const machines = ["public/machine/manifest.json", "public/catalogue/index.json"];

const record = z.object({ lesson: z.string(), provenAt: z.iso.datetime() });

export async function openProofCache({
  folder = join(cacheFolder, "proofs"),
  project = root,
} = {}): Promise<ProofCache> {
  const judge = await hashFiles(project, [...judges, ...machines]);
  const pathOf = (lesson: Lesson) => {
    const hash = createHash("sha256").update(judge).update(JSON.stringify(lesson)).digest("hex");
    return join(folder, `${hash}.json`);
  };
  return {
    async read(lesson) {
      const text = await readFile(pathOf(lesson), "utf8").catch(() => undefined);
      return text === undefined ? undefined : new Date(record.parse(JSON.parse(text)).provenAt);
    },
    async write(lesson) {
      await mkdir(folder, { recursive: true });
      const path = pathOf(lesson);
      const partial = `${path}.${String(process.pid)}`;
      await writeFile(partial, JSON.stringify({ lesson: lesson.id, provenAt: new Date().toISOString() }));
      await rename(partial, path);
    },
  };
}

async function hashFiles(folder: string, patterns: readonly string[]): Promise<string> {
  const hash = createHash("sha256").update(process.version);
  const paths: string[] = [];
  for await (const path of glob(patterns, { cwd: folder })) paths.push(path);
  for (const path of paths.sort()) hash.update(`${path}\0`).update(await readFile(join(folder, path)));
  return hash.digest("hex");
}
