import { MachineError } from "../error.ts";
import type { ByteSource } from "./byte-source.ts";
import { checksumOf, damaged, decodeHeader, equalBytes, HEADER_BYTES, OPERATION } from "./state-difference.ts";

/**
 * The state that `writeDifference` was given. `open` is called once it is clear that the snapshot is the right one. Rejects with a `MachineError`:
 * `state-damaged` when anything has changed on the way, `state-mismatch` when the difference is to another snapshot.
 */
export async function readDifference(
  difference: Blob,
  snapshot: { readonly sha256: string; open(): Promise<ByteSource> },
): Promise<Uint8Array<ArrayBuffer>> {
  const header = await decodeHeader(new Uint8Array(await difference.slice(0, HEADER_BYTES).arrayBuffer()));
  if (header.snapshotSha256 !== snapshot.sha256) {
    throw new MachineError("state-mismatch", "The saved machine belongs to another build of the machine image.", {
      hint: "Start a fresh machine; the saved one cannot be continued with this version.",
    });
  }
  const state = allocate(header.stateBytes);
  const input = createInput(difference.slice(HEADER_BYTES).stream().pipeThrough(new DecompressionStream("gzip")));
  const copies = await readOperations(input, state);
  if (copies.length > 0) copyAll(copies, await snapshot.open(), state);
  if (!equalBytes(await checksumOf(state), header.checksum)) throw damaged("its content has changed");
  return state;
}

function allocate(bytes: number): Uint8Array<ArrayBuffer> {
  try {
    return new Uint8Array(bytes);
  } catch (cause) {
    throw new MachineError(
      "not-enough-memory",
      `The browser did not give the ${String(bytes >> 20)} MB of memory that the saved machine needs.`,
      { hint: "Close other tabs and programs, then try again.", cause },
    );
  }
}

interface Copy {
  readonly from: number;
  readonly to: number;
  readonly length: number;
}

/** Fills in all but the copies, which are returned. */
async function readOperations(input: Input, state: Uint8Array): Promise<Copy[]> {
  const copies: Copy[] = [];
  let lastCopyEnd = 0;
  let at = 0;
  while (at < state.length) {
    const word = await input.varint();
    const kind = word % 4;
    const length = Math.floor(word / 4);
    if (length === 0 || length > state.length - at) throw damaged("a part of it has an impossible length");
    if (kind === OPERATION.bytes) {
      await input.fill(state.subarray(at, at + length));
    } else if (kind === OPERATION.copy) {
      const distance = await input.varint();
      const from = lastCopyEnd + (distance % 2 === 0 ? distance / 2 : -(distance + 1) / 2);
      if (from < 0) throw damaged("it refers to what is not there");
      copies.push({ from, to: at, length });
      lastCopyEnd = from + length;
    } else if (kind !== OPERATION.zeros) {
      throw damaged("it contains an unknown instruction");
    }
    at += length;
  }
  await input.end();
  return copies;
}

/** In one pass over the snapshot, which cannot be read backwards. */
function copyAll(copies: Copy[], source: ByteSource, state: Uint8Array): void {
  copies.sort((one, other) => one.from - other.from);
  const end = copies.reduce((last, { from, length }) => Math.max(last, from + length), 0);
  if (end > source.byteLength) throw damaged("it refers to what is not there");
  let next = 0;
  // Copies that have begun; several may take the same bytes.
  let open: Copy[] = [];
  for (let start = 0; start < end; start += PIECE_BYTES) {
    const piece = source.read(Math.min(PIECE_BYTES, end - start));
    const pieceEnd = start + piece.length;
    for (let copy = copies[next]; copy && copy.from < pieceEnd; copy = copies[++next]) open.push(copy);
    for (const { from, to, length } of open) {
      const first = Math.max(from, start);
      const last = Math.min(from + length, pieceEnd);
      state.set(piece.subarray(first - start, last - start), to + first - from);
    }
    open = open.filter(({ from, length }) => from + length > pieceEnd);
  }
}

const PIECE_BYTES = 1 << 20;

interface Input {
  varint(): Promise<number>;
  fill(target: Uint8Array): Promise<void>;
  /** Rejects when there is more. */
  end(): Promise<void>;
}

/** Whatever the decompressor finds wrong becomes a `MachineError`. */
function createInput(stream: ReadableStream<Uint8Array>): Input {
  const reader = stream.getReader();
  let piece = new Uint8Array(0) as Uint8Array;
  let at = 0;
  const more = async (): Promise<boolean> => {
    while (at === piece.length) {
      const { done, value } = await reader.read().catch((cause: unknown) => {
        throw damaged("it is cut short or has changed", cause);
      });
      if (done) return false;
      piece = value;
      at = 0;
    }
    return true;
  };
  const need = async () => {
    if (at === piece.length && !(await more())) throw damaged("it ends too early");
  };
  return {
    async varint() {
      let value = 0;
      for (let factor = 1; ; factor *= 0x80) {
        await need();
        const byte = piece[at++] ?? 0;
        value += (byte & 0x7f) * factor;
        if (byte < 0x80) return value;
        if (factor > LARGEST_FACTOR) throw damaged("a number in it is too large");
      }
    },
    async fill(target) {
      for (let filled = 0; filled < target.length;) {
        await need();
        const count = Math.min(target.length - filled, piece.length - at);
        target.set(piece.subarray(at, at + count), filled);
        at += count;
        filled += count;
      }
    },
    async end() {
      if (await more()) throw damaged("it goes on after its end");
    },
  };
}

/** Seven bytes make 49 bits, far beyond any length here and exact in a number. */
const LARGEST_FACTOR = 2 ** 42;
