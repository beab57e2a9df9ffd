import { expect, test } from "vitest";
import { MachineError } from "../../src/machine/error.ts";
import { bytesAsSource } from "../../src/machine/v86/byte-source.ts";
import { readDifference } from "../../src/machine/v86/read-difference.ts";
import { decodeHeader, encodeHeader, HEADER_BYTES } from "../../src/machine/v86/state-difference.ts";
import { pageRuns, STATE_PAGE_BYTES } from "../../src/machine/v86/state-pages.ts";
import { writeDifference } from "../../src/machine/v86/write-difference.ts";

const SHA256 = "5e".repeat(32);

test("a state that is the snapshot costs a few bytes", async () => {
  const base = v86State([randomBytes(40 * STATE_PAGE_BYTES, 1), randomBytes(1000, 2)]);
  const difference = await write(base, base);
  expect(difference.length).toBeLessThan(HEADER_BYTES + 1000 + 300);
  expectSame(await read(difference, base), base);
});

test("pages that moved, because something was put in before them, are not carried", async () => {
  const pages = randomBytes(40 * STATE_PAGE_BYTES, 3);
  const base = v86State([randomBytes(100, 4), pages]);
  const moved = joined(randomBytes(2 * STATE_PAGE_BYTES, 5), pages);
  const state = v86State([randomBytes(777, 6), moved], "something longer than before");
  const difference = await write(state, base);
  expect(difference.length).toBeLessThan(2 * STATE_PAGE_BYTES + 777 + 500);
  expectSame(await read(difference, base), state);
});

test("pages of zeros cost nothing", async () => {
  const base = v86State([randomBytes(STATE_PAGE_BYTES, 7)]);
  const state = v86State([new Uint8Array(5000 * STATE_PAGE_BYTES)]);
  const difference = await write(state, base);
  expect(difference.length).toBeLessThan(500);
  expectSame(await read(difference, base), state);
});

test("many pages of one content are found, whichever of them the snapshot has", async () => {
  const page = randomBytes(STATE_PAGE_BYTES, 8);
  const base = v86State([joined(...Array<Uint8Array>(3000).fill(page))]);
  const state = v86State([joined(...Array<Uint8Array>(5000).fill(page), randomBytes(STATE_PAGE_BYTES, 9))]);
  const difference = await write(state, base);
  expectSame(await read(difference, base), state);
  expect(difference.length).toBeLessThan(60_000);
});

test("a state that grew, one that shrank and one that is empty come back", async () => {
  const base = v86State([randomBytes(20 * STATE_PAGE_BYTES + 5, 10)]);
  for (const state of [
    v86State([joined(randomBytes(20 * STATE_PAGE_BYTES, 10), randomBytes(30 * STATE_PAGE_BYTES + 1, 11))]),
    v86State([randomBytes(3 * STATE_PAGE_BYTES, 10)]),
    new Uint8Array(0),
    Uint8Array.of(1, 2, 3),
  ]) {
    expectSame(await read(await write(state, base), base), state);
  }
});

test("a snapshot that has no page in common with the state is not even opened", async () => {
  const state = v86State([randomBytes(4 * STATE_PAGE_BYTES, 12)]);
  const difference = await write(state, v86State([randomBytes(4 * STATE_PAGE_BYTES, 13)]));
  const open = () => Promise.reject(new Error("it was opened"));
  expect(await readDifference(new Blob([difference]), { sha256: SHA256, open })).toEqual(state);
});

test("pages are those of each buffer of v86's state, and what is no such state counts as one buffer", () => {
  const state = v86State([
    new Uint8Array(10),
    randomBytes(2 * STATE_PAGE_BYTES + 3, 14),
    randomBytes(STATE_PAGE_BYTES, 15),
  ]);
  const runs = [...pageRuns(bytesAsSource(state))];
  expect(runs.map(({ bytes }) => bytes.length)).toEqual([2 * STATE_PAGE_BYTES, STATE_PAGE_BYTES]);
  for (const { offset, bytes } of runs) expect(state.subarray(offset, offset + bytes.length)).toEqual(bytes);
  const other = randomBytes(16 + STATE_PAGE_BYTES, 16);
  expect([...pageRuns(bytesAsSource(other))].map(({ offset }) => offset)).toEqual([16]);
});

test("random states come back byte for byte", async () => {
  for (let seed = 1; seed <= 60; seed++) {
    const random = randomNumbers(seed * 7919);
    const pages = Array.from({ length: 24 }, (_, index) => randomBytes(STATE_PAGE_BYTES, seed * 100 + (index % 17)));
    pages.push(new Uint8Array(STATE_PAGE_BYTES));
    const buffers = () =>
      Array.from({ length: 1 + random(4) }, () => {
        const chosen = Array.from({ length: random(30) }, () => {
          const page = pages[random(pages.length)] ?? new Uint8Array(0);
          if (random(4) > 0) return page;
          const changed = page.slice();
          flip(changed, random(changed.length), 1 + random(255));
          return changed;
        });
        return joined(...chosen, randomBytes(random(3) * random(3000), random(1e6)));
      });
    const base = v86State(buffers(), "x".repeat(random(50)));
    const state = v86State(buffers(), "y".repeat(random(50)));
    const restored = await read(await write(state, base), base);
    expectSame(restored, state, `seed ${String(seed)}`);
  }
});

test("a difference that is cut short anywhere is refused", async () => {
  const { base, difference } = await example();
  for (const length of [0, 7, 50, HEADER_BYTES, HEADER_BYTES + 5, difference.length >> 1, difference.length - 1]) {
    expect((await failure(read(difference.slice(0, length), base))).code, String(length)).toBe("state-damaged");
  }
});

test("a difference with any changed byte is refused", async () => {
  const { base, difference } = await example();
  const random = randomNumbers(4711);
  const places = [0, 8, 12, 44, 48, 80, 111, 112, difference.length - 1];
  for (let count = 0; count < 150; count++) places.push(random(difference.length));
  for (const place of places) {
    const changed = difference.slice();
    flip(changed, place, 1 << random(8));
    // Bytes of the gzip header that mean nothing (the time, the system) may differ without harm.
    const harmless = place > HEADER_BYTES && place < HEADER_BYTES + 10;
    const outcome = await read(changed, base).catch((error: unknown) => error);
    if (harmless && outcome instanceof Uint8Array) continue;
    expect(outcome, `byte ${String(place)}`).toBeInstanceOf(MachineError);
    expect((outcome as MachineError).code, `byte ${String(place)}`).toBe("state-damaged");
  }
});

test("a difference with something behind it is refused", async () => {
  const { base, difference } = await example();
  expect((await failure(read(joined(difference, Uint8Array.of(1)), base))).code).toBe("state-damaged");
});

test("well-packed nonsense is refused, without reading beyond the snapshot or the state", async () => {
  const base = v86State([randomBytes(2 * STATE_PAGE_BYTES, 17)]);
  const random = randomNumbers(99);
  for (let count = 0; count < 200; count++) {
    const operations = Uint8Array.from({ length: 1 + random(40) }, () => random(256));
    const difference = joined(
      await encodeHeader({ snapshotSha256: SHA256, stateBytes: 1 + random(9000), checksum: new Uint8Array(32) }),
      await gzip(operations),
    );
    expect((await failure(read(difference, base))).code).toBe("state-damaged");
  }
});

test("a difference to another snapshot, or in another version of the format, says so", async () => {
  const { base, difference } = await example();
  const other = readDifference(new Blob([difference]), {
    sha256: "00".repeat(32),
    open: () => Promise.resolve(bytesAsSource(base)),
  });
  expect((await failure(other)).code).toBe("state-mismatch");
  const newer = difference.slice(0, HEADER_BYTES);
  newer[8] = 2;
  newer.set(new Uint8Array(await crypto.subtle.digest("SHA-256", newer.subarray(0, 80))), 80);
  const error = await failure(read(joined(newer, difference.subarray(HEADER_BYTES)), base));
  expect(error.code).toBe("state-mismatch");
  expect(error.message).toContain("version 2");
});

test("the header says what it was made of", async () => {
  const header = { snapshotSha256: SHA256, stateBytes: 3_000_000_000, checksum: randomBytes(32, 18) };
  expect(await decodeHeader(await encodeHeader(header))).toEqual(header);
});

async function example() {
  const shared = randomBytes(6 * STATE_PAGE_BYTES, 19);
  const base = v86State([shared, randomBytes(3 * STATE_PAGE_BYTES, 20)]);
  const state = v86State([randomBytes(3 * STATE_PAGE_BYTES, 21), shared, new Uint8Array(STATE_PAGE_BYTES)]);
  return { base, difference: await write(state, base) };
}

function write(state: Uint8Array<ArrayBuffer>, base: Uint8Array<ArrayBuffer>) {
  return writeDifference(state, { sha256: SHA256, source: bytesAsSource(base) });
}

function read(difference: Uint8Array<ArrayBuffer>, base: Uint8Array<ArrayBuffer>) {
  return readDifference(new Blob([difference]), {
    sha256: SHA256,
    open: () => Promise.resolve(bytesAsSource(base)),
  });
}

/** A state as v86 lays it out, with these buffers. */
function v86State(buffers: readonly Uint8Array[], state = ""): Uint8Array<ArrayBuffer> {
  let end = 0;
  const buffer_infos = buffers.map(({ length }) => {
    const offset = end;
    end = (offset + length + 3) & ~3;
    return { offset, length };
  });
  const info = new TextEncoder().encode(JSON.stringify({ buffer_infos, state: [state] }));
  const start = (16 + info.length + 3) & ~3;
  const bytes = new Uint8Array(start + end);
  new Uint32Array(bytes.buffer, 0, 4).set([0x86768676, 6, bytes.length, info.length]);
  bytes.set(info, 16);
  buffers.forEach((buffer, index) => {
    bytes.set(buffer, start + (buffer_infos[index]?.offset ?? 0));
  });
  return bytes;
}

function flip(bytes: Uint8Array, place: number, bits: number): void {
  bytes[place] = (bytes[place] ?? 0) ^ bits;
}

/** `toEqual` takes seconds over megabytes. */
function expectSame(actual: Uint8Array, expected: Uint8Array, what?: string): void {
  expect(Buffer.compare(actual, expected), what).toBe(0);
}

/** The same numbers for the same seed: mulberry32. */
function randomNumbers(seed: number): (below: number) => number {
  let state = seed | 0;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

function randomBytes(length: number, seed: number): Uint8Array<ArrayBuffer> {
  const random = randomNumbers(seed);
  return Uint8Array.from({ length }, () => random(256));
}

function joined(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

async function gzip(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

async function failure(promise: Promise<unknown>): Promise<MachineError> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof MachineError)) throw new Error("expected a MachineError", { cause: error });
  return error;
}
