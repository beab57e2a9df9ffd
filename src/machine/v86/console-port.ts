import type { VirtioPort } from "./virtio-port.ts";

/**
 * What passes over the MessagePort of a console or of the control channel. To the page: `["data", bytes]`, collected for at most 16 ms.
 * To the worker: `["data", bytes]`, `["resize", columns, rows]`, and `["credit", count]` for output that was handed to its reader.
 */
export type ToConsole =
  readonly ["data", Uint8Array] | readonly ["resize", number, number] | readonly ["credit", number];
export type FromConsole = readonly ["data", Uint8Array<ArrayBuffer>];

/**
 * Joins a console of the guest to `port`. A virtio console cannot be made to wait without spinning the guest's kernel, so when the page
 * falls `HIGH_BYTES` behind, `setHeld(true)` asks for the whole machine to stand still until it has caught up.
 */
export function serveConsole(console: VirtioPort, port: MessagePort, setHeld: (held: boolean) => void): Disposable {
  let pending: Uint8Array[] = [];
  let pendingBytes = 0;
  let unread = 0;
  let held = false;
  let lastFlush = -Infinity;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const flush = () => {
    timer = undefined;
    lastFlush = performance.now();
    const bytes = new Uint8Array(pendingBytes);
    let at = 0;
    for (const chunk of pending) {
      bytes.set(chunk, at);
      at += chunk.length;
    }
    pending = [];
    pendingBytes = 0;
    port.postMessage(["data", bytes] satisfies FromConsole, [bytes.buffer]);
  };
  const hold = (value: boolean) => {
    if (held === value) return;
    held = value;
    setHeld(value);
  };
  const output = console.onOutput((bytes) => {
    if (bytes.length === 0) return;
    pending.push(bytes.slice());
    pendingBytes += bytes.length;
    unread += bytes.length;
    if (unread > HIGH_BYTES) hold(true);
    // The first bytes after a pause go out as soon as the guest's time slice ends, so that typing echoes at once.
    timer ??= setTimeout(flush, Math.max(0, BATCH_MS - (performance.now() - lastFlush)));
  });
  port.onmessage = (event: MessageEvent<ToConsole>) => {
    const [kind, first, second] = event.data;
    if (kind === "data") console.write(first);
    else if (kind === "resize") console.resize(first, second);
    else {
      unread -= first;
      if (unread < LOW_BYTES) hold(false);
    }
  };
  return {
    [Symbol.dispose]() {
      clearTimeout(timer);
      output[Symbol.dispose]();
      port.close();
    },
  };
}

const BATCH_MS = 16;
const HIGH_BYTES = 512 * 1024;
const LOW_BYTES = 128 * 1024;
