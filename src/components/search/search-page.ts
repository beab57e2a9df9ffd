import { searchWords as words } from "../../words/search.ts";
import type { SearchResult } from "./lesson-search.ts";

/** The search as a page: the words are in the address, so that it can be linked to, and are followed while they are typed. */
class LessonSearchPage extends HTMLElement {
  #stop = new AbortController();
  #turn = 0;

  connectedCallback() {
    this.#stop = new AbortController();
    const { signal } = this.#stop;
    const field = this.#field;
    field.value = new URLSearchParams(location.search).get("q") ?? "";
    field.addEventListener("input", () => void this.#search(field.value), { signal });
    this.querySelector("form")?.addEventListener(
      "submit",
      (event) => {
        event.preventDefault();
        void this.#search(field.value);
      },
      { signal },
    );
    if (field.value !== "") void this.#search(field.value);
    else field.focus();
  }

  disconnectedCallback() {
    this.#stop.abort();
  }

  get #field(): HTMLInputElement {
    const field = this.querySelector("input");
    if (field === null) throw new Error("no <input> in <search-page>");
    return field;
  }

  async #search(text: string): Promise<void> {
    const turn = ++this.#turn;
    const query = text.trim();
    const address = new URL(location.href);
    if (query === "") address.searchParams.delete("q");
    else address.searchParams.set("q", query);
    history.replaceState(history.state, "", address);
    if (query === "") {
      this.#show("", []);
      return;
    }
    this.#say(words.loading);
    try {
      const { loadLessonSearch } = await import("./lesson-search.ts");
      const lessons = await loadLessonSearch();
      if (turn !== this.#turn) return;
      const { results, all } = lessons.search(query, mostShown);
      const said =
        all === 0 ? words.none(query) : all > mostShown ? words.first(mostShown, all, query) : words.found(all, query);
      this.#show(said, results);
    } catch {
      if (turn === this.#turn) this.#show(words.failed, []);
    }
  }

  #say(status: string): void {
    const place = this.querySelector("[data-status]");
    if (place !== null) place.textContent = status;
  }

  #show(status: string, results: readonly SearchResult[]): void {
    this.#say(status);
    this.querySelector("[data-results]")?.replaceChildren(...results.map(showResult));
  }
}

const mostShown = 30;

function showResult({ title, heading, href, excerpt }: SearchResult): HTMLLIElement {
  const item = document.createElement("li");
  const anchor = document.createElement("a");
  anchor.href = href;
  anchor.textContent = heading || title;
  const place = document.createElement("p");
  place.className = "search-place";
  place.textContent = heading === "" ? "" : title;
  const passage = document.createElement("p");
  passage.className = "excerpt";
  passage.append(
    ...excerpt.map(({ text, isMatch }) => {
      if (!isMatch) return text;
      const mark = document.createElement("mark");
      mark.textContent = text;
      return mark;
    }),
  );
  item.append(anchor, place, passage);
  return item;
}

customElements.define("lesson-search", LessonSearchPage);
