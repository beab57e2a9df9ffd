import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import { createEmulator } from "../../src/machine/v86/emulator.ts";
import { parseManifest, type ImageFile } from "../../src/machine/v86/manifest.ts";
import { delayTranslation } from "../../src/machine/v86/translation.ts";
import { MemoryDisk } from "../../src/machine/v86/memory-disk.ts";

const imageFolder = process.env.DRYDOCK_MACHINE ?? join(import.meta.dirname, "../../public/machine");
/** v86 puts its translations behind its own functions in the table. */
const FIRST_SLOT = 1024;
const V86_SLOTS = 899;

afterEach(() => {
  vi.restoreAllMocks();
});

test("v86 puts translated code into slots beyond the 899 of its own", { timeout: 60_000 }, async () => {
  const used = Promise.withResolvers<number>();
  const { set } = WebAssembly.Table.prototype;
  vi.spyOn(WebAssembly.Table.prototype, "set").mockImplementation(function (this: WebAssembly.Table, index, value) {
    if (typeof value === "function") used.resolve(index - FIRST_SLOT);
    set.call(this, index, value);
  });
  const manifest = await readManifest();
  // The BIOS looks for a system on an empty disk, and is translated while it does.
  const emulator = await createEmulator({
    wasm: await read(manifest.files.wasm),
    bios: await read(manifest.files.bios),
    vgaBios: await read(manifest.files.vgaBios),
    memoryBytes: 64 << 20,
    vgaMemoryBytes: 2 << 20,
    disk: new MemoryDisk(new Uint8Array(1 << 20)),
  });
  emulator.run();
  expect(await used.promise).toBeGreaterThan(V86_SLOTS);
  await emulator.destroy();
});

test("v86's own threshold for translating is found and raised, and the code stays valid", async () => {
  const code = await read((await readManifest()).files.wasm);
  const changed = delayTranslation(code);
  const places = [...code.keys()].filter((at) => changed[at] !== code[at]);
  // 200,000 and 1,000,000 in signed LEB128.
  expect(places.map((at) => [code[at], changed[at]])).toEqual([
    [0x9a, 0x84],
    [0x0c, 0x3d],
  ]);
  expect(WebAssembly.validate(changed)).toBe(true);
});

test("code in which the threshold cannot be found for certain is left as it is", () => {
  const threshold = [0x41, 0xc0, 0x9a, 0x0c];
  for (const code of [new Uint8Array(16), Uint8Array.from([...threshold, ...threshold])]) {
    expect(delayTranslation(code)).toBe(code);
  }
});

async function readManifest() {
  return parseManifest(await readFile(join(imageFolder, "manifest.json"), "utf8"));
}

async function read({ path }: ImageFile) {
  return new Uint8Array(await readFile(join(imageFolder, path)));
}
