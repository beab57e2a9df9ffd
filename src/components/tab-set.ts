/** Shows one of its panels. The tabs and which panel is open at first are in the page already, so nothing moves. */
class TabSet extends HTMLElement {
  #stop = new AbortController();

  connectedCallback() {
    this.#stop = new AbortController();
    const { signal } = this.#stop;
    for (const tab of this.#tabs()) tab.addEventListener("click", () => this.#open(tab), { signal });
    this.querySelector("[role=tablist]")?.addEventListener("keydown", this.#onKey, { signal });
  }

  disconnectedCallback() {
    this.#stop.abort();
  }

  readonly #onKey = (event: Event) => {
    if (!(event instanceof KeyboardEvent) || event.ctrlKey || event.altKey || event.metaKey) return;
    const tabs = this.#tabs();
    const current = tabs.findIndex((tab) => tab.ariaSelected === "true");
    const next = { ArrowRight: current + 1, ArrowLeft: current - 1, Home: 0, End: -1 }[event.key];
    const tab = next === undefined ? undefined : tabs.at(next % tabs.length);
    if (!tab) return;
    event.preventDefault();
    this.#open(tab);
    tab.focus();
  };

  #open(chosen: HTMLElement) {
    for (const tab of this.#tabs()) {
      const isChosen = tab === chosen;
      tab.ariaSelected = String(isChosen);
      tab.tabIndex = isChosen ? 0 : -1;
      document.getElementById(tab.getAttribute("aria-controls") ?? "")?.toggleAttribute("data-open", isChosen);
    }
  }

  /** Its own, and not those of tabs within its panels. */
  #tabs(): HTMLElement[] {
    return [...this.querySelectorAll<HTMLElement>(":scope > [role=tablist] > [role=tab]")];
  }
}

customElements.define("tab-set", TabSet);
