import { malformedAnswer } from "./error.ts";

/** What a container or command wrote. A terminal has only one stream, `stdout`. */
export interface OutputChunk {
  readonly stream: "stdout" | "stderr";
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/**
 * Takes Docker's framing off: before each piece a byte that names the stream, three zeros, and the length as 32 bits big-endian ("Stream format" of
 * the attach call in the Docker Engine API reference). Pieces come in order, long ones in parts. Leaving the loop drops the connection.
 */
export async function* demultiplex(readable: ReadableStream<Uint8Array>): AsyncGenerator<OutputChunk, void, undefined> {
  const header = new Uint8Array(HEADER_BYTES);
  let headerFilled = 0;
  let left = 0;
  for await (const chunk of readRaw(readable)) {
    let rest = chunk.bytes;
    while (rest.length > 0) {
      if (left === 0) {
        const part = rest.subarray(0, HEADER_BYTES - headerFilled);
        header.set(part, headerFilled);
        headerFilled += part.length;
        rest = rest.subarray(part.length);
        if (headerFilled < HEADER_BYTES) break;
        headerFilled = 0;
        left = lengthIn(header);
        continue;
      }
      const bytes = rest.subarray(0, left);
      left -= bytes.length;
      rest = rest.subarray(bytes.length);
      yield { stream: STREAMS[header[0] ?? 0] ?? "stdout", bytes };
    }
  }
  if (left > 0 || headerFilled > 0) throw malformedAnswer("The output ends within a piece.");
}

/** A terminal's bytes as they come. */
export async function* readRaw(readable: ReadableStream<Uint8Array>): AsyncGenerator<OutputChunk, void, undefined> {
  const reader = readable.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield { stream: "stdout", bytes: value as Uint8Array<ArrayBuffer> };
    }
  } finally {
    reader.cancel().catch(() => undefined);
  }
}

const HEADER_BYTES = 8;
/** Docker numbers them stdin, stdout, stderr and its own errors. What it echoes of stdin counts as output. */
const STREAMS = ["stdout", "stdout", "stderr", "stderr"] as const;

function lengthIn(header: Uint8Array<ArrayBuffer>): number {
  const [stream = 0, a, b, c] = header;
  if (stream >= STREAMS.length || a !== 0 || b !== 0 || c !== 0) {
    throw malformedAnswer("The output is not framed as Docker frames it.");
  }
  return new DataView(header.buffer).getUint32(4);
}
