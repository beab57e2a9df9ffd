import type { Connection } from "../../machine/contract.ts";
import { connectionLost, EngineError } from "../error.ts";
import { type Framing, framingOf, readerOf } from "./body.ts";
import { createByteSource } from "./byte-source.ts";
import { readHead, type ResponseHead } from "./head.ts";
import { encodeHead, type HttpRequest, sendBody } from "./request.ts";

export interface HttpResponse {
  readonly status: number;
  readonly reason: string;
  readonly headers: Headers;
  /** Errors with an `EngineError`; cancelling it drops the connection. Empty when the connection was upgraded. */
  readonly body: ReadableStream<Uint8Array<ArrayBuffer>>;
  /** The fields after a chunked body, once `body` has been read to its end. */
  trailers(): Headers;
  /** Present when the request asked for an upgrade and got it: the raw connection after the head. */
  readonly upgraded?: UpgradedStream;
}

/** Raw bytes in both directions. Closing `writable` tells the other side that no more input comes; all is over when `readable` ends. */
export interface UpgradedStream {
  readonly readable: ReadableStream<Uint8Array<ArrayBuffer>>;
  readonly writable: WritableStream<Uint8Array>;
  abort(reason?: unknown): void;
}

export interface ExchangeOptions {
  /** Drops the connection, also while the body is read. Its reason is what everything pending rejects with. */
  signal: AbortSignal;
  /** Called once, when the connection is no longer used. */
  onReleased: () => void;
}

/**
 * One request and its response over a connection of its own (RFC 9112), which this function then owns: it is closed when the
 * body ends, and dropped when the body is cancelled, the signal aborts or anything fails.
 */
export async function exchange(
  connection: Connection,
  request: HttpRequest,
  { signal, onReleased }: ExchangeOptions,
): Promise<HttpResponse> {
  const source = createByteSource(connection.readable);
  const writer = connection.writable.getWriter();
  writer.closed.catch(() => undefined);
  connection.closed.catch(() => undefined);

  let released = false;
  const release = () => {
    if (released) return false;
    released = true;
    signal.removeEventListener("abort", onAbort);
    onReleased();
    return true;
  };
  const drop = (reason: unknown) => {
    if (release()) connection.abort(reason);
  };
  const finish = () => {
    if (!release()) return;
    writer.close().catch(() => undefined);
    source.cancel();
    const timer = setTimeout(() => {
      connection.abort();
    }, LINGER_MS);
    const settle = () => {
      clearTimeout(timer);
    };
    connection.closed.then(settle, settle);
  };
  const onAbort = () => {
    drop(signal.reason);
  };
  /** What a failed read or write means to the caller. */
  const translate = (error: unknown): unknown => {
    if (signal.aborted) return signal.reason;
    return error instanceof EngineError ? error : connectionLost(error);
  };

  signal.addEventListener("abort", onAbort, { once: true });
  try {
    signal.throwIfAborted();
    const { head, framing } = await sendAndReadHead();
    const { status, reason, headers } = head;
    const trailers = { fields: new Headers() };
    const result = { status, reason, headers, trailers: () => trailers.fields };
    if (isUpgraded(request, head, framing)) {
      const next = readerOf({ kind: "until-close" }, source, () => undefined);
      const readable = bodyStream(next, finish);
      return { ...result, body: emptyStream(), upgraded: { readable, writable: upgradedWriter(), abort: drop } };
    }
    const next = readerOf(framing, source, (fields) => (trailers.fields = fields));
    if (framing.kind === "none") {
      finish();
      return { ...result, body: emptyStream() };
    }
    return { ...result, body: bodyStream(next, finish) };
  } catch (error) {
    const translated = translate(error);
    drop(translated);
    throw translated;
  }

  /** The request's body goes out while the head is awaited: a server may refuse an upload before it has all of it. */
  async function sendAndReadHead(): Promise<{ head: ResponseHead; framing: Framing }> {
    const sent = { failure: undefined as unknown };
    const headBytes = encodeHead(request);
    const sending = (async () => {
      await writer.write(headBytes);
      await sendBody(writer, request.body);
    })();
    sending.catch((error: unknown) => {
      sent.failure = error;
      // The peer may have closed on us after it answered, but the request's own body failing leaves nothing to wait for.
      if (error instanceof EngineError) drop(error);
    });
    try {
      for (let interim = 0; interim <= MAX_INTERIM; interim++) {
        const head = await readHead(source);
        if (head.status >= 200 || head.status === 101) return { head, framing: framingOf(request.method, head) };
      }
    } catch (error) {
      if (sent.failure instanceof EngineError) throw sent.failure;
      throw error;
    }
    throw connectionLost();
  }

  function bodyStream(
    next: () => Promise<Uint8Array<ArrayBuffer> | undefined>,
    onEnd: () => void,
  ): ReadableStream<Uint8Array<ArrayBuffer>> {
    return new ReadableStream<Uint8Array<ArrayBuffer>>(
      {
        async pull(controller) {
          try {
            signal.throwIfAborted();
            const bytes = await next();
            if (bytes) {
              controller.enqueue(bytes);
            } else {
              onEnd();
              controller.close();
            }
          } catch (error) {
            const translated = translate(error);
            drop(translated);
            throw translated;
          }
        },
        cancel(reason) {
          drop(reason);
        },
      },
      { highWaterMark: 0 },
    );
  }

  function upgradedWriter(): WritableStream<Uint8Array> {
    return new WritableStream<Uint8Array>({
      async write(bytes) {
        try {
          await writer.write(bytes);
        } catch (error) {
          throw translate(error);
        }
      },
      async close() {
        await writer.close();
      },
      abort(reason) {
        drop(reason);
      },
    });
  }
}

/** How long the peer may take to close its side after the answer is complete. */
const LINGER_MS = 5000;
const MAX_INTERIM = 8;

/** Docker answers a hijack with 101, or with 200 and an unframed body where a proxy took the upgrade away. */
function isUpgraded(request: HttpRequest, head: ResponseHead, framing: Framing): boolean {
  if (request.upgrade === undefined) return false;
  return head.status === 101 || (head.status === 200 && framing.kind === "until-close");
}

function emptyStream(): ReadableStream<Uint8Array<ArrayBuffer>> {
  return new ReadableStream<Uint8Array<ArrayBuffer>>({
    start(controller) {
      controller.close();
    },
  });
}
