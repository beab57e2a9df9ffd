import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { constants, zstdCompressSync } from "node:zlib";
import { expect, test } from "vitest";
import { v86WasmPath } from "../../src/image/recipe.ts";
import { packState, unpackState } from "../../src/machine/v86/saved-state.ts";
import { serveMachine } from "../../src/machine/v86/serve.ts";
import { openSnapshot } from "../../src/machine/v86/snapshot-source.ts";
import type { StateWork } from "../../src/machine/v86/wire.ts";
import type { OpenWorker } from "../../src/machine/v86/worker-handle.ts";

const snapshot = Uint8Array.from({ length: 3_000_000 }, (_, index) => (index * index + (index >> 7)) & 255);
const wasm = new Uint8Array(await readFile(v86WasmPath));

test("a snapshot is decompressed by v86's own code, in pieces of any size", async () => {
  const { compressed, rawBytes } = work();
  const source = await openSnapshot({ wasm, compressed, rawBytes });
  const pieces: Uint8Array[] = [];
  let at = 0;
  for (const length of [16, 4, 1_000_000, 1, 70_000]) {
    pieces.push(source.read(length).slice());
    at += length;
  }
  pieces.push(source.read(rawBytes - at).slice());
  expect(Buffer.compare(Buffer.concat(pieces), snapshot)).toBe(0);
  expect(() => source.read(1)).toThrow(RangeError);
});

test("a state goes through a worker and comes back, and the worker is ended", async () => {
  const { openWorker, terminated } = workerInThisThread();
  const state = snapshot.slice();
  state.fill(7, 1_000_000, 1_010_000);
  const kept = await packState(state.slice(), work(), { openWorker });
  expect(kept.size).toBeLessThan(20_000);
  expect(Buffer.compare(await unpackState(kept, work(), { openWorker }), state)).toBe(0);
  expect(terminated()).toBe(2);
});

test("an error of the worker's arrives with its code, and the worker is ended", async () => {
  const { openWorker, terminated } = workerInThisThread();
  await expect(unpackState(new Blob(["nonsense"]), work(), { openWorker })).rejects.toMatchObject({
    code: "state-damaged",
  });
  expect(terminated()).toBe(1);
});

test("a worker that crashes is ended, with an error that says what to do", async () => {
  let ended = false;
  const openWorker: OpenWorker = () =>
    Promise.resolve({
      connect: () => undefined,
      onError: (listener) => {
        queueMicrotask(() => {
          listener(new Error("out of memory"));
        });
      },
      terminate: () => (ended = true),
    });
  await expect(packState(snapshot.slice(), work(), { openWorker })).rejects.toMatchObject({
    code: "not-enough-memory",
    message: "The machine could not be packed up.",
    hint: expect.stringContaining("Close other tabs") as string,
  });
  expect(ended).toBe(true);
});

test("cancelling ends the worker at once", async () => {
  let ended = false;
  const cancel = new AbortController();
  const openWorker: OpenWorker = () =>
    Promise.resolve({
      connect: () => {
        cancel.abort();
      },
      onError: () => undefined,
      terminate: () => (ended = true),
    });
  const options = { openWorker, signal: cancel.signal };
  await expect(packState(snapshot.slice(), work(), options)).rejects.toMatchObject({ code: "cancelled" });
  expect(ended).toBe(true);
});

/** As the manifest and the store give it; its bytes change hands, so each use has its own. */
function work(): StateWork {
  const compressed = new Uint8Array(zstdCompressSync(snapshot, { params: { [constants.ZSTD_c_windowLog]: 20 } }));
  const sha256 = createHash("sha256").update(compressed).digest("hex");
  return { compressed, sha256, rawBytes: snapshot.length, wasm };
}

/** The worker's own code, on the other end of a port, but in this thread. */
function workerInThisThread(): { openWorker: OpenWorker; terminated(): number } {
  let terminated = 0;
  return {
    openWorker: () =>
      Promise.resolve({
        connect: (port) => {
          serveMachine(port);
        },
        onError: () => undefined,
        terminate: () => terminated++,
      }),
    terminated: () => terminated,
  };
}
