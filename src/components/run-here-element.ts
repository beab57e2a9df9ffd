import type { RunHerePage } from "../sandbox/run-here/place-run-here.tsx";
import { runHereWords } from "../words/run-here.ts";

/** The place of an app that can run in the tab. What fills it is loaded with the page, what runs the app only when it is asked for. */
class RunHereElement extends HTMLElement {
  #placed: Promise<AsyncDisposable | undefined> | undefined;

  connectedCallback() {
    // The page's own data, made by the same build.
    const page = JSON.parse(this.dataset.page ?? "{}") as RunHerePage;
    this.#placed = import("../sandbox/run-here/place-run-here.tsx").then(
      ({ placeRunHere }) => (this.isConnected ? placeRunHere(this, page) : undefined),
      () => {
        this.textContent = runHereWords.notLoaded;
        return undefined;
      },
    );
  }

  disconnectedCallback() {
    void this.#placed?.then((placed) => placed?.[Symbol.asyncDispose]());
  }
}

customElements.define("run-here", RunHereElement);
