import { afterEach, expect, test, vi } from "vitest";
import { createEmulator, type EmulatorOptions } from "../../src/machine/v86/emulator.ts";
import { MemoryDisk } from "../../src/machine/v86/memory-disk.ts";

const options: EmulatorOptions = {
  wasm: new Uint8Array(8),
  bios: new Uint8Array(65_536),
  vgaBios: new Uint8Array(65_536),
  memoryBytes: 512 << 20,
  vgaMemoryBytes: 2 << 20,
  disk: new MemoryDisk(new Uint8Array(4096)),
};

afterEach(() => {
  vi.unstubAllGlobals();
});

test("says that the browser cannot run WebAssembly, and which can", async () => {
  vi.stubGlobal("WebAssembly", undefined);
  await expect(createEmulator(options)).rejects.toMatchObject({
    code: "no-webassembly",
    hint: expect.stringContaining("Chromium") as string,
  });
});

test("says how much memory is missing when the browser does not give it", async () => {
  const refuse = function () {
    throw new RangeError("could not allocate memory");
  };
  vi.stubGlobal("WebAssembly", { ...WebAssembly, Memory: refuse });
  await expect(createEmulator(options)).rejects.toMatchObject({
    code: "not-enough-memory",
    message: expect.stringMatching(/\d+ MB/) as string,
  });
});

test("says that it could not boot when the emulator's code is broken", async () => {
  await expect(createEmulator(options)).rejects.toMatchObject({ code: "boot-failed" });
});

test("does not begin when it was cancelled before", async () => {
  await expect(createEmulator({ ...options, signal: AbortSignal.abort(new Error("cancelled")) })).rejects.toThrow(
    "cancelled",
  );
});
