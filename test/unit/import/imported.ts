import { readdir, readFile, rm } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { afterAll, beforeAll, expect } from "vitest";
import { importFolder, type Imported } from "../../../src/authoring/import/import-folder.ts";
import { validateCheck, validateChecks } from "../../../src/checks/schema.ts";
import { examineContent, type LoadedLesson } from "../../../src/lessons/load-courses.ts";
import { folderOf, type Files } from "./fixtures.ts";

/** What an import made of some files. */
export interface World {
  readonly done: Imported;
  /** Of `lesson.mdx`. */
  readonly source: string;
  readonly lesson: LoadedLesson;
  /** What the reader of lessons, and so the compiler of MDX, says against it. */
  readonly mistakes: readonly string[];
  /** All files of the lesson's folder, by their path in it. */
  readonly files: ReadonlyMap<string, Buffer>;
}

/** Imports `files` and reads what came of it. */
export async function importFiles(files: Files): Promise<World> {
  const folder = await folderOf(files);
  const content = await folderOf({});
  try {
    const done = await importInto(folder, content);
    const { courses, mistakes } = await examineContent(content, { validateCheck, validateChecks });
    const lesson = courses[0]?.groups[0]?.lessons[0];
    if (lesson === undefined) throw new Error("There is no lesson");
    return {
      done,
      lesson,
      source: await readFile(join(content, done.file), "utf8"),
      mistakes: mistakes.map(({ file, line, problem, remedy }) => `${file}:${line} ${problem} ${remedy}`),
      files: await readAll(join(content, dirname(done.file))),
    };
  } finally {
    await rm(folder, { recursive: true });
    await rm(content, { recursive: true });
  }
}

/** The same, once before the tests of a block. */
export function imported(files: Files): World {
  const world = {} as World;
  beforeAll(async () => {
    Object.assign(world, await importFiles(files));
  });
  afterAll(() => {
    for (const key of Object.keys(world)) Reflect.deleteProperty(world, key);
  });
  return world;
}

/** Imports a scenario with one step of this text, which has to be right for the reader. */
export async function importStep(text: string, more: Files = {}): Promise<World> {
  const world = await importFiles({
    "index.json": JSON.stringify({
      title: "A lesson",
      details: { steps: [{ title: "Do it", text: "step1/text.md" }] },
    }),
    "step1/text.md": text,
    ...more,
  });
  // A page with nothing to do is no step, of which a lesson needs one.
  expect(world.mistakes.filter((mistake) => !mistake.includes("The lesson has no step."))).toEqual([]);
  return world;
}

export function importInto(source: string, content: string): Promise<Imported> {
  const newCourse = { title: "Imported", summary: "Imported lessons." };
  return importFolder(source, content, { course: "imported", newCourse });
}

export function notesAbout({ done: { notes } }: World, words: RegExp) {
  return notes.filter(({ reason }) => words.test(reason));
}

async function readAll(folder: string): Promise<Map<string, Buffer>> {
  const files = new Map<string, Buffer>();
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    files.set(relative(folder, path), await readFile(path));
  }
  return files;
}
