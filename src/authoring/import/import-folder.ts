import { existsSync } from "node:fs";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { addLesson, type LessonPlace, type WrittenLesson } from "../add-lesson.ts";
import { AuthoringError } from "../authoring-error.ts";
import { killercoda } from "./killercoda.ts";
import { labspace } from "./labspace.ts";
import type { ImportNote, ScenarioFile, ScenarioReader } from "./scenario.ts";
import { openSourceFolder } from "./source-folder.ts";
import { writeLesson } from "./write-lesson.ts";

/** The formats that are read. The first whose mark is in the folder is taken. */
const readers: readonly ScenarioReader[] = [killercoda, labspace];

export interface Imported {
  /** Of what format the folder was, in words. */
  readonly format: string;
  /** `<course>/<lesson>`. */
  readonly id: string;
  /** The lesson's `lesson.mdx`, below the content folder. */
  readonly file: string;
  /** How many of each thing were mapped, by name. */
  readonly mapped: ReadonlyMap<string, number>;
  readonly notes: readonly ImportNote[];
}

/** Reads a folder in one of the known formats and writes it as a lesson: all of it or, with an error, nothing. Throws an `AuthoringError`. */
export async function importFolder(
  path: string,
  contentFolder: string,
  course: Omit<LessonPlace, "title">,
): Promise<Imported> {
  const folder = await openSourceFolder(path);
  const reader = readers.find(({ mark }) => folder.has(mark));
  if (reader === undefined) {
    const known = readers.map(({ format, mark }) => `a ${format} (${mark})`).join(" or ");
    throw new AuthoringError("unknown-format", `${path} is in no known format.`, {
      hint: `Name a folder with ${known}.`,
    });
  }
  const scenario = await reader.read(folder);
  const lesson = writeLesson(scenario);
  const { id, file } = await addWhole(contentFolder, { ...course, title: lesson.title }, lesson.source, [
    ...scenario.pictures.map(({ name, content }) => ({ path: name, content, executable: false })),
    ...scenario.files.map((each) => ({ ...each, path: `files/${each.path}` })),
  ]);
  const mapped = new Map(lesson.mapped);
  if (scenario.files.length > 0) mapped.set("files of the workspace", scenario.files.length);
  return { format: reader.format, id, file, mapped, notes: lesson.notes };
}

/** Adds the lesson with the files beside it. What was written is taken back when one of them cannot be. */
async function addWhole(
  contentFolder: string,
  place: LessonPlace,
  source: string,
  files: readonly ScenarioFile[],
): Promise<WrittenLesson> {
  const courseFolder = join(contentFolder, place.course);
  const courseFile = join(courseFolder, "course.yaml");
  const before = place.newCourse === undefined ? await readFile(courseFile) : undefined;
  const isNewFolder = !existsSync(courseFolder);
  const added = await addLesson(contentFolder, place, () => source);
  const target = join(contentFolder, dirname(added.file));
  try {
    for (const { path, content, executable } of files) await write(join(target, path), content, executable);
  } catch (error) {
    await rm(isNewFolder ? courseFolder : target, { recursive: true });
    if (before !== undefined) await writeFile(courseFile, before);
    else if (!isNewFolder) await rm(courseFile);
    throw error;
  }
  return added;
}

async function write(path: string, content: Uint8Array, executable: boolean): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, content, { flag: "wx", mode: executable ? 0o755 : 0o644 });
}
