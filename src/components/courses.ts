import { readFile } from "node:fs/promises";
import { getCollection, type CollectionEntry } from "astro:content";
import { validateCheck } from "../checks/schema.ts";
import type { Lesson } from "../lessons/model.ts";
import { readLesson } from "../lessons/read-lesson.ts";

/** A course with its lessons in reading order, each read and validated. */
export interface CoursePages {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  readonly groups: readonly { readonly title: string; readonly lessons: readonly LessonPage[] }[];
}

export interface LessonPage {
  readonly lesson: Lesson;
  readonly entry: CollectionEntry<"lessons">;
}

/** All courses. Throws when a course names a lesson that is not there, or leaves one out, and on a malformed lesson. */
export async function loadCourses(): Promise<CoursePages[]> {
  const lessons = new Map((await getCollection("lessons")).map((entry) => [entry.id, entry]));
  const courses: CoursePages[] = [];
  for (const { id, data, filePath = "" } of await getCollection("courses")) {
    const groups: { title: string; lessons: LessonPage[] }[] = [];
    for (const group of data.groups) {
      const pages: LessonPage[] = [];
      for (const name of group.lessons) {
        const entry = lessons.get(`${id}/${name}`);
        if (!entry)
          throw new Error(`${filePath} names the lesson "${name}", but there is no folder NN-${name} beside it.`);
        lessons.delete(entry.id);
        pages.push({ entry, lesson: await loadLesson(entry) });
      }
      groups.push({ title: group.title, lessons: pages });
    }
    courses.push({ id, title: data.title, summary: data.summary, groups });
  }
  for (const { filePath = "" } of lessons.values()) {
    throw new Error(`${filePath} is in no course: add its folder's name, without the number, to course.yaml.`);
  }
  return courses;
}

async function loadLesson({ id, filePath = "" }: CollectionEntry<"lessons">): Promise<Lesson> {
  return readLesson(await readFile(filePath, "utf8"), { id, file: filePath, validateCheck });
}
