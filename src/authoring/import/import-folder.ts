import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { addLesson, type LessonPlace } from "../add-lesson.ts";
import { AuthoringError } from "../authoring-error.ts";
import { killercoda } from "./killercoda.ts";
import { labspace } from "./labspace.ts";
import type { ImportNote, ScenarioReader } from "./scenario.ts";
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

/** Reads a folder in one of the known formats and writes it as a lesson. Throws an `AuthoringError`. */
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
  const lesson = writeLesson(scenario, (name) => folder.has(name));
  const place = { ...course, title: scenario.title };
  const { id, file } = await addLesson(contentFolder, place, () => lesson.source);
  const target = join(contentFolder, dirname(file));
  for (const [from, name] of lesson.pictures) await write(join(target, name), await folder.bytes(from), false);
  for (const each of scenario.files) {
    await write(join(target, "files", ...each.path.split("/")), each.content, each.executable);
  }
  const mapped = new Map(lesson.mapped);
  if (scenario.files.length > 0) mapped.set("files of the workspace", scenario.files.length);
  return { format: reader.format, id, file, mapped, notes: lesson.notes };
}

async function write(path: string, content: Uint8Array, executable: boolean): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, content, { flag: "wx", mode: executable ? 0o755 : 0o644 });
}
