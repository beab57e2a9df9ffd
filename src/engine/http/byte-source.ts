import { connectionLost, malformedAnswer } from "../error.ts";

/** The bytes of a connection, read by line or by count; what is read too far is kept for the next reader. */
export interface ByteSource {
  /** The next bytes, at least 1 and at most `max`; `undefined` when the peer has ended the stream. */
  some(max: number): Promise<Uint8Array<ArrayBuffer> | undefined>;
  /**
   * One line without its end (CRLF, or the bare LF that RFC 9112 section 2.2 lets a recipient accept), a character a byte. Rejects
   * with `malformed-answer` beyond `limit` bytes and with `connection-lost` where the stream ends within it.
   */
  line(limit: number): Promise<string>;
  /** Nothing more is wanted. */
  cancel(): void;
}

export function createByteSource(readable: ReadableStream<Uint8Array<ArrayBuffer>>): ByteSource {
  const reader = readable.getReader();
  let held: Uint8Array<ArrayBuffer> = NOTHING;

  const fill = async (): Promise<boolean> => {
    while (held.length === 0) {
      const { done, value } = await reader.read();
      if (done) return false;
      held = value;
    }
    return true;
  };
  const take = (count: number): Uint8Array<ArrayBuffer> => {
    const taken = held.subarray(0, count);
    held = held.subarray(taken.length);
    return taken;
  };

  return {
    async some(max) {
      return (await fill()) ? take(max) : undefined;
    },
    async line(limit) {
      let line = "";
      for (;;) {
        if (!(await fill())) throw connectionLost();
        const end = held.indexOf(LINE_FEED);
        const part = take(end === -1 ? held.length : end + 1);
        if (line.length + part.length > limit + LINE_END_BYTES) {
          throw malformedAnswer(`The answer has a line longer than ${String(limit)} bytes.`);
        }
        line += latin1(part);
        if (end !== -1) return line.replace(/\r?\n$/, "");
      }
    },
    cancel() {
      held = NOTHING;
      reader.cancel().catch(() => undefined);
    },
  };
}

const NOTHING = new Uint8Array(0);
const LINE_FEED = 0x0a;
const LINE_END_BYTES = 2;

/** A character a byte: TextDecoder's "latin1" is windows-1252 and would not give the bytes back. */
function latin1(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}
