import { z } from "zod";
import { namePattern } from "./attributes.ts";
import type { LessonMistake } from "./lesson-error.ts";
import { readYaml } from "./yaml-text.ts";

const words = z.string().trim().min(1).max(300);
const id = z.string().regex(namePattern);

/** What an author writes in `curriculum.yaml`: what the courses must teach, as rows of deeds. */
export const curriculumSchema = z
  .array(
    z.strictObject({
      id,
      /** In Markdown without blocks, as the deeds are. */
      topic: words,
      /** Each goes on from "the reader". */
      deeds: z.array(z.strictObject({ id, deed: words })).min(1),
    }),
  )
  .min(1);

export type Curriculum = z.infer<typeof curriculumSchema>;

/** How a step names a deed: `row.deed`. */
export function deedName(row: { readonly id: string }, deed: { readonly id: string }): string {
  return `${row.id}.${deed.id}`;
}

/** What is wrong with a deed that a step names; undefined for one of the curriculum. */
export function faultOfDeed(
  name: string,
  curriculum: Curriculum,
): { readonly problem: string; readonly remedy: string } | undefined {
  const [rowId = ""] = name.split(".", 1);
  const row = curriculum.find(({ id }) => id === rowId);
  if (row?.deeds.some((deed) => deedName(row, deed) === name)) return undefined;
  const problem = `content/curriculum.yaml has no deed "${name}".`;
  if (row) {
    const there = row.deeds.map((deed) => deedName(row, deed));
    return { problem, remedy: `Its row "${row.id}" has ${there.join(", ")}.` };
  }
  const remedy =
    curriculum.length > 0
      ? `Write row.deed; its rows are ${curriculum.map(({ id }) => id).join(", ")}.`
      : "Write that file, or leave covers out.";
  return { problem, remedy };
}

/** Reads `curriculum.yaml`. With mistakes, what could be read is empty. */
export function readCurriculum(
  text: string,
  file: string,
): { readonly curriculum: Curriculum; readonly mistakes: readonly LessonMistake[] } {
  const { value, lineOf, mistakes } = readYaml(text, curriculumSchema, {
    file,
    offset: 0,
    name: "curriculum.yaml",
    examples: curriculumExamples,
  });
  if (!value) return { curriculum: [], mistakes };
  const found: LessonMistake[] = [];
  const reportTwice = (
    names: readonly string[],
    what: string,
    path: (index: number) => readonly PropertyKey[],
  ): void => {
    for (const [index, name] of names.entries()) {
      if (names.indexOf(name) === index) continue;
      const remedy = "Give each an id of its own, or keep one of them.";
      found.push({ file, line: lineOf(path(index)), problem: `Two ${what} have the id "${name}".`, remedy });
    }
  };
  reportTwice(
    value.map(({ id }) => id),
    "rows",
    (index) => [index, "id"],
  );
  for (const [row, { id, deeds }] of value.entries()) {
    reportTwice(
      deeds.map((deed) => deed.id),
      `deeds of the row "${id}"`,
      (index) => [row, "deeds", index, "id"],
    );
  }
  return { curriculum: value, mistakes: found };
}

/** What an author may write for each entry, by its path. */
export const curriculumExamples: Readonly<Record<string, string>> = {
  "": "Write a list, each entry with an id, a topic and its deeds.",
  id: "id: images (small letters, digits and dashes)",
  topic: "topic: and what the row is about, up to 300 characters",
  deeds: "deeds: and a list, each entry with an id and a deed",
  "deeds.id": "id: whiteout (small letters, digits and dashes)",
  "deeds.deed": "deed: and what the reader does, up to 300 characters",
};
