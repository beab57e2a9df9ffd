import type { Options } from "minisearch";

/** What the index of lessons holds of each place that can be found. */
export interface FoundPlace {
  readonly id: number;
  /** Of the lesson, or the glossary's word for itself. */
  readonly title: string;
  /** Of the step or the part; empty for a lesson as a whole. */
  readonly heading: string;
  readonly text: string;
  /** Below the base that the site is served from. */
  readonly path: string;
}

/** The same when the index is made and when it is read, or it could not be read. */
export const searchOptions: Options<FoundPlace> = {
  fields: ["title", "heading", "text"],
  storeFields: ["title", "heading", "text", "path"],
  searchOptions: {
    boost: { title: 2.5, heading: 3 },
    prefix: (term) => term.length > 1,
    // One slip: with two, "without" would be a whiteout.
    fuzzy: (term) => (term.length > 4 ? 1 : false),
    combineWith: "AND",
  },
};
