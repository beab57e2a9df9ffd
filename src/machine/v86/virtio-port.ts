import type { V86Instance } from "./v86-internals.ts";

/** One port of the guest's virtio console, as raw bytes. */
export interface VirtioPort extends Disposable {
  onOutput(listener: (bytes: Uint8Array) => void): Disposable;
  /** Queues bytes for the guest; nothing is lost while the guest is busy. */
  write(bytes: Uint8Array): void;
  /** Resolves when the guest has taken all that was written. */
  drained(): Promise<void>;
  resize(columns: number, rows: number): void;
}

/** v86 drops input and sizes for which the guest's driver has no buffer ready, so they wait here and are offered again. */
export function createVirtioPort(v86: V86Instance, index: number): VirtioPort {
  const inputQueue = index === 0 ? 0 : index * 2 + 2;
  const backlog: Uint8Array[] = [];
  let size: readonly [number, number] | undefined;
  let waiting: (() => void)[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;

  const accepts = (queue: number) => {
    const found = v86.v86?.cpu.devices.virtio_console.virtio.queues[queue];
    return found !== undefined && found.is_configured() && found.has_request();
  };
  const flush = () => {
    timer = undefined;
    if (size && accepts(CONTROL_QUEUE)) {
      v86.bus.send(`virtio-console${String(index)}-resize`, size);
      size = undefined;
    }
    while (backlog[0] && accepts(inputQueue)) {
      const [first] = backlog;
      v86.bus.send(`virtio-console${String(index)}-input-bytes`, first.subarray(0, GUEST_BUFFER_BYTES));
      if (first.length > GUEST_BUFFER_BYTES) backlog[0] = first.subarray(GUEST_BUFFER_BYTES);
      else backlog.shift();
    }
    if (backlog.length === 0) {
      for (const resolve of waiting) resolve();
      waiting = [];
    }
    // The guest's driver does not tell v86's bus when it offers new buffers.
    if (size || backlog.length > 0) timer = setTimeout(flush, RETRY_MS);
  };
  const flushNow = () => {
    clearTimeout(timer);
    flush();
  };

  return {
    onOutput(listener) {
      const event = `virtio-console${String(index)}-output-bytes`;
      v86.add_listener(event, listener);
      return {
        [Symbol.dispose]: () => {
          v86.remove_listener(event, listener);
        },
      };
    },
    write(bytes) {
      if (bytes.length === 0) return;
      backlog.push(bytes.slice());
      if (timer === undefined) flushNow();
    },
    drained() {
      if (backlog.length === 0) return Promise.resolve();
      return new Promise((resolve) => waiting.push(resolve));
    },
    resize(columns, rows) {
      // v86 sends rows before columns, as kernels once expected; since "virtio_console: fix order of fields cols and rows" Linux reads them
      // in the standard's order. Debian's 6.1 has that fix.
      size = [rows, columns];
      flushNow();
    },
    [Symbol.dispose]() {
      clearTimeout(timer);
      backlog.length = 0;
      size = undefined;
      for (const resolve of waiting) resolve();
    },
  };
}

/** Linux offers input buffers of one page. */
const GUEST_BUFFER_BYTES = 4096;
const CONTROL_QUEUE = 2;
const RETRY_MS = 4;
