import { connectionLost, malformedAnswer } from "../../error.ts";
import type { Field } from "./header-table.ts";

/** The answer to one request, as it comes. To be read by one reader. */
export interface Http2Stream {
  /** The fields of the answer's head. Rejects when there is none. */
  head(): Promise<readonly Field[]>;
  /** The next bytes of its body; `undefined` after the last. */
  read(): Promise<Uint8Array<ArrayBuffer> | undefined>;
  /** The fields after the body, once `read` has given `undefined`; none where the head was all there is. */
  trailers(): readonly Field[] | undefined;
  /** Nothing more of it is wanted. Does nothing once it has ended. */
  cancel(reason?: unknown): void;
}

/** The side of a stream that the connection feeds. */
export interface StreamInlet {
  readonly stream: Http2Stream;
  /** Bytes that the peer lets us send. */
  sendWindow: number;
  onHeaders(fields: readonly Field[], isEnd: boolean): void;
  /** `framed` is what it counts in the window, padding included. */
  onData(bytes: Uint8Array<ArrayBuffer>, framed: number, isEnd: boolean): void;
  /** Ends it, whatever is still to be read. */
  fail(error: unknown): void;
}

export interface StreamHandlers {
  /** The reader has room for this many bytes more. */
  onRead(bytes: number): void;
  onCancel(): void;
  /** Called once, when nothing more comes. */
  onEnd(): void;
}

/** How much may lie unread. */
export const STREAM_WINDOW_BYTES = 262_144;

export function createStream(sendWindow: number, { onRead, onCancel, onEnd }: StreamHandlers): StreamInlet {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let head: readonly Field[] | undefined;
  let trailers: readonly Field[] | undefined;
  let failure: { readonly error: unknown } | undefined;
  let isEnded = false;
  /** What the peer has used of the window, and what of it was read since it was last told so. */
  let used = 0;
  let read = 0;
  let changed = Promise.withResolvers<void>();

  const wake = () => {
    changed.resolve();
    changed = Promise.withResolvers<void>();
  };
  const end = () => {
    if (isEnded) return;
    isEnded = true;
    onEnd();
  };
  const fail = (error: unknown) => {
    if (isEnded) return;
    failure = { error };
    chunks.length = 0;
    end();
    wake();
  };
  const giveBack = (bytes: number) => {
    read += bytes;
    if (isEnded || read < STREAM_WINDOW_BYTES / 2) return;
    used -= read;
    onRead(read);
    read = 0;
  };

  return {
    sendWindow,
    fail,
    onHeaders(fields, isEnd) {
      // Interim answers (RFC 9113 section 8.1) say nothing that is wanted.
      const isInterim = head === undefined && fieldOf(fields, ":status")?.startsWith("1") === true;
      if (!isInterim) {
        if (head === undefined) head = fields;
        else trailers = fields;
      }
      if (isEnd) end();
      wake();
    },
    onData(bytes, framed, isEnd) {
      used += framed;
      if (head === undefined) throw malformedAnswer("The answer's body comes before its head.");
      if (used > STREAM_WINDOW_BYTES) throw malformedAnswer("The other side sends more than it was let.");
      if (bytes.length > 0) chunks.push(bytes);
      if (framed > bytes.length) giveBack(framed - bytes.length);
      if (isEnd) end();
      wake();
    },
    stream: {
      async head() {
        for (;;) {
          if (failure !== undefined) throw failure.error;
          if (head !== undefined) return head;
          if (isEnded) throw connectionLost();
          await changed.promise;
        }
      },
      async read() {
        for (;;) {
          if (failure !== undefined) throw failure.error;
          const bytes = chunks.shift();
          if (bytes !== undefined) {
            giveBack(bytes.length);
            return bytes;
          }
          if (isEnded) return undefined;
          await changed.promise;
        }
      },
      trailers: () => trailers,
      cancel(reason) {
        if (isEnded) return;
        onCancel();
        fail(reason ?? connectionLost());
      },
    },
  };
}

export function fieldOf(fields: readonly Field[], name: string): string | undefined {
  return fields.find(([each]) => each === name)?.[1];
}
