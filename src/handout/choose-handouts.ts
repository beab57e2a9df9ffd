import type { LoadedCourse, LoadedLesson } from "../lessons/load-courses.ts";
import { HandoutError } from "./handout-error.ts";

/** The handouts of one course that are wanted. */
export interface ChosenCourse {
  readonly course: LoadedCourse;
  /** In reading order. */
  readonly lessons: readonly LoadedLesson[];
  /** All of the course in one handout is wanted too. */
  readonly isWhole: boolean;
}

/**
 * A name is a course's, a lesson's id or the last part of it. Without names, everything is chosen. Throws a `HandoutError` for
 * names that nothing has, with those that there are.
 */
export function chooseHandouts(courses: readonly LoadedCourse[], names: readonly string[]): readonly ChosenCourse[] {
  const unknown = names.filter((name) => !courses.some((course) => isPartOf(course, name)));
  if (unknown.length > 0) {
    throw new HandoutError("unknown-name", `There is no lesson or course called ${unknown.join(" or ")}.`, {
      hint: `There are:\n${listNames(courses)}`,
    });
  }
  return courses
    .map((course) => {
      const isWhole = names.length === 0 || names.includes(course.id);
      const lessons = lessonsOf(course).filter((lesson) => isWhole || names.some((name) => isNamed(lesson, name)));
      return { course, lessons, isWhole };
    })
    .filter(({ lessons }) => lessons.length > 0);
}

/** All names, each course above its lessons, with their titles. */
export function listNames(courses: readonly LoadedCourse[]): string {
  return courses
    .flatMap((course) => [
      `  ${course.id}  ${course.title}`,
      ...lessonsOf(course).map(({ lesson }) => `    ${lesson.id}  ${lesson.title}`),
    ])
    .join("\n");
}

export function lessonsOf({ groups }: LoadedCourse): readonly LoadedLesson[] {
  return groups.flatMap(({ lessons }) => lessons);
}

function isPartOf(course: LoadedCourse, name: string): boolean {
  return course.id === name || lessonsOf(course).some((lesson) => isNamed(lesson, name));
}

function isNamed({ lesson: { id } }: LoadedLesson, name: string): boolean {
  return id === name || id.slice(id.indexOf("/") + 1) === name;
}
