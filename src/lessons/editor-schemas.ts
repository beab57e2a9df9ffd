import { z } from "zod";
import { courseExamples, courseSchema } from "./course.ts";
import { curriculumExamples, curriculumSchema } from "./curriculum.ts";
import { frontMatterExamples, frontMatterSchema } from "./front-matter.ts";
import { glossaryExamples, glossarySchema } from "./glossary.ts";

/**
 * JSON Schemas by which an editor checks as an author types, by file name. They are kept in `content/.schemas`. YAML files
 * name theirs in their first line; `src/server/lesson-editors.ts` gives lessons theirs.
 */
export function createEditorSchemas(): Readonly<Record<string, object>> {
  return {
    "course.json": describe(courseSchema, courseExamples),
    "curriculum.json": describe(curriculumSchema, curriculumExamples),
    "front-matter.json": describe(frontMatterSchema, frontMatterExamples),
    "glossary.json": describe(glossarySchema, glossaryExamples),
  };
}

type JsonSchema = z.core.JSONSchema.BaseSchema;

function describe(schema: z.ZodType, examples: Readonly<Record<string, string>>): object {
  return addExamples(z.toJSONSchema(schema, { target: "draft-7", io: "input" }), [], examples);
}

/** With a description of each entry; `path` is without the lists on the way. */
function addExamples(
  schema: JsonSchema,
  path: readonly string[],
  examples: Readonly<Record<string, string>>,
): JsonSchema {
  const { properties = {}, items } = schema;
  const inner = Object.entries(properties).map(([name, property]) => {
    const place = [...path, name];
    const example = examples[place.join(".")];
    const described = addExamples(property as JsonSchema, place, examples);
    return [name, example === undefined ? described : { ...described, description: `Write ${example}.` }] as const;
  });
  return {
    ...schema,
    ...(inner.length > 0 && { properties: Object.fromEntries(inner) }),
    ...(typeof items === "object" && { items: addExamples(items as JsonSchema, path, examples) }),
  };
}
