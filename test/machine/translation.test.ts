import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import { createEmulator } from "../../src/machine/v86/emulator.ts";
import { parseManifest, type ImageFile } from "../../src/machine/v86/manifest.ts";
import { makeThresholdSettable } from "../../src/machine/v86/translation.ts";
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

test("v86's own threshold for translating becomes a global that can be set, and the code stays valid", async () => {
  const code = await read((await readManifest()).files.wasm);
  const before = new WebAssembly.Module(code);
  const changed = new WebAssembly.Module(makeThresholdSettable(code));
  expect(WebAssembly.Module.imports(changed)).toEqual(WebAssembly.Module.imports(before));
  expect(WebAssembly.Module.exports(changed)).toEqual([
    ...WebAssembly.Module.exports(before),
    { name: "translation_threshold", kind: "global" },
  ]);
});

test("v86 translates late as the machine starts it", { timeout: 60_000 }, async () => {
  const { instantiate } = WebAssembly;
  const started = Promise.withResolvers<WebAssembly.Exports>();
  vi.spyOn(WebAssembly, "instantiate").mockImplementation((async (code: BufferSource, env: WebAssembly.Imports) => {
    const result = await instantiate(code, env);
    started.resolve(result.instance.exports);
    return result;
  }) as never);
  const { files } = await readManifest();
  const emulator = await createEmulator({
    wasm: await read(files.wasm),
    bios: await read(files.bios),
    vgaBios: await read(files.vgaBios),
    memoryBytes: 64 << 20,
    vgaMemoryBytes: 2 << 20,
    disk: new MemoryDisk(new Uint8Array(1 << 20)),
  });
  expect((await started.promise).translation_threshold).toHaveProperty("value", 3_000_000);
  await emulator.destroy();
});

test("code in which the threshold cannot be found for certain is left as it is", async () => {
  const code = await read((await readManifest()).files.wasm);
  const threshold = [0x41, 0xc0, 0x9a, 0x0c];
  // A custom section with an empty name, in which the instruction stands a second time.
  const twice = Uint8Array.from([...code, 0x00, 0x05, 0x00, ...threshold]);
  expect(WebAssembly.validate(twice)).toBe(true);
  expect(makeThresholdSettable(twice)).toBe(twice);
  const other = new Uint8Array(16);
  expect(makeThresholdSettable(other)).toBe(other);
});

async function readManifest() {
  return parseManifest(await readFile(join(imageFolder, "manifest.json"), "utf8"));
}

async function read({ path }: ImageFile) {
  return new Uint8Array(await readFile(join(imageFolder, path)));
}
