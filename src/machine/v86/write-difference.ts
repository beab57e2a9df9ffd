import type { ByteSource } from "./byte-source.ts";
import { matchPages, NEW_PAGE, ZERO_PAGE } from "./page-matches.ts";
import { checksumOf, encodeHeader, OPERATION } from "./state-difference.ts";
import { STATE_PAGE_BYTES } from "./state-pages.ts";

/** What of `state` is not in the snapshot, in the format of state-difference.ts. `state` begins at a multiple of 4 in its buffer. */
export async function writeDifference(
  state: Uint8Array<ArrayBuffer>,
  snapshot: { readonly sha256: string; readonly source: ByteSource },
): Promise<Uint8Array<ArrayBuffer>> {
  const header = await encodeHeader({
    snapshotSha256: snapshot.sha256,
    stateBytes: state.length,
    checksum: await checksumOf(state),
  });
  const gzip = new CompressionStream("gzip");
  const writer = gzip.writable.getWriter();
  const output = createOutput((bytes) => writer.write(bytes));
  const writing = async () => {
    let lastCopyEnd = 0;
    for (const { kind, at, length, from } of operations(state, snapshot.source)) {
      await output.varint(length * 4 + OPERATION[kind]);
      if (kind === "bytes") await output.bytes(state.subarray(at, at + length));
      if (kind === "copy") {
        const distance = from - lastCopyEnd;
        await output.varint(distance < 0 ? -distance * 2 - 1 : distance * 2);
        lastCopyEnd = from + length;
      }
    }
    await output.flush();
    await writer.close();
  };
  const [compressed] = await Promise.all([new Response(gzip.readable).blob(), writing()]);
  return new Uint8Array(await new Blob([header, compressed]).arrayBuffer());
}

interface Operation {
  readonly kind: keyof typeof OPERATION;
  /** Where in the state. */
  readonly at: number;
  readonly length: number;
  /** Where in the snapshot; only of a copy. */
  readonly from: number;
}

/** In order and without gaps; neighbours of one kind are one. */
function* operations(state: Uint8Array<ArrayBuffer>, base: ByteSource): Generator<Operation> {
  const { offsets, sources } = matchPages(state, base);
  let done = 0;
  let run: Operation | undefined;
  const end = function* (): Generator<Operation> {
    if (!run) return;
    if (run.at > done) yield { kind: "bytes", at: done, length: run.at - done, from: 0 };
    yield run;
    done = run.at + run.length;
    run = undefined;
  };
  for (let page = 0; page < offsets.length; page++) {
    const at = offsets[page] ?? 0;
    const from = sources[page] ?? NEW_PAGE;
    if (from === NEW_PAGE) continue;
    const kind = from === ZERO_PAGE ? "zeros" : "copy";
    if (run?.kind === kind && run.at + run.length === at && (kind === "zeros" || run.from + run.length === from)) {
      run = { ...run, length: run.length + STATE_PAGE_BYTES };
      continue;
    }
    yield* end();
    run = { kind, at, length: STATE_PAGE_BYTES, from: kind === "copy" ? from : 0 };
  }
  yield* end();
  if (done < state.length) yield { kind: "bytes", at: done, length: state.length - done, from: 0 };
}

/** Gathers small writes: each that reaches the compressor costs a turn of the event loop. */
function createOutput(write: (bytes: Uint8Array<ArrayBuffer>) => Promise<void>) {
  let buffer = new Uint8Array(OUTPUT_BYTES);
  let used = 0;
  const flush = async () => {
    const full = buffer.subarray(0, used);
    buffer = new Uint8Array(OUTPUT_BYTES);
    used = 0;
    await write(full);
  };
  return {
    flush,
    async varint(value: number) {
      if (used > OUTPUT_BYTES - VARINT_BYTES) await flush();
      for (; value > 0x7f; value = Math.floor(value / 0x80)) buffer[used++] = (value % 0x80) | 0x80;
      buffer[used++] = value;
    },
    async bytes(bytes: Uint8Array<ArrayBuffer>) {
      for (let at = 0; at < bytes.length;) {
        if (used === OUTPUT_BYTES) await flush();
        const count = Math.min(bytes.length - at, OUTPUT_BYTES - used);
        buffer.set(bytes.subarray(at, at + count), used);
        used += count;
        at += count;
      }
    },
  };
}

const OUTPUT_BYTES = 256 << 10;
/** The longest varint of a number below 2^53. */
const VARINT_BYTES = 8;
