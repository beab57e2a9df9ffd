import type { Progress } from "../lessons/progress.ts";
import { loadProgress, onProgress } from "./progress-store.ts";

/** An element that shows something of the reader's progress, as long as it is on the page. */
export abstract class ProgressElement extends HTMLElement {
  #listening: Disposable | undefined;

  connectedCallback(): void {
    this.show(loadProgress());
    this.#listening = onProgress((progress) => this.show(progress));
  }

  disconnectedCallback(): void {
    this.#listening?.[Symbol.dispose]();
  }

  protected abstract show(progress: Progress): void;
}
