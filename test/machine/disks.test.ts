import { zstdCompressSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { MachineError } from "../../src/machine/error.ts";
import { MemoryDisk } from "../../src/machine/v86/memory-disk.ts";
import { PartsDisk } from "../../src/machine/v86/parts-disk.ts";

const PART = 8192;

describe("a disk of parts", () => {
  test("fetches a part when it is read, once, and shares a fetch under way", async () => {
    const { disk, fetched } = partsDisk([1, 2]);
    const [first, second] = await Promise.all([read(disk, 0, 512), read(disk, 4096, 512)]);
    expect([first[0], second[0]]).toEqual([1, 1]);
    expect(fetched).toEqual(["part 0"]);
    await read(disk, 1024, 512);
    expect(fetched).toEqual(["part 0"]);
  });

  test("reads across parts", async () => {
    const { disk } = partsDisk([1, 2]);
    const bytes = await read(disk, PART - 512, 1024);
    expect([bytes[0], bytes[511], bytes[512], bytes[1023]]).toEqual([1, 1, 2, 2]);
  });

  test("reads across parts also when fetching the one drives the other out of the cache", async () => {
    const { disk } = partsDisk([1, 2], { cacheBytes: PART });
    await read(disk, 0, 512);
    const bytes = await read(disk, PART - 512, 1024);
    expect([bytes[0], bytes[511], bytes[512], bytes[1023]]).toEqual([1, 1, 2, 2]);
  });

  test("does not fetch a part of zeros", async () => {
    const { disk, fetched } = partsDisk([null, 2]);
    expect([...(await read(disk, 512, 512))].every((byte) => byte === 0)).toBe(true);
    expect(fetched).toEqual([]);
  });

  test("shows what was written over the part, sector by sector, and also when it was written during the fetch", async () => {
    const { disk } = partsDisk([1]);
    const reading = read(disk, 0, 2048);
    write(disk, 512, new Uint8Array(512).fill(9));
    const bytes = await reading;
    expect([bytes[0], bytes[511], bytes[512], bytes[1023], bytes[1024]]).toEqual([1, 1, 9, 9, 1]);
  });

  test("does not fetch a part for a page that was wholly overwritten", async () => {
    const { disk, fetched } = partsDisk([1]);
    write(disk, 4096, new Uint8Array(4096).fill(7));
    expect((await read(disk, 4096, 4096))[4095]).toBe(7);
    expect(fetched).toEqual([]);
  });

  test("puts only what was written into its state, which another disk with the same base takes over", async () => {
    const { disk } = partsDisk([1, 2]);
    write(disk, 512, new Uint8Array(512).fill(9));
    const state = disk.get_state();
    expect(state[2]).toHaveLength(4096);
    const { disk: restored } = partsDisk([1, 2]);
    restored.set_state(state);
    const bytes = await read(restored, 0, 1024);
    expect([bytes[0], bytes[512]]).toEqual([1, 9]);
    const memory = new MemoryDisk(new Uint8Array(2 * PART).fill(1));
    memory.set_state(state);
    expect([memory.bytes[0], memory.bytes[512], memory.bytes[1024]]).toEqual([1, 9, 1]);
  });

  test("reports a part that cannot be had, and does not answer the read", async () => {
    const failure = new MachineError("download-failed", "parts/x.zst could not be downloaded", { hint: "Try again." });
    const failures: MachineError[] = [];
    const disk = new PartsDisk({
      byteLength: PART,
      partBytes: PART,
      parts: ["x"],
      fetchPart: () => Promise.reject(failure),
      onFailure: (error) => failures.push(error),
    });
    let answered = false;
    disk.get(0, 512, () => (answered = true));
    await disk.idle();
    expect(failures).toEqual([failure]);
    expect(answered).toBe(false);
  });

  test("reports a part of the wrong size", async () => {
    const failures: string[] = [];
    const disk = new PartsDisk({
      byteLength: PART,
      partBytes: PART,
      parts: ["x"],
      fetchPart: () => Promise.resolve(new Uint8Array(zstdCompressSync(new Uint8Array(100)))),
      onFailure: (error) => failures.push(error.code),
    });
    disk.get(0, 512, () => undefined);
    await disk.idle();
    expect(failures).toEqual(["image-mismatch"]);
  });

  test("stops fetching when it is disposed, without calling it a failure", async () => {
    const failures: MachineError[] = [];
    let stopped: AbortSignal | undefined;
    const disk = new PartsDisk({
      byteLength: PART,
      partBytes: PART,
      parts: ["x"],
      fetchPart: (_hash, signal) => {
        stopped = signal;
        return new Promise((_resolve, reject) => {
          signal.addEventListener("abort", () => {
            reject(signal.reason as Error);
          });
        });
      },
      onFailure: (error) => failures.push(error),
    });
    disk.get(0, 512, () => undefined);
    disk.dispose();
    await disk.idle();
    expect(stopped?.aborted).toBe(true);
    expect(failures).toEqual([]);
  });

  test("refuses an index that does not fit the disk", () => {
    expect(() => partsDisk([1, 2], { byteLength: 3 * PART })).toThrow(/do not add up/);
  });
});

describe("a disk in memory", () => {
  test("is written in place and keeps nothing in a state", async () => {
    const disk = new MemoryDisk(new Uint8Array(PART));
    write(disk, 512, new Uint8Array(512).fill(5));
    expect((await read(disk, 512, 512))[0]).toBe(5);
    expect(disk.bytes[512]).toBe(5);
    expect(disk.get_state().map((part) => part.length)).toEqual([0, 0, 0]);
  });
});

/** A disk whose parts are filled with the numbers given. */
function partsDisk(fills: readonly (number | null)[], options: { byteLength?: number; cacheBytes?: number } = {}) {
  const fetched: string[] = [];
  const disk = new PartsDisk({
    byteLength: fills.length * PART,
    partBytes: PART,
    parts: fills.map((fill, index) => (fill === null ? null : `part ${String(index)}`)),
    fetchPart: (name) => {
      fetched.push(name);
      const fill = fills[Number(name.split(" ")[1])] ?? 0;
      return Promise.resolve(new Uint8Array(zstdCompressSync(new Uint8Array(PART).fill(fill))));
    },
    onFailure: (error) => {
      throw error;
    },
    ...options,
  });
  return { disk, fetched };
}

function read(disk: PartsDisk | MemoryDisk, start: number, length: number): Promise<Uint8Array> {
  return new Promise((resolve) => {
    disk.get(start, length, resolve);
  });
}

function write(disk: PartsDisk | MemoryDisk, start: number, bytes: Uint8Array): void {
  disk.set(start, bytes, () => undefined);
}
