import { z } from "zod";
import { terminalLimit } from "./code-block.ts";
import type { LessonMistake } from "./lesson-error.ts";
import { readYaml } from "./yaml-text.ts";

const sentence = z.string().trim().min(1);

const machineSchema = z.strictObject({
  /** How many terminals the lesson uses. */
  terminals: z.int().min(1).max(terminalLimit).default(1),
  /** Images that must be in the engine from the start. */
  images: z.array(z.string().regex(/^[a-z0-9][a-z0-9._/-]*:\w[\w.-]*$/)).default([]),
  /** What the machine's image must be able to do. */
  features: z.array(z.enum(["buildkit", "compose", "swarm"])).default([]),
});

/** What an author writes between the `---` lines of `lesson.mdx`. */
export const frontMatterSchema = z.strictObject({
  title: sentence.max(80),
  /** One or two sentences, shown on the course page. */
  summary: sentence.max(240),
  /** How long a reader takes. */
  minutes: z.int().min(1).max(60),
  level: z.enum(["beginner", "intermediate", "advanced"]),
  /** What the reader can do afterwards, each as the end of "You can …". */
  objectives: z.array(sentence).min(1),
  /** What the reader should know before, in words. */
  prerequisites: z.array(sentence).default([]),
  /** What the machine must offer. */
  machine: machineSchema.default({ terminals: 1, images: [], features: [] }),
  /** The name of an earlier lesson of the course, from whose end this one goes on. */
  startsFrom: sentence.optional(),
});

export type FrontMatter = z.infer<typeof frontMatterSchema>;

export interface ReadFrontMatter {
  readonly value: FrontMatter | undefined;
  lineOf(path: readonly PropertyKey[]): number;
  readonly mistakes: readonly LessonMistake[];
}

/** Reads what is between the `---` lines at the top of a lesson. */
export function readFrontMatter(source: string, file: string): ReadFrontMatter {
  const found = /^---[ \t]*\r?\n([^]*?\n)?---[ \t]*(?:\r?\n|$)/.exec(source);
  if (!found) {
    const problem = "The lesson has no front matter.";
    const remedy = "Begin the file with ---, title: and the rest, and ---.";
    return { value: undefined, lineOf: () => 1, mistakes: [{ file, line: 1, problem, remedy }] };
  }
  return readYaml(found[1] ?? "", frontMatterSchema, {
    file,
    offset: 1,
    name: "The front matter",
    examples: frontMatterExamples,
  });
}

/** What an author may write for each entry, by its path. */
export const frontMatterExamples: Readonly<Record<string, string>> = {
  title: "title: Build and run your first image",
  summary: "summary: and one or two sentences for the course page, up to 240 characters",
  minutes: "minutes: 15, or another whole number up to 60",
  level: "level: beginner, intermediate or advanced",
  objectives: "objectives: and a list, each entry the end of “You can …”",
  prerequisites: "prerequisites: and a list of what to know before, or leave it out",
  machine: "machine: and below it terminals, images or features, or leave it out",
  "machine.terminals": `terminals: and a number from 1 to ${terminalLimit}`,
  "machine.images": "images: and a list of images with their tags, such as [busybox:latest]",
  "machine.features": "features: and a list of buildkit, compose and swarm",
  startsFrom: "startsFrom: and the folder name of an earlier lesson, without its number",
};
