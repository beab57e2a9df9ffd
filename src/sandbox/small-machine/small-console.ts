import type { SmallConsole } from "../../checks/terminal-log.ts";
import type { Console } from "../../machine/contract.ts";

/** The small machine's console as the page has it: the same one for every small machine that is started. */
export class PageSmallConsole implements SmallConsole, Console {
  readonly #output = new Set<(bytes: Uint8Array) => void>();
  readonly #input = new Set<(bytes: Uint8Array) => void>();
  #machine: ((bytes: Uint8Array) => void) | undefined;
  /** In character cells; a machine is started with what it is then. */
  size = { columns: 80, rows: 24 };

  onOutput(listener: (bytes: Uint8Array) => void): Disposable {
    this.#output.add(listener);
    return { [Symbol.dispose]: () => void this.#output.delete(listener) };
  }

  onInput(listener: (bytes: Uint8Array) => void): Disposable {
    this.#input.add(listener);
    return { [Symbol.dispose]: () => void this.#input.delete(listener) };
  }

  write(bytes: Uint8Array): void {
    if (this.#machine === undefined) return;
    for (const listener of this.#input) listener(bytes);
    this.#machine(bytes);
  }

  resize(columns: number, rows: number): void {
    this.size = { columns, rows };
  }

  /** Something that a machine has written. */
  take(bytes: Uint8Array): void {
    for (const listener of this.#output) listener(bytes);
  }

  /** What is written goes to this machine; `undefined` is none. */
  connect(machine: ((bytes: Uint8Array) => void) | undefined): void {
    this.#machine = machine;
  }
}
