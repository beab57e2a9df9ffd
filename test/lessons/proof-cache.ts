import { createHash } from "node:crypto";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { cacheFolder } from "../../src/image/places.ts";
import type { Lesson } from "../../src/lessons/model.ts";
import { root } from "../../src/server/build-site.ts";
import { findModuleInputs } from "./proof-inputs.ts";

/** Lessons that were proven, by the hash of everything that their proof depends on: proving one takes minutes. */
export interface ProofCache {
  /** When this very lesson was proven on this very machine by these very checks; `undefined` if it was not. */
  read(lesson: Lesson): Promise<Date | undefined>;
  write(lesson: Lesson): Promise<void>;
}

/** What answers, and what judges the answers, each with all that it imports. The rest of the lesson's own files is in its model. */
const judges = ["test/lessons/lesson-workplace.ts", "test/lessons/prove-step.ts", "src/machine/v86/node-worker.ts"];
/** The machine and the images that it can pull, whose files are named by their hashes there. */
const machines = ["public/machine/manifest.json", "public/catalogue/index.json"];

const record = z.object({ lesson: z.string(), provenAt: z.iso.datetime() });

export async function openProofCache({
  folder = join(cacheFolder, "proofs"),
  project = root,
  entries = judges,
} = {}): Promise<ProofCache> {
  const judge = await hashInputs(project, entries);
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

async function hashInputs(project: string, entries: readonly string[]): Promise<string> {
  const { files, packages } = await findModuleInputs(project, entries);
  const hash = createHash("sha256").update(process.version).update(JSON.stringify(packages));
  for (const path of [...files, ...machines]) {
    const content = await readFile(join(project, path)).catch(() => "");
    hash.update(`${path}\0`).update(content);
  }
  return hash.digest("hex");
}
