import { z } from "zod";

const sentence = z.string().trim().min(1, "is empty");

/** What an author writes between the `---` lines of `lesson.mdx`. */
export const frontMatterSchema = z.strictObject({
  title: sentence.max(80, "is longer than 80 characters"),
  /** One or two sentences, shown on the course page. */
  summary: sentence.max(240, "is longer than 240 characters"),
  /** How long a reader takes. */
  minutes: z.int().min(1).max(60),
  level: z.enum(["beginner", "intermediate", "advanced"]),
  /** What the reader can do afterwards, each as the end of "You can …". */
  objectives: z.array(sentence).min(1, "needs at least one entry"),
  /** What the reader should know before, in words. */
  prerequisites: z.array(sentence).default([]),
});

export type FrontMatter = z.infer<typeof frontMatterSchema>;

/** What an author writes in `course.yaml`: the order of the lessons is that of the list. */
export const courseSchema = z.strictObject({
  title: sentence,
  summary: sentence,
  /** Lessons in reading order, by folder name without its number, in groups with a heading. */
  groups: z.array(z.strictObject({ title: sentence, lessons: z.array(sentence).min(1) })).min(1),
});

export type Course = z.infer<typeof courseSchema>;
