// Over 250 lines because a course is read in one pass that collects the mistakes of all its files.
import { readdir, readFile } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { readCourse, type Course } from "./course.ts";
import { readCurriculum, type Curriculum } from "./curriculum.ts";
import type { FrontMatter } from "./front-matter.ts";
import { readGlossary, type Glossary } from "./glossary.ts";
import { LessonError, sortMistakes, type LessonMistake } from "./lesson-error.ts";
import type { Lesson } from "./model.ts";
import { pictureTypes } from "./picture.ts";
import { examineLesson } from "./read-lesson.ts";
import type { EarlierLesson, ReadLessonOptions } from "./reading.ts";
import { examineRecording, type LessonRecording } from "./lesson-recording.ts";
import { recordingName } from "./recording.ts";
import type { RunHere } from "./run-here.ts";
import { readWorkspaceFiles, lessonLimit } from "./workspace-files.ts";

/** A course with its lessons in reading order. */
export interface LoadedCourse {
  /** Its folder's name. */
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  readonly for: Course["for"];
  readonly place: number | undefined;
  readonly groups: readonly { readonly title: string; readonly lessons: readonly LoadedLesson[] }[];
}

export interface LoadedLesson {
  readonly lesson: Lesson;
  readonly frontMatter: FrontMatter;
  /** The app that runs on a page of its own, without a container and in one. */
  readonly runHere: RunHere | undefined;
  /** What was recorded of the lesson for those whose machine does not start. */
  readonly recording: LessonRecording | undefined;
  /** Absolute. */
  readonly folder: string;
  /** As it is named in messages: `content/<course>/<nn-lesson>/lesson.mdx`. */
  readonly file: string;
  /** What is wrong with this lesson; empty unless it comes from `examineContent`. */
  readonly mistakes: readonly LessonMistake[];
}

export interface LoadedContent {
  readonly courses: readonly LoadedCourse[];
  readonly glossary: Glossary;
  readonly curriculum: Curriculum;
}

export type LoadOptions = Pick<ReadLessonOptions, "validateCheck" | "validateChecks" | "machineImages">;

/** All courses, read and validated. Throws a `LessonError` with all mistakes of all files. */
export async function loadCourses(contentFolder: string, options: LoadOptions = {}): Promise<readonly LoadedCourse[]> {
  return (await loadContent(contentFolder, options)).courses;
}

/** As `loadCourses`, with the glossary and the curriculum. */
export async function loadContent(contentFolder: string, options: LoadOptions = {}): Promise<LoadedContent> {
  const { courses, glossary, curriculum, mistakes } = await examineContent(contentFolder, options);
  if (mistakes.length > 0) throw new LessonError(mistakes);
  return { courses, glossary, curriculum };
}

export interface ExaminedContent extends LoadedContent {
  /** All of them, sorted. Those of a lesson are in the lesson too. */
  readonly mistakes: readonly LessonMistake[];
  /** Those that are not of one lesson: in `course.yaml`, `glossary.yaml`, `curriculum.yaml` and the names of folders. */
  readonly shared: readonly LessonMistake[];
}

/** As much of all courses as can be understood, for a page that shows authors what is wrong with the rest. */
export async function examineContent(contentFolder: string, options: LoadOptions = {}): Promise<ExaminedContent> {
  const root = resolve(contentFolder);
  const name = basename(root);
  const shared: LessonMistake[] = [];
  const glossaryText = await readText(join(root, "glossary.yaml"));
  const { glossary, mistakes } = readGlossary(glossaryText ?? "[]", `${name}/glossary.yaml`);
  if (glossaryText !== undefined) shared.push(...mistakes);
  // Without a right glossary no lesson can be blamed for its terms.
  const terms = shared.length > 0 ? undefined : glossary;
  const curriculumText = await readText(join(root, "curriculum.yaml"));
  const { curriculum, mistakes: ofCurriculum } =
    curriculumText === undefined
      ? { curriculum: [], mistakes: [] }
      : readCurriculum(curriculumText, `${name}/curriculum.yaml`);
  shared.push(...ofCurriculum);
  const deeds = ofCurriculum.length > 0 ? undefined : curriculum;
  const courses: LoadedCourse[] = [];
  for (const id of await listFolders(root)) {
    const place = {
      id,
      folder: join(root, id),
      name: `${name}/${id}`,
      shared,
      glossary: terms,
      curriculum: deeds,
      options,
    };
    courses.push(await examineCourse(place));
  }
  courses.sort(inReadingOrder);
  const lessons = courses.flatMap(({ groups }) => groups.flatMap((group) => group.lessons));
  const all = [...shared, ...lessons.flatMap((lesson) => lesson.mistakes)];
  return { courses, glossary, curriculum, mistakes: sortMistakes(all), shared: sortMistakes(shared) };
}

/** Those for learners first, then by their place; courses come here by the names of their folders. */
function inReadingOrder(a: LoadedCourse, b: LoadedCourse): number {
  const last = 1000;
  return Number(a.for === "authors") - Number(b.for === "authors") || (a.place ?? last) - (b.place ?? last);
}

interface CoursePlace {
  readonly id: string;
  readonly folder: string;
  /** What messages call the folder. */
  readonly name: string;
  readonly shared: LessonMistake[];
  readonly glossary: Glossary | undefined;
  readonly curriculum: Curriculum | undefined;
  readonly options: LoadOptions;
}

async function examineCourse(place: CoursePlace): Promise<LoadedCourse> {
  const { id, folder, name, shared } = place;
  const folders = await listLessons(place);
  const names = [...folders.keys()];
  const text = await readText(join(folder, "course.yaml"));
  let course: Course | undefined;
  if (text === undefined) {
    const remedy = "Write it, with title:, summary: and groups:.";
    shared.push({ file: `${name}/course.yaml`, line: 1, problem: "The course has no course.yaml.", remedy });
  } else {
    const read = readCourse(text, `${name}/course.yaml`, names);
    shared.push(...read.mistakes);
    course = read.course;
  }
  const known: Course = course ?? {
    title: id,
    summary: "",
    for: "learners",
    groups: [{ title: id, lessons: names }],
  };
  const earlier = new Map<string, EarlierLesson>();
  const loaded: { title: string; lessons: LoadedLesson[] }[] = [];
  for (const group of known.groups) {
    const lessons: LoadedLesson[] = [];
    for (const lesson of group.lessons) {
      const found = await examineLessonFolder(lesson, folders.get(lesson) ?? lesson, new Map(earlier), place);
      earlier.set(lesson, { lesson: found.lesson, isWhole: found.mistakes.length === 0 });
      lessons.push(found);
    }
    loaded.push({ title: group.title, lessons });
  }
  return { ...known, id, place: known.place, groups: loaded };
}

/** The lessons' folders by their names without the number, in the order of the numbers. */
async function listLessons({ folder, name, shared }: CoursePlace): Promise<Map<string, string>> {
  const folders = new Map<string, string>();
  for (const entry of await listFolders(folder)) {
    const lesson = /^\d+-([a-z0-9]+(?:-[a-z0-9]+)*)$/.exec(entry)?.[1];
    const report = (problem: string, remedy: string): void => {
      shared.push({ file: `${name}/${entry}`, line: 1, problem, remedy });
    };
    if (lesson === undefined) {
      report(
        `The folder is called "${entry}".`,
        "Write a number, a dash and small letters, digits and dashes: 01-first-image.",
      );
    } else if (folders.has(lesson)) {
      report(`Two folders are the lesson "${lesson}".`, "Give each lesson a name of its own, beside its number.");
    } else {
      folders.set(lesson, entry);
    }
  }
  return folders;
}

async function examineLessonFolder(
  lesson: string,
  folderName: string,
  earlier: ReadonlyMap<string, EarlierLesson>,
  { id, folder: courseFolder, name: courseName, glossary, curriculum, options }: CoursePlace,
): Promise<LoadedLesson> {
  const folder = join(courseFolder, folderName);
  const name = `${courseName}/${folderName}`;
  const file = `${name}/lesson.mdx`;
  const { files, stepFiles, here, mistakes } = await readLessonFiles(folder, name);
  const source = await readText(join(folder, "lesson.mdx"));
  const examined = examineLesson(source ?? "", {
    ...options,
    id: `${id}/${lesson}`,
    file,
    glossary,
    curriculum,
    files,
    stepFiles,
    here,
    pictures: await readPictures(folder),
    earlier,
  });
  const missing = {
    file,
    line: 1,
    problem: "The lesson has no lesson.mdx.",
    remedy: "Write it, or take the folder away.",
  };
  const recorded = await readText(join(folder, recordingName));
  const { recording, mistakes: ofRecording } =
    recorded === undefined
      ? { recording: undefined, mistakes: [] }
      : examineRecording(recorded, `${name}/${recordingName}`, examined.lesson);
  return {
    lesson: examined.lesson,
    frontMatter: examined.frontMatter,
    runHere: examined.runHere,
    recording,
    folder,
    file,
    mistakes: sortMistakes([...mistakes, ...(source === undefined ? [missing] : examined.mistakes), ...ofRecording]),
  };
}

async function readLessonFiles(
  folder: string,
  name: string,
): Promise<Required<Pick<ReadLessonOptions, "files" | "stepFiles" | "here">> & { mistakes: LessonMistake[] }> {
  const start = await readWorkspaceFiles(join(folder, "files"), `${name}/files`);
  const here = await readWorkspaceFiles(join(folder, "here"), `${name}/here`);
  const mistakes = [...start.mistakes, ...here.mistakes];
  const stepFiles = new Map<string, typeof start.files>();
  let bytes = start.bytes + here.bytes;
  for (const step of await listFolders(join(folder, "steps"))) {
    const read = await readWorkspaceFiles(join(folder, "steps", step), `${name}/steps/${step}`);
    stepFiles.set(step, read.files);
    mistakes.push(...read.mistakes);
    bytes += read.bytes;
  }
  if (bytes > lessonLimit) {
    const problem = `The lesson's files have ${bytes} bytes together.`;
    const remedy = `They may have ${lessonLimit}: let the lesson make the large ones.`;
    mistakes.push({ file: `${name}/files`, line: 1, problem, remedy });
  }
  return { files: start.files, stepFiles, here: here.files, mistakes };
}

async function readPictures(folder: string): Promise<Map<string, Uint8Array>> {
  const names = (await readdir(folder)).filter((name) => pictureTypes.test(name)).sort();
  return new Map(await Promise.all(names.map(async (name) => [name, await readFile(join(folder, name))] as const)));
}

/** Names of the folders in `folder`, sorted; hidden ones are not the lessons' business. */
async function listFolders(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(orNothing);
  return (entries ?? [])
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith("."))
    .map((entry) => entry.name)
    .sort();
}

async function readText(path: string): Promise<string | undefined> {
  return await readFile(path, "utf8").catch(orNothing);
}

function orNothing(error: unknown): undefined {
  if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
  throw error;
}
