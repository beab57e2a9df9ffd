import { computed, signal } from "@preact/signals";
import MiniSearch from "minisearch";
import { paletteWords as words } from "../../words/palette.ts";
import type { Act } from "../acts/act.ts";
import type { LessonSearch, SearchResult } from "../search/lesson-search.ts";

/** One line of the palette. */
export interface PaletteEntry {
  readonly key: string;
  readonly title: string;
  /** Beside a place in a lesson. */
  readonly result?: SearchResult;
  /** Of an act, for its shortcut. */
  readonly act?: string;
  readonly run: () => void;
}

export interface PaletteGroup {
  readonly section: keyof typeof words.sections;
  readonly entries: readonly PaletteEntry[];
}

export interface PaletteDeskOptions {
  readonly acts: readonly Act[];
  readonly loadSearch: () => Promise<LessonSearch>;
  readonly go: (href: string) => void;
}

/** What is typed in the palette, and what it leads to: acts by their words, and places in all lessons. */
export class PaletteDesk {
  readonly query = signal("");
  readonly problem = signal<string | undefined>(undefined);
  readonly #search = signal<LessonSearch | undefined>(undefined);
  readonly #chosen = signal(0);
  readonly #options: PaletteDeskOptions;
  readonly #acts: MiniSearch<{ id: number; title: string; words: string }>;
  #isLoading = false;

  constructor(options: PaletteDeskOptions) {
    this.#options = options;
    this.#acts = new MiniSearch({
      fields: ["title", "words"],
      searchOptions: {
        boost: { title: 2 },
        prefix: true,
        fuzzy: (term) => (term.length > 3 ? 0.25 : false),
        combineWith: "AND",
      },
    });
    this.#acts.addAll(options.acts.map(({ title, words: more = "" }, id) => ({ id, title, words: more })));
  }

  readonly groups = computed<readonly PaletteGroup[]>(() => {
    const query = this.query.value.trim();
    const { acts } = this.#options;
    if (query === "") {
      const all = inSections(acts.filter(({ id }) => id !== "palette" && id !== "search"));
      return all.sort((a, b) => sectionOrder.indexOf(a.section) - sectionOrder.indexOf(b.section));
    }
    const scored = this.#acts.search(query).slice(0, mostActs);
    const found = scored.flatMap(({ id }) => acts[Number(id)] ?? []);
    const passages = query.length < 2 ? [] : (this.#search.value?.search(query, mostPassages).results ?? []);
    const entries = passages.map((result, n) => ({
      key: `found:${n}`,
      title: result.heading || result.title,
      result,
      run: () => this.#options.go(result.href),
    }));
    return [...inSections(found), ...(entries.length > 0 ? [{ section: "found" as const, entries }] : [])];
  });

  readonly entries = computed(() => this.groups.value.flatMap(({ entries }) => entries));

  /** Its place in `entries`; −1 where there are none. */
  readonly chosen = computed(() => Math.min(this.#chosen.value, this.entries.value.length - 1));

  readonly isSearching = computed(() => this.query.value.trim().length > 1 && this.#search.value === undefined);

  type(query: string): void {
    this.query.value = query;
    this.#chosen.value = 0;
    if (query.trim().length > 1) void this.#load();
  }

  /** Moves around the ends. */
  move(by: number): void {
    const count = this.entries.peek().length;
    if (count > 0) this.#chosen.value = (this.chosen.peek() + by + count) % count;
  }

  moveTo(place: number): void {
    this.#chosen.value = Math.max(0, place);
  }

  async #load(): Promise<void> {
    if (this.#isLoading || this.#search.peek() !== undefined) return;
    this.#isLoading = true;
    try {
      this.#search.value = await this.#options.loadSearch();
      this.problem.value = undefined;
    } catch {
      this.problem.value = words.searchFailed;
    } finally {
      this.#isLoading = false;
    }
  }
}

const sectionOrder = Object.keys(words.sections);
const mostActs = 8;
const mostPassages = 12;

/** The sections come as their first acts do, so that the best of what was found is at the top. */
function inSections(acts: readonly Act[]): PaletteGroup[] {
  const groups = new Map<Act["section"], PaletteEntry[]>();
  for (const { id, title, section, run } of acts) {
    const entries = groups.get(section) ?? [];
    entries.push({ key: id, title, act: id, run });
    groups.set(section, entries);
  }
  return [...groups].map(([section, entries]) => ({ section, entries }));
}
