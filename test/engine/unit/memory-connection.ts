import type { Connection } from "../../../src/machine/contract.ts";

/** A connection whose peer is the test: it sees what was sent, and sends pieces of its choosing. */
export interface MemoryConnection {
  readonly connection: Connection;
  /** All that was written so far, a character a byte. */
  sent(): string;
  /** Resolves when what was sent contains `text`. */
  sends(text: string): Promise<void>;
  send(text: string): void;
  /** The peer ends its side. */
  end(): void;
  /** The connection fails, by default as it is reset by the peer. */
  reset(reason?: Error): void;
  isAborted(): boolean;
  /** Our side of the connection was closed. */
  isFinished(): boolean;
}

export function createMemoryConnection(): MemoryConnection {
  let controller: ReadableStreamDefaultController<Uint8Array<ArrayBuffer>> | undefined;
  let written = "";
  let aborted = false;
  let finished = false;
  let onWritten: (() => void) | undefined;
  const closed = Promise.withResolvers<void>();
  closed.promise.catch(() => undefined);
  const readable = new ReadableStream<Uint8Array<ArrayBuffer>>({ start: (created) => void (controller = created) });
  const writable = new WritableStream<Uint8Array>({
    write(bytes) {
      written += Buffer.from(bytes).toString("latin1");
      onWritten?.();
    },
    close() {
      finished = true;
      closed.resolve();
    },
  });
  const fail = (reason: unknown) => {
    controller?.error(reason);
    closed.resolve();
  };
  return {
    connection: {
      readable,
      writable,
      closed: closed.promise,
      abort(reason) {
        aborted = true;
        fail(reason ?? new Error("The connection was dropped."));
      },
      [Symbol.asyncDispose]: () => Promise.resolve(),
    },
    sent: () => written,
    async sends(text) {
      while (!written.includes(text)) await new Promise<void>((resolve) => (onWritten = resolve));
    },
    send: (text) => controller?.enqueue(new Uint8Array(Buffer.from(text, "latin1"))),
    end: () => controller?.close(),
    reset(reason = new Error("reset")) {
      closed.reject(reason);
      fail(reason);
    },
    isAborted: () => aborted,
    isFinished: () => finished,
  };
}
