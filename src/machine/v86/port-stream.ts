import type { Connection } from "../contract.ts";
import { MachineError } from "../error.ts";
import { fromWireError, toWireError, type WireError } from "./wire.ts";

/**
 * A byte stream over one MessagePort, the same at both ends. A message is one of
 *
 * - `["data", bytes]`: at most as many bytes as the receiver has granted and not yet taken back by data;
 * - `["credit", count]`: the reader has consumed `count` bytes, the sender may send as many more (each side starts with `WINDOW_BYTES`);
 * - `["end"]`: no more data from this side;
 * - `["abort", error]`: the stream is broken in both directions.
 *
 * So at most `WINDOW_BYTES` wait on each side for a reader that does not read.
 */
export function createPortStream(port: MessagePort): Connection {
  const closed = Promise.withResolvers<void>();
  closed.promise.catch(() => undefined);
  let credit = WINDOW_BYTES;
  let incoming: Uint8Array<ArrayBuffer>[] = [];
  let ended = false;
  let finished = false;
  let readerCancelled = false;
  let broken: { readonly error: unknown } | undefined;
  let wakeReader: (() => void) | undefined;
  let wakeWriter: (() => void) | undefined;
  let readerController: ReadableStreamDefaultController<Uint8Array<ArrayBuffer>> | undefined;
  let writerController: WritableStreamDefaultController | undefined;

  const post = (message: StreamMessage, transfer: Transferable[] = []) => {
    port.postMessage(message, transfer);
  };
  const closeIfDone = () => {
    if (!ended || !finished || broken) return;
    closed.resolve();
    // What is still unread stays readable; credit for it is no longer of use to anyone.
    port.close();
  };
  const breakWith = (error: unknown) => {
    if (broken || (ended && finished)) return;
    broken = { error };
    incoming = [];
    closed.reject(error);
    if (!ended && !readerCancelled) readerController?.error(error);
    writerController?.error(error);
    wakeReader?.();
    wakeWriter?.();
    port.close();
  };
  const abort = (reason?: unknown) => {
    if (broken || (ended && finished)) return;
    const error = reason ?? new MachineError("cancelled", "The connection was dropped.", { hint: "Open it again." });
    post(["abort", toWireError(error)]);
    breakWith(error);
  };

  port.onmessage = (event: MessageEvent<StreamMessage>) => {
    const [kind, value] = event.data;
    if (kind === "data") {
      if (readerCancelled) post(["credit", value.length]);
      else incoming.push(value);
      wakeReader?.();
    } else if (kind === "credit") {
      credit += value;
      wakeWriter?.();
    } else if (kind === "end") {
      ended = true;
      wakeReader?.();
      closeIfDone();
    } else breakWith(fromWireError(value));
  };

  return {
    closed: closed.promise,
    abort,
    readable: new ReadableStream<Uint8Array<ArrayBuffer>>(
      {
        start(controller) {
          readerController = controller;
        },
        async pull(controller) {
          while (incoming.length === 0 && !ended && !broken)
            await new Promise<void>((resolve) => (wakeReader = resolve));
          const chunk = incoming.shift();
          if (chunk) {
            if (!ended) post(["credit", chunk.length]);
            controller.enqueue(chunk);
          } else if (ended && !broken) controller.close();
        },
        cancel() {
          readerCancelled = true;
          const left = incoming.reduce((sum, chunk) => sum + chunk.length, 0);
          incoming = [];
          if (left > 0 && !ended && !broken) post(["credit", left]);
        },
      },
      { highWaterMark: 0 },
    ),
    writable: new WritableStream<Uint8Array>(
      {
        start(controller) {
          writerController = controller;
          // `abort` below comes only once a write under way has ended, which may be never.
          controller.signal.addEventListener("abort", () => {
            abort(controller.signal.reason);
          });
        },
        async write(chunk) {
          for (let offset = 0; offset < chunk.length;) {
            while (credit <= 0 && !broken) await new Promise<void>((resolve) => (wakeWriter = resolve));
            if (broken) throw broken.error;
            const part = chunk.slice(offset, offset + credit);
            credit -= part.length;
            offset += part.length;
            post(["data", part], [part.buffer]);
          }
        },
        close() {
          if (broken) return;
          finished = true;
          post(["end"]);
          closeIfDone();
        },
        abort,
      },
      { highWaterMark: 1 },
    ),
    async [Symbol.asyncDispose]() {
      abort();
      await Promise.allSettled([closed.promise]);
    },
  };
}

const WINDOW_BYTES = 128 * 1024;

type StreamMessage =
  | readonly ["data", Uint8Array<ArrayBuffer>]
  | readonly ["credit", number]
  | readonly ["end", undefined?]
  | readonly ["abort", WireError];
