import * as z from "zod/mini";
import type { ByteSource } from "./byte-source.ts";

export const STATE_PAGE_BYTES = 4096;

/** Whole pages that lie one after the other in a state. */
export interface PageRun {
  /** Where the first begins, counted from the start of the state. */
  readonly offset: number;
  /** As `ByteSource.read` gives them. */
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/**
 * The pages of a v86 state: those of each buffer in it, counted from the buffer's own start, because that is how the guest's memory and what it wrote
 * to the disk lie in it. Buffers move from one state to the next, their pages keep their content.
 *
 * A state (v86's src/state.js, version 6) is a header of four 32-bit words (magic, version, length of the state, length of what follows), a JSON object
 * that says where each buffer is, and the buffers, each at a multiple of 4. Anything else counts as one buffer behind its first 16 bytes.
 */
export function* pageRuns(source: ByteSource): Generator<PageRun> {
  if (source.byteLength < HEADER_BYTES) return;
  let at = 0;
  const read = (length: number) => {
    at += length;
    return source.read(length);
  };
  const buffers = readBuffers(read, source.byteLength);
  for (const { offset, length } of buffers) {
    while (at < offset) read(Math.min(RUN_BYTES, offset - at));
    const end = offset + length - (length % STATE_PAGE_BYTES);
    while (at < end) {
      const start = at;
      yield { offset: start, bytes: read(Math.min(RUN_BYTES, end - start)) };
    }
  }
}

const HEADER_BYTES = 16;
const MAGIC = 0x86768676;
const VERSION = 6;
/** As much as v86 itself takes at a time. */
const RUN_BYTES = 1 << 20;

const info = z.object({
  buffer_infos: z.array(z.object({ offset: z.int().check(z.nonnegative()), length: z.int().check(z.nonnegative()) })),
});

function readBuffers(
  read: (length: number) => Uint8Array<ArrayBuffer>,
  byteLength: number,
): readonly { offset: number; length: number }[] {
  const header = read(HEADER_BYTES);
  const words = new DataView(header.buffer, header.byteOffset, HEADER_BYTES);
  const infoBytes = words.getUint32(12, true);
  if (
    words.getUint32(0, true) !== MAGIC ||
    words.getUint32(4, true) !== VERSION ||
    words.getUint32(8, true) !== byteLength ||
    HEADER_BYTES + infoBytes > byteLength
  )
    return [{ offset: HEADER_BYTES, length: byteLength - HEADER_BYTES }];
  const { buffer_infos: buffers } = z.parse(info, JSON.parse(new TextDecoder().decode(read(infoBytes))));
  const start = (HEADER_BYTES + infoBytes + 3) & ~3;
  return buffers.map(({ offset, length }) => ({ offset: start + offset, length }));
}
