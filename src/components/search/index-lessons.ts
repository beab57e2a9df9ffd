import { readFile } from "node:fs/promises";
import { join } from "node:path";
import MiniSearch from "minisearch";
import { readPassages } from "../../lessons/read-passages.ts";
import { searchWords } from "../../words/search.ts";
import type { CoursePages } from "../courses.ts";
import { searchOptions, type FoundPlace } from "./search-shape.ts";

/** A term of the glossary, as it can be searched. */
export interface SearchedTerm {
  readonly term: string;
  readonly aka: readonly string[];
  /** Markdown without blocks. */
  readonly definition: string;
  /** Below the base that the site is served from. */
  readonly path: string;
}

/** The index of all lessons and the glossary, as MiniSearch writes it. Lessons with mistakes are left out. */
export async function indexLessons(courses: readonly CoursePages[], terms: readonly SearchedTerm[]): Promise<string> {
  const index = new MiniSearch<FoundPlace>(searchOptions);
  let id = 0;
  const add = (place: Omit<FoundPlace, "id">) => index.add({ id: id++, ...place });
  for (const { lesson, frontMatter, folder, file, mistakes } of courses.flatMap(({ groups }) =>
    groups.flatMap(({ lessons }) => lessons),
  )) {
    if (mistakes.length > 0) continue;
    const path = `learn/${lesson.id}/`;
    const { title } = lesson;
    add({ title, heading: "", path, text: [frontMatter.summary, ...frontMatter.objectives].join(" ") });
    for (const { step, heading, text } of readPassages(await readFile(join(folder, "lesson.mdx"), "utf8"), file)) {
      const place = step === undefined ? path : `${path}#step-${step}`;
      add({ title, heading: heading || searchWords.beginning, path: place, text });
    }
  }
  for (const { term, aka, definition, path } of terms) {
    add({ title: searchWords.glossary, heading: [term, ...aka].join(", "), text: plain(definition), path });
  }
  return JSON.stringify(index);
}

function plain(markdown: string): string {
  return markdown.replaceAll(/[`*]/g, "").replaceAll(/\[([^\]]*)\]\([^)]*\)/g, "$1");
}
