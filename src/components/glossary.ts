import { findTerm, readGlossary, type Glossary, type GlossaryEntry } from "../lessons/glossary.ts";
import { LessonError } from "../lessons/lesson-error.ts";
import { renderInline } from "./inline-markdown.ts";
import { link } from "./link.ts";
import type { SearchedTerm } from "./search/index-lessons.ts";

/** A term as it is shown. */
export interface ShownTerm {
  readonly term: string;
  readonly aka: readonly string[];
  /** HTML without blocks. */
  readonly definition: string;
  readonly see: readonly { readonly term: string; readonly href: string }[];
  readonly link: string | undefined;
  /** Of its entry on the glossary's page. */
  readonly id: string;
  readonly href: string;
}

/** All terms, by the alphabet. */
export function loadTerms(): ShownTerm[] {
  const glossary = load();
  return glossary.map((entry) => show(entry, glossary)).sort((a, b) => a.term.localeCompare(b.term, "en"));
}

/** All terms as the search takes them. */
export function loadSearchedTerms(): SearchedTerm[] {
  return load().map(({ term, aka, definition }) => ({ term, aka, definition, path: pathOf(term) }));
}

/** The entry for `name`, which may be another form of its term. Throws a `LessonError` when there is none. */
export function loadTerm(name: string): ShownTerm {
  const glossary = load();
  const entry = findTerm(glossary, name);
  if (entry) return show(entry, glossary);
  const problem = `A lesson uses the term "${name}", which is not in the glossary.`;
  throw new LessonError([{ file, line: 1, problem, remedy: `Add "term: ${name}" and its definition.` }]);
}

const file = "content/glossary.yaml";

// As a module of the site, so that the pages are made anew when it changes.
const sources = import.meta.glob<string>("../../content/glossary.yaml", {
  query: "?raw",
  import: "default",
  eager: true,
});

let loaded: Glossary | undefined;

function load(): Glossary {
  if (loaded) return loaded;
  const [source] = Object.values(sources);
  const { glossary, mistakes } = source === undefined ? { glossary: [], mistakes: [] } : readGlossary(source, file);
  if (mistakes.length > 0) throw new LessonError(mistakes);
  return (loaded = glossary);
}

function show(entry: GlossaryEntry, glossary: Glossary): ShownTerm {
  const { term, aka, definition, see, link } = entry;
  return {
    term,
    aka,
    definition: renderInline(definition),
    see: see.map((name) => {
      const { term } = findTerm(glossary, name) ?? { term: name };
      return { term, href: hrefOf(term) };
    }),
    link,
    id: idOf(term),
    href: hrefOf(term),
  };
}

function idOf(term: string): string {
  return term.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "-");
}

function hrefOf(term: string): string {
  return link(pathOf(term));
}

function pathOf(term: string): string {
  return `glossary/#${idOf(term)}`;
}
