import { signal, type ReadonlySignal } from "@preact/signals";

export interface Command {
  readonly command: string;
  /** Counted from 0. */
  readonly terminal: number;
  /** Ctrl+C is pressed before. */
  readonly interrupt?: boolean;
}

/** A file that is to be written from the page. */
export interface FileWrite {
  /** Below `/workspace`. */
  readonly path: string;
  readonly content: string;
  /** It is there now, as it should be. */
  readonly onWritten?: () => void;
}

export type PageWork = Command | FileWrite;

/** What was asked for on the page: done at once when the machine is ready, else kept in order until it is. */
export class CommandQueue {
  readonly #waiting = signal<readonly PageWork[]>([]);
  #carryOut: ((work: PageWork) => void) | undefined;

  get waiting(): ReadonlySignal<readonly PageWork[]> {
    return this.#waiting;
  }

  run(work: PageWork): void {
    if (this.#carryOut !== undefined) this.#carryOut(work);
    else this.#waiting.value = [...this.#waiting.value, work];
  }

  /** Opens the way to the machine, or closes it with `undefined`. */
  connect(carryOut: ((work: PageWork) => void) | undefined): void {
    this.#carryOut = carryOut;
    if (carryOut === undefined) return;
    const waiting = this.#waiting.value;
    this.#waiting.value = [];
    for (const work of waiting) carryOut(work);
  }

  clear(): void {
    this.#waiting.value = [];
  }
}

/** In one line, for the list of what waits. */
export function describeWork(work: PageWork): string {
  return "command" in work ? work.command : `Write ${work.path}`;
}
