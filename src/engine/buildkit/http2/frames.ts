import { connectionLost, malformedAnswer } from "../../error.ts";

/** One frame (RFC 9113 section 4.1). */
export interface Frame {
  readonly type: number;
  readonly flags: number;
  /** 0 is the connection itself. */
  readonly stream: number;
  readonly payload: Uint8Array<ArrayBuffer>;
}

/** RFC 9113 section 6. A frame of any other type is passed over. */
export const frameTypes = {
  data: 0,
  headers: 1,
  resetStream: 3,
  settings: 4,
  pushPromise: 5,
  ping: 6,
  goAway: 7,
  windowUpdate: 8,
  continuation: 9,
} as const;

export const flags = { endStream: 1, ack: 1, endHeaders: 4, padded: 8, priority: 32 } as const;

/** Identifiers of settings (RFC 9113 section 6.5.2). */
export const settings = {
  enablePush: 2,
  maxConcurrentStreams: 3,
  initialWindowSize: 4,
  maxFrameSize: 5,
  maxHeaderListSize: 6,
} as const;

/** Reasons for an end (RFC 9113 section 7). */
export const errorCodes = { none: 0, protocol: 1, flowControl: 3, cancel: 8 } as const;

/** What a client sends first (RFC 9113 section 3.4). */
export const preface = new TextEncoder().encode("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");

/** The standard's least, which we never ask the other side to exceed. */
export const MAX_FRAME_BYTES = 16_384;
const HEAD_BYTES = 9;

export function encodeFrame({ type, flags: set, stream, payload }: Frame): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(HEAD_BYTES + payload.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, payload.length * 256 + type);
  view.setUint8(4, set);
  view.setUint32(5, stream);
  bytes.set(payload, HEAD_BYTES);
  return bytes;
}

export function encodeNumbers(...numbers: readonly number[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(numbers.length * 4);
  const view = new DataView(bytes.buffer);
  for (const [n, value] of numbers.entries()) view.setUint32(n * 4, value);
  return bytes;
}

export function encodeSettings(values: readonly (readonly [id: number, value: number])[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(values.length * 6);
  const view = new DataView(bytes.buffer);
  for (const [n, [id, value]] of values.entries()) {
    view.setUint16(n * 6, id);
    view.setUint32(n * 6 + 2, value);
  }
  return bytes;
}

export function readSettings(payload: Uint8Array): [id: number, value: number][] {
  if (payload.length % 6 !== 0) throw malformedAnswer("The settings of the connection are cut off.");
  const view = viewOf(payload);
  return Array.from({ length: payload.length / 6 }, (_, n) => [view.getUint16(n * 6), view.getUint32(n * 6 + 2)]);
}

/** The number at the beginning of a payload. */
export function readNumber(payload: Uint8Array, offset = 0): number {
  if (payload.length < offset + 4) throw malformedAnswer("A frame of the answer is cut off.");
  return viewOf(payload).getUint32(offset);
}

/** What a DATA or HEADERS frame carries, without its padding and priority (RFC 9113 sections 6.1 and 6.2). */
export function contentOf({ type, flags: set, payload }: Frame): Uint8Array<ArrayBuffer> {
  let start = 0;
  let end = payload.length;
  if (set & flags.padded) {
    start = 1;
    end -= payload[0] ?? 0;
  }
  if (type === frameTypes.headers && set & flags.priority) start += 5;
  if (start > end) throw malformedAnswer("A frame of the answer has more padding than content.");
  return payload.subarray(start, end);
}

/** The frames of a connection, until its peer ends it. Rejects with `malformed-answer` what is longer than was agreed. */
export async function* readFrames(readable: ReadableStream<Uint8Array<ArrayBuffer>>): AsyncGenerator<Frame, void> {
  const reader = readable.getReader();
  let held = new Uint8Array(0);
  const fill = async (bytes: number): Promise<boolean> => {
    while (held.length < bytes) {
      const { done, value } = await reader.read();
      if (done) return false;
      if (held.length === 0) {
        held = value;
        continue;
      }
      const joined = new Uint8Array(held.length + value.length);
      joined.set(held);
      joined.set(value, held.length);
      held = joined;
    }
    return true;
  };
  while (await fill(HEAD_BYTES)) {
    const view = viewOf(held);
    const length = view.getUint32(0) >>> 8;
    if (length > MAX_FRAME_BYTES) throw malformedAnswer(`The answer has a frame longer than ${MAX_FRAME_BYTES} bytes.`);
    const head = { type: view.getUint8(3), flags: view.getUint8(4), stream: view.getUint32(5) & 0x7fff_ffff };
    if (!(await fill(HEAD_BYTES + length))) break;
    const payload = held.slice(HEAD_BYTES, HEAD_BYTES + length);
    held = held.subarray(HEAD_BYTES + length);
    yield { ...head, payload };
  }
  if (held.length > 0) throw connectionLost();
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
