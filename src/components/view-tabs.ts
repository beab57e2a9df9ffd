import { chooseLayout, readLayout } from "./page-view.ts";

/**
 * On a narrow window: shows the text, the sandbox, or both. A command that is run brings the sandbox up, a step that is gone to the text.
 * On a wide one, what brings the sandbox up ends the layout that hides it.
 */
class ViewTabs extends HTMLElement {
  #stop = new AbortController();

  connectedCallback() {
    this.#stop = new AbortController();
    const { signal } = this.#stop;
    for (const button of this.querySelectorAll("button")) {
      button.addEventListener("click", () => this.#show(button.dataset.view ?? "lesson"), { signal });
    }
    document.addEventListener("click", this.#onRun, { signal, capture: true });
    document.addEventListener("drydock:show-text", this.#onShowText, { signal });
    document.addEventListener("drydock:show-sandbox", this.#onShowSandbox, { signal });
  }

  disconnectedCallback() {
    this.#stop.abort();
  }

  readonly #onRun = ({ target }: Event) => {
    const asksForSandbox = target instanceof Element && target.closest('[data-run], [data-write], a[href^="#panel="]');
    if (asksForSandbox) this.#onShowSandbox();
  };

  readonly #onShowSandbox = () => {
    if ((document.documentElement.dataset.view ?? "lesson") === "lesson") this.#show("both");
    // A narrow window has no layouts.
    if (readLayout() === "read" && getComputedStyle(this).display === "none") chooseLayout("work");
  };

  readonly #onShowText = () => {
    if (document.documentElement.dataset.view === "sandbox") this.#show("both");
  };

  #show(view: string) {
    document.documentElement.dataset.view = view;
    for (const button of this.querySelectorAll("button")) {
      button.setAttribute("aria-pressed", String(button.dataset.view === view));
    }
  }
}

customElements.define("view-tabs", ViewTabs);
