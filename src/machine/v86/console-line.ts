import type { Console } from "../contract.ts";
import type { FromConsole, ToConsole } from "./console-port.ts";

/** One of the learner's consoles. It outlives resets: `attach` joins it to the console of a new machine, in the size it had. */
export interface ConsoleLine extends Console {
  attach(port: MessagePort): void;
  detach(): void;
}

export function createConsoleLine(): ConsoleLine {
  const listeners = new Set<(bytes: Uint8Array) => void>();
  let early: Uint8Array[] = [];
  let earlyBytes = 0;
  let heard = false;
  let port: MessagePort | undefined;
  let size: readonly [columns: number, rows: number] = DEFAULT_SIZE;

  const post = (message: ToConsole) => {
    port?.postMessage(message);
  };
  const keepEarly = (bytes: Uint8Array) => {
    early.push(bytes);
    earlyBytes += bytes.length;
    while (early[0] && earlyBytes - early[0].length >= EARLY_BYTES) earlyBytes -= early.shift()?.length ?? 0;
  };

  return {
    onOutput(listener) {
      listeners.add(listener);
      if (!heard) {
        heard = true;
        for (const bytes of early) listener(bytes);
        early = [];
        earlyBytes = 0;
      }
      return { [Symbol.dispose]: () => void listeners.delete(listener) };
    },
    write(bytes) {
      post(["data", bytes]);
    },
    resize(columns, rows) {
      if (!isCells(columns) || !isCells(rows))
        throw new RangeError("a console has between 1 and 9999 columns and rows");
      size = [columns, rows];
      post(["resize", columns, rows]);
    },
    attach(newPort) {
      port = newPort;
      port.onmessage = ({ data: [, bytes] }: MessageEvent<FromConsole>) => {
        if (!heard) keepEarly(bytes);
        for (const listener of listeners) listener(bytes);
        newPort.postMessage(["credit", bytes.length] satisfies ToConsole);
      };
      post(["resize", ...size]);
    },
    detach() {
      if (port) port.onmessage = null;
      port = undefined;
    },
  };
}

/** What a program assumes that cannot ask. */
const DEFAULT_SIZE = [80, 24] as const;
const EARLY_BYTES = 64 * 1024;

function isCells(count: number): boolean {
  return Number.isInteger(count) && count >= 1 && count <= 9999;
}
