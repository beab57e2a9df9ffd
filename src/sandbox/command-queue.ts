import { signal, type ReadonlySignal } from "@preact/signals";
import { machineWords } from "../words/machine.ts";

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
  #holds = 0;

  get waiting(): ReadonlySignal<readonly PageWork[]> {
    return this.#waiting;
  }

  run(work: PageWork): void {
    this.#waiting.value = [...this.#waiting.peek(), work];
    this.#flush();
  }

  /** Opens the way to the machine, or closes it with `undefined`. */
  connect(carryOut: ((work: PageWork) => void) | undefined): void {
    this.#carryOut = carryOut;
    this.#flush();
  }

  /** Lets nothing through until disposed, though there is a machine: what it is given now would be lost. */
  hold(): Disposable {
    this.#holds++;
    return {
      [Symbol.dispose]: () => {
        this.#holds--;
        this.#flush();
      },
    };
  }

  #flush(): void {
    if (this.#carryOut === undefined || this.#holds > 0) return;
    const waiting = this.#waiting.peek();
    if (waiting.length === 0) return;
    this.#waiting.value = [];
    for (const work of waiting) this.#carryOut(work);
  }
}

/** In one line, for the list of what waits. */
export function describeWork(work: PageWork): string {
  return "command" in work ? work.command : machineWords.write(work.path);
}
