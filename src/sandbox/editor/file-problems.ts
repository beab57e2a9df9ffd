import { computed, signal, type ReadonlySignal } from "@preact/signals";
import type { Clock } from "../../checks/clock.ts";
import type { Problem } from "./problem.ts";

export interface FileProblemsOptions {
  readonly clock: Clock;
  readonly find: (path: string, text: string) => Promise<readonly Problem[]>;
  /** Shows them in the text. */
  readonly mark: (path: string, problems: readonly Problem[]) => void;
}

/** What is wrong in the files that are open, looked for a moment after the last key. */
export class FileProblems implements Disposable {
  readonly #options: FileProblemsOptions;
  readonly #found = signal<ReadonlyMap<string, readonly Problem[]>>(new Map());
  readonly #waiting = new Map<string, { readonly text: string; readonly timer: Disposable }>();

  constructor(options: FileProblemsOptions) {
    this.#options = options;
  }

  /** Of a file, from its top. */
  of(path: string): ReadonlySignal<readonly Problem[]> {
    return computed(() => this.#found.value.get(path) ?? []);
  }

  /** Looks at a text that is new, or at what has been typed. */
  look(path: string, text: string): void {
    this.#waiting.get(path)?.timer[Symbol.dispose]();
    const timer = this.#options.clock.after(pauseMs, () => void this.#find(path, text));
    this.#waiting.set(path, { text, timer });
  }

  forget(path: string): void {
    this.#waiting.get(path)?.timer[Symbol.dispose]();
    this.#waiting.delete(path);
    const left = new Map(this.#found.peek());
    if (left.delete(path)) this.#found.value = left;
  }

  [Symbol.dispose](): void {
    for (const { timer } of this.#waiting.values()) timer[Symbol.dispose]();
    this.#waiting.clear();
  }

  async #find(path: string, text: string): Promise<void> {
    // What cannot be loaded or read finds nothing: the file can be written all the same.
    const problems = await this.#options.find(path, text).catch(() => []);
    if (this.#waiting.get(path)?.text !== text) return;
    this.#found.value = new Map(this.#found.peek()).set(path, problems);
    this.#options.mark(path, problems);
  }
}

const pauseMs = 350;
