import { signal, type ReadonlySignal } from "@preact/signals";

export interface Command {
  readonly command: string;
  /** Counted from 0. */
  readonly terminal: number;
}

/** Commands that were run from the page: typed at once when the machine is ready, else kept in order until it is. */
export class CommandQueue {
  readonly #waiting = signal<readonly Command[]>([]);
  #type: ((command: Command) => void) | undefined;

  get waiting(): ReadonlySignal<readonly Command[]> {
    return this.#waiting;
  }

  run(command: Command): void {
    if (this.#type !== undefined) this.#type(command);
    else this.#waiting.value = [...this.#waiting.value, command];
  }

  /** Opens the way to the terminals, or closes it with `undefined`. */
  connect(type: ((command: Command) => void) | undefined): void {
    this.#type = type;
    if (type === undefined) return;
    const waiting = this.#waiting.value;
    this.#waiting.value = [];
    for (const command of waiting) type(command);
  }

  clear(): void {
    this.#waiting.value = [];
  }
}
