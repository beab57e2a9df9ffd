import { z } from "zod";
import type { LessonMistake } from "./lesson-error.ts";
import { readYaml } from "./yaml-text.ts";

const sentence = z.string().trim().min(1);

/** What an author writes in `course.yaml`: the order of the lessons is that of the list. */
export const courseSchema = z.strictObject({
  title: sentence.max(80),
  /** One or two sentences. */
  summary: sentence,
  /** Whom it is for. Courses for authors come after those for learners, and nobody is sent to them unasked. */
  for: z.enum(["learners", "authors"]).default("learners"),
  /** Its place among the courses, which come in ascending order; those without a place come last, by their folder's name. */
  place: z.int().min(1).max(999).optional(),
  /** Lessons in reading order, by folder name without its number, in groups with a heading. */
  groups: z.array(z.strictObject({ title: sentence, lessons: z.array(sentence).min(1) })).min(1),
});

export type Course = z.infer<typeof courseSchema>;

/**
 * Reads `course.yaml`, which must name each lesson of `folders` (their names without the number) once. Where it does not, the
 * course is what is left of it, with the forgotten lessons in a group of their own.
 */
export function readCourse(
  text: string,
  file: string,
  folders: readonly string[],
): { readonly course: Course | undefined; readonly mistakes: readonly LessonMistake[] } {
  const { value, lineOf, mistakes } = readYaml(text, courseSchema, {
    file,
    offset: 0,
    name: "course.yaml",
    examples: courseExamples,
  });
  if (!value) return { course: undefined, mistakes };
  const found: LessonMistake[] = [];
  const report = (path: readonly PropertyKey[], problem: string, remedy: string): void => {
    found.push({ file, line: lineOf(path), problem, remedy });
  };
  const left = new Set(folders);
  /** The lesson that is meant, unless there is none or it was named before. */
  const take = (written: string, path: readonly PropertyKey[]): string[] => {
    const name = folders.includes(written) ? written : written.replace(/^\d+-/, "");
    const isThere = folders.includes(name);
    if (isThere && !left.delete(name)) {
      report(path, `course.yaml names the lesson "${name}" twice.`, "Keep it in one place.");
      return [];
    }
    if (written !== name || !isThere) {
      report(path, `course.yaml names the lesson "${written}", which is not there.`, remedyFor(written, name, isThere));
    }
    return isThere ? [name] : [];
  };
  const groups = value.groups.map(({ title, lessons }, group) => ({
    title,
    lessons: lessons.flatMap((name, index) => take(name, ["groups", group, "lessons", index])),
  }));
  for (const name of left) {
    report(["groups"], `course.yaml leaves out the lesson "${name}".`, `Add "- ${name}" to the lessons of a group.`);
  }
  if (left.size > 0) groups.push({ title: "In no group", lessons: [...left] });
  return { course: { ...value, groups }, mistakes: found };
}

/** `name` is what was written, without its number. */
function remedyFor(written: string, name: string, isThere: boolean): string {
  if (isThere) return `Write it without its number: ${name}.`;
  const [folder, besides] = written === name ? [`such as 01-${name}`, ""] : [written, ` and write ${name}`];
  return `Make a folder ${folder} with a lesson.mdx beside course.yaml${besides}, or take the name out.`;
}

/** What an author may write for each entry, by its path. */
export const courseExamples: Readonly<Record<string, string>> = {
  title: "title: Containers, from the first one on",
  summary: "summary: and one or two sentences",
  for: "for: authors, or leave it out",
  place: "place: 1 (a whole number up to 999), or leave it out",
  groups: "groups: and a list, each entry with a title and lessons",
  "groups.title": "title: First steps",
  "groups.lessons": "lessons: and a list of folder names without their numbers",
};
