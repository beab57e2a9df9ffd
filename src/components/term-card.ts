/** Opens the definition of a term beside it, in place of going to the glossary. Dismissed by Escape or by a click elsewhere. */
class TermCard extends HTMLElement {
  #stop = new AbortController();
  #card: HTMLElement | undefined;

  connectedCallback() {
    this.#stop = new AbortController();
    const { signal } = this.#stop;
    const term = this.#term;
    if (!term || !("popover" in HTMLElement.prototype)) return;
    term.role = "button";
    term.ariaExpanded = "false";
    term.addEventListener("click", this.#onClick, { signal });
    term.addEventListener("keydown", this.#onKey, { signal });
  }

  disconnectedCallback() {
    this.#stop.abort();
    this.#card?.remove();
    this.#card = undefined;
  }

  get #term() {
    return this.querySelector<HTMLAnchorElement>(":scope > a");
  }

  readonly #onClick = (event: MouseEvent) => {
    // With these the reader asks for the glossary in a tab or window of its own.
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    const card = (this.#card ??= this.#create());
    card.togglePopover();
    if (card.matches(":popover-open")) this.#place(card);
  };

  /** A link answers to Enter; what is called a button answers to Space too. */
  readonly #onKey = (event: KeyboardEvent) => {
    if (event.key !== " ") return;
    event.preventDefault();
    this.#term?.click();
  };

  #create(): HTMLElement {
    const card = document.createElement("span");
    card.popover = "auto";
    card.className = "term-card";
    card.id = `term-card-${++count}`;
    card.append(this.querySelector("template")?.content.cloneNode(true) ?? "");
    // Comes with the change; "toggle" comes a moment later.
    card.addEventListener("beforetoggle", ({ newState }) => {
      if (this.#term) this.#term.ariaExpanded = String(newState === "open");
    });
    this.append(card);
    this.#term?.setAttribute("aria-controls", card.id);
    return card;
  }

  /** Below the term where there is room, else above it. It scrolls with the text. */
  #place(card: HTMLElement) {
    const lines = [...(this.#term?.getClientRects() ?? [])];
    const [first, last] = [lines[0], lines.at(-1)];
    if (!first || !last) return;
    const { width, height } = card.getBoundingClientRect();
    const left = Math.max(margin, Math.min(last.left, document.documentElement.clientWidth - width - margin));
    const fitsBelow = last.bottom + gap + height <= innerHeight || first.top - gap - height < 0;
    const top = fitsBelow ? last.bottom + gap : first.top - gap - height;
    card.style.left = `${left + scrollX}px`;
    card.style.top = `${top + scrollY}px`;
  }
}

/** In CSS pixels: from the term, and from the edges of the window. */
const gap = 6;
const margin = 12;

let count = 0;

customElements.define("term-card", TermCard);
