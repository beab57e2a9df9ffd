import { join } from "node:path";
import { validateCheck, validateChecks } from "../../src/checks/schema.ts";
import { loadCourses } from "../../src/lessons/load-courses.ts";
import type { Lesson } from "../../src/lessons/model.ts";
import { root } from "../../src/server/build-site.ts";

/** The environment variable that names the lessons to prove, with commas between them; empty for all. */
export const namesVariable = "DRYDOCK_LESSONS";
/** The environment variable that has lessons proven again which were proven before. */
export const againVariable = "DRYDOCK_PROVE_AGAIN";

/** All lessons of all courses, in reading order. Throws a `LessonError` with every mistake in them. */
export async function loadLessons(contentFolder = join(root, "content")): Promise<Lesson[]> {
  const courses = await loadCourses(contentFolder, { validateCheck, validateChecks });
  return courses.flatMap(({ groups }) => groups.flatMap(({ lessons }) => lessons.map(({ lesson }) => lesson)));
}

/** A lesson is named by its id, `containers/first-image`, its last part alone, or its course. Throws for an unknown name. */
export function chooseLessons<Named extends Pick<Lesson, "id">>(
  lessons: readonly Named[],
  names: readonly string[],
): Named[] {
  const unknown = names.filter((name) => !lessons.some((lesson) => isNamed(lesson, name)));
  if (unknown.length > 0) {
    const known = lessons.map(({ id }) => `  ${id}`).join("\n");
    throw new UnknownLesson(`There is no lesson or course called ${unknown.join(" or ")}. There are:\n${known}`);
  }
  return names.length === 0 ? [...lessons] : lessons.filter((lesson) => names.some((name) => isNamed(lesson, name)));
}

export class UnknownLesson extends Error {
  override readonly name = "UnknownLesson";
  readonly code = "unknown-lesson";
  readonly hint = "Name a lesson by its id, by the part of it after the slash, or all of a course by its folder.";
}

function isNamed({ id }: Pick<Lesson, "id">, name: string): boolean {
  return id === name || id.split("/").includes(name);
}
