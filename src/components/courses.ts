import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import type { MDXInstance } from "astro";
import { validateCheck, validateChecks } from "../checks/schema.ts";
import { LessonError, type LessonMistake } from "../lessons/lesson-error.ts";
import { examineContent, type ExaminedContent, type LoadedCourse, type LoadedLesson } from "../lessons/load-courses.ts";
import { coverageOf, type CoveredRow } from "../lessons/coverage.ts";
import { readMachineImage } from "./machine-image.ts";

/** A course with its lessons in reading order. */
export type CoursePages = LoadedCourse;

/** A lesson with its front matter. Under `astro dev` it may have mistakes; then it must not be rendered. */
export type LessonPage = LoadedLesson;

/**
 * All courses, each lesson read and validated. Throws a `LessonError` with all mistakes of all files, but not under `astro dev`:
 * there the pages show them.
 */
export async function loadCourses(): Promise<readonly CoursePages[]> {
  return (await readContent()).courses;
}

/** Which steps of the courses for learners cover each deed of the curriculum. */
export async function loadCoverage(): Promise<readonly CoveredRow[]> {
  const { courses, curriculum } = await readContent();
  const groups = courses.filter((course) => course.for === "learners").flatMap((course) => course.groups);
  return coverageOf(
    curriculum,
    groups.flatMap(({ lessons }) => lessons.map(({ lesson }) => lesson)),
  );
}

/** Under `astro dev`: what is wrong with the courses, the glossary and the curriculum, beyond single lessons. */
export async function loadSharedMistakes(): Promise<ExaminedContent["shared"]> {
  return (await readContent()).shared;
}

/** What renders the words of a lesson. */
export async function loadLessonContent({ file }: LessonPage): Promise<MDXInstance<object>["Content"]> {
  const load = lessonModules[`/${file}`];
  if (!load) throw new Error(`${file} is no module of the site.`);
  return (await load()).Content;
}

const lessonModules = import.meta.glob<MDXInstance<object>>("/content/*/*/lesson.mdx");

const folder = join(process.cwd(), "content");

let latest: { readonly version: string; readonly content: Promise<ExaminedContent> } | undefined;

async function readContent(): Promise<ExaminedContent> {
  const version = import.meta.env.DEV ? await readVersion() : "";
  if (latest?.version !== version) latest = { version, content: examine() };
  const content = await latest.content;
  if (!import.meta.env.DEV) {
    const mistakes = [...content.mistakes, ...staleRecordings(content)];
    if (mistakes.length > 0) throw new LessonError(mistakes);
  }
  return content;
}

/** Readers are shown none; whoever is writing on the lesson need not record it each time. */
function staleRecordings({ courses }: ExaminedContent): LessonMistake[] {
  const lessons = courses.flatMap(({ groups }) => groups.flatMap((group) => group.lessons));
  return lessons.flatMap(({ recording }) => recording?.stale ?? []);
}

async function examine(): Promise<ExaminedContent> {
  const image = await readMachineImage();
  return examineContent(folder, { validateCheck, validateChecks, machineImages: image?.containerImages });
}

/** Another text whenever a file of the content has changed. */
async function readVersion(): Promise<string> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.map(({ parentPath, name }) => join(parentPath, name)).sort();
  const times = await Promise.all(paths.map(async (path) => (await stat(path)).mtimeMs));
  return JSON.stringify([paths, times]);
}
