import MiniSearch from "minisearch";
import * as z from "zod/mini";
import { link } from "../link.ts";
import { versionedLink } from "../versioned-link.ts";
import { excerpt, type ExcerptPart } from "./excerpt.ts";
import { searchOptions, type FoundPlace } from "./search-shape.ts";

export interface SearchResult {
  readonly title: string;
  readonly heading: string;
  readonly href: string;
  readonly excerpt: readonly ExcerptPart[];
}

export interface LessonSearch {
  /** Best first. */
  search(query: string, limit: number): { readonly results: readonly SearchResult[]; readonly all: number };
}

let loading: Promise<LessonSearch> | undefined;

/** Loads the index once; when that fails, the next call tries again. */
export function loadLessonSearch(): Promise<LessonSearch> {
  loading ??= load().catch((error: unknown) => {
    loading = undefined;
    throw error;
  });
  return loading;
}

export async function readLessonSearch(text: string): Promise<LessonSearch> {
  const index = await MiniSearch.loadJSONAsync<FoundPlace>(text, searchOptions);
  return {
    search(query, limit) {
      const found = index.search(query);
      const results = found.slice(0, limit).map((result) => {
        const { title, heading, text: whole, path } = placeSchema.parse(result);
        return { title, heading, href: link(path), excerpt: excerpt(whole, Object.keys(result.match)) };
      });
      return { results, all: found.length };
    },
  };
}

const placeSchema = z.object({ title: z.string(), heading: z.string(), text: z.string(), path: z.string() });

async function load(): Promise<LessonSearch> {
  const response = await fetch(versionedLink("search-index.json"), { signal: AbortSignal.timeout(patienceMs) });
  if (!response.ok) throw new Error(`${response.status} for the index of lessons`);
  return readLessonSearch(await response.text());
}

const patienceMs = 60_000;
