import type { Console } from "../../src/machine/contract.ts";

/** In character cells. */
export interface TerminalSize {
  readonly columns: number;
  readonly rows: number;
}

/**
 * A console of which somebody hears all that it prints, before those that listen to it do. It keeps the size that it is given here. As with
 * the console itself, what it has printed so far comes with the first of those that listen.
 */
export function tapConsole(console: Console, size: TerminalSize, onOutput: (bytes: Uint8Array) => void): Console {
  const listeners = new Set<(bytes: Uint8Array) => void>();
  let isHeard = false;
  console.resize(size.columns, size.rows);
  return {
    onOutput(listener) {
      listeners.add(listener);
      if (!isHeard) {
        isHeard = true;
        // It ends with the machine.
        console.onOutput((bytes) => {
          onOutput(bytes);
          for (const each of listeners) each(bytes);
        });
      }
      return { [Symbol.dispose]: () => void listeners.delete(listener) };
    },
    write: (bytes) => console.write(bytes),
    resize: () => undefined,
  };
}
