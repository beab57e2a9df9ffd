import { mkdir, readFile, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { isMap, isSeq, parseDocument, stringify, type Document, type YAMLSeq } from "yaml";
import { AuthoringError } from "./authoring-error.ts";
import { slug } from "./slug.ts";

/** Where a lesson is to go. */
export interface LessonPlace {
  /** Folder below `content/`. */
  readonly course: string;
  /** Set for a course that is to be made. */
  readonly newCourse: { readonly title: string; readonly summary: string } | undefined;
  readonly title: string;
}

export interface WrittenLesson {
  /** `<course>/<lesson>`. */
  readonly id: string;
  /** Below the content folder. */
  readonly file: string;
}

/** The folders of `contentFolder` that hold a course. Throws an `AuthoringError` when it is no folder. */
export async function courseNames(contentFolder: string): Promise<string[]> {
  const names: string[] = [];
  const entries = await readdir(contentFolder, { withFileTypes: true }).catch((cause: unknown) => {
    const code = cause instanceof Error && "code" in cause ? cause.code : undefined;
    if (code !== "ENOENT" && code !== "ENOTDIR") throw cause;
    throw new AuthoringError("not-found", `There is no folder ${contentFolder}.`, {
      hint: "Name the one that holds the courses, or leave --content out.",
      cause,
    });
  });
  for (const entry of entries) {
    if (!entry.isDirectory()) continue;
    const inside = await readdir(join(contentFolder, entry.name));
    if (inside.includes("course.yaml")) names.push(entry.name);
  }
  return names.sort();
}

/** Writes the lesson's folder with its `lesson.mdx`, for which `draft` is told the id, and adds it to its course. Replaces no file that is there. */
export async function addLesson(
  contentFolder: string,
  request: LessonPlace,
  draft: (id: string) => string,
): Promise<WrittenLesson> {
  const courseFolder = join(contentFolder, request.course);
  const courseFile = join(courseFolder, "course.yaml");
  const isNew = request.newCourse !== undefined;
  if (isNew) await mkdir(courseFolder, { recursive: true });
  const { name, number } = await nameLesson(courseFolder, request.title);
  const numbered = `${number}-${name}`;
  const course = isNew ? newCourse(request, name) : addToCourse(await readFile(courseFile, "utf8"), courseFile, name);
  await mkdir(join(courseFolder, numbered));
  const file = join(request.course, numbered, "lesson.mdx");
  await writeFile(join(contentFolder, file), draft(`${request.course}/${name}`), { flag: "wx" });
  await writeFile(courseFile, course, { flag: isNew ? "wx" : "w" });
  return { id: `${request.course}/${name}`, file };
}

/** A name that no lesson of the course has, and one more than the highest number in it. */
async function nameLesson(
  courseFolder: string,
  title: string,
): Promise<{ readonly name: string; readonly number: string }> {
  let highest = 0;
  const folders = new Map<string, string>();
  for (const folder of await readdir(courseFolder)) {
    const [, number, rest] = /^(\d+)-(.+)$/.exec(folder) ?? [];
    highest = Math.max(highest, Number(number ?? 0));
    if (rest !== undefined) folders.set(rest, folder);
  }
  const plain = slug(title, "lesson");
  let name = plain;
  // A name keeps Latin letters only, so different titles may have the same one.
  const isLossy = /(?![a-z])\p{L}/iu.test(title.normalize("NFKD"));
  for (let count = 2; isLossy && folders.has(name); count++) name = `${plain}-${count}`;
  const folder = folders.get(name);
  if (folder !== undefined) {
    throw new AuthoringError("already-there", `The course has a lesson in the folder ${folder} already.`, {
      hint: "Choose another title, or change that lesson.",
    });
  }
  return { name, number: String(highest + 1).padStart(2, "0") };
}

function newCourse({ newCourse: course }: LessonPlace, name: string): string {
  const text = stringify({ ...course, groups: [{ title: "First steps", lessons: [name] }] }, { lineWidth: 0 });
  return `# yaml-language-server: $schema=../.schemas/course.json\n${text}`;
}

/** The text of `course.yaml` with the lesson at the end of its last group; comments and order stay. */
function addToCourse(text: string, file: string, name: string): string {
  const document = parseDocument(text);
  const lessons = document.errors.length === 0 ? lastLessons(document) : undefined;
  if (!lessons) {
    throw new AuthoringError("unreadable-course", `${file} has no list of lessons to add one to.`, {
      hint: "Write groups: with a title and lessons: in each, as in the other courses.",
    });
  }
  lessons.add(document.createNode(name));
  return document.toString({ lineWidth });
}

function lastLessons(document: Document): YAMLSeq | undefined {
  const groups = document.get("groups");
  const last = isSeq(groups) ? groups.items.at(-1) : undefined;
  const lessons = isMap(last) ? last.get("lessons") : undefined;
  return isSeq(lessons) ? lessons : undefined;
}

/** As Prettier breaks lines. */
const lineWidth = 120;
