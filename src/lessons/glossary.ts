import { z } from "zod";
import type { LessonMistake } from "./lesson-error.ts";
import { readYaml } from "./yaml-text.ts";

const words = z.string().trim().min(1);

/** What an author writes in `glossary.yaml`. */
export const glossarySchema = z
  .array(
    z.strictObject({
      term: words.max(60),
      /** Other forms of the term, such as its plural or a short form. */
      aka: z.array(words).default([]),
      /** One to three sentences, in Markdown without blocks. */
      definition: words.max(600),
      /** Other terms of the glossary. */
      see: z.array(words).default([]),
      /** Where more can be read. */
      link: z
        .string()
        .refine((text) => URL.canParse(text) && text.startsWith("https://"), "is no address that starts with https://")
        .optional(),
    }),
  )
  .min(1);

export type Glossary = z.infer<typeof glossarySchema>;
export type GlossaryEntry = Glossary[number];

/** The entry whose term, or another form of it, is `name`, in small or capital letters. */
export function findTerm(glossary: Glossary, name: string): GlossaryEntry | undefined {
  const wanted = normalize(name);
  return glossary.find(({ term, aka }) => [term, ...aka].some((form) => normalize(form) === wanted));
}

/** Reads `glossary.yaml`. With mistakes, what could be read is empty. */
export function readGlossary(
  text: string,
  file: string,
): { readonly glossary: Glossary; readonly mistakes: readonly LessonMistake[] } {
  const { value, lineOf, mistakes } = readYaml(text, glossarySchema, {
    file,
    offset: 0,
    name: "glossary.yaml",
    examples: glossaryExamples,
  });
  if (!value) return { glossary: [], mistakes };
  const found: LessonMistake[] = [];
  const forms = new Map<string, string>();
  for (const [index, { term, aka, see }] of value.entries()) {
    for (const form of new Set([term, ...aka].map(normalize))) {
      const other = forms.get(form);
      forms.set(form, term);
      if (other === undefined) continue;
      const problem = `"${form}" stands for both "${other}" and "${term}".`;
      found.push({ file, line: lineOf([index]), problem, remedy: "Keep it in one entry." });
    }
    for (const [place, name] of see.entries()) {
      if (findTerm(value, name)) continue;
      const problem = `"${term}" says to see "${name}", which is not in the glossary.`;
      found.push({
        file,
        line: lineOf([index, "see", place]),
        problem,
        remedy: "Add that term, or take the name out.",
      });
    }
  }
  return { glossary: value, mistakes: found };
}

/** What an author may write for each entry, by its path. */
export const glossaryExamples: Readonly<Record<string, string>> = {
  "": "Write a list, each entry with a term and its definition.",
  term: "term: layer",
  aka: "aka: and a list of other forms, such as [layers], or leave it out",
  definition: "definition: and one to three sentences, up to 600 characters",
  see: "see: and a list of other terms of the glossary, or leave it out",
  link: "link: https://docs.docker.com/, or leave it out",
};

function normalize(name: string): string {
  return name.trim().toLowerCase().replace(/\s+/g, " ");
}
