import { defineCollection } from "astro:content";
import { glob } from "astro/loaders";
import { courseSchema, frontMatterSchema } from "./lessons/front-matter.ts";

const courses = defineCollection({
  loader: glob({
    base: "content",
    pattern: "*/course.yaml",
    generateId: ({ entry }) => entry.split("/", 1)[0] ?? entry,
  }),
  schema: courseSchema,
});

/** Ids are `<course>/<lesson>`, without the number that keeps the folders in order. */
const lessons = defineCollection({
  loader: glob({
    base: "content",
    pattern: "*/*/lesson.mdx",
    generateId: ({ entry }) => entry.replace(/\/\d+-/, "/").replace(/\/lesson\.mdx$/, ""),
  }),
  schema: frontMatterSchema,
});

export const collections = { courses, lessons };
