import { expect, test } from "vitest";
import { MachineError } from "../../src/machine/error.ts";
import { parseDiskIndex, parseManifest } from "../../src/machine/v86/manifest.ts";
import { exampleManifest, HASH } from "./example-manifest.ts";

test("a manifest as the image builder writes it is taken", () => {
  const manifest = parseManifest(JSON.stringify(exampleManifest()));
  expect(manifest.files.state.rawBytes).toBe(1000);
});

test.each([
  ["is not JSON", "{", /not JSON/],
  ["is of another format", JSON.stringify({ ...exampleManifest(), format: 2 }), /format/],
  ["lacks a field", JSON.stringify({ ...exampleManifest(), memoryBytes: undefined }), /memoryBytes/],
  ["leads out of its folder", JSON.stringify(withWasmPath("../v86.wasm")), /files\.wasm\.path/],
  ["leads to another site", JSON.stringify(withWasmPath("//example.org/v86.wasm")), /files\.wasm\.path/],
  [
    "has parts that are no multiple of a page",
    JSON.stringify({ ...exampleManifest(), disk: { bytes: 8192, partBytes: 1000 } }),
    /partBytes/,
  ],
])("a manifest that %s is refused with what is wrong", (_name, json, message) => {
  expect(() => parseManifest(json)).toThrow(message);
  expect(codeOf(() => parseManifest(json))).toBe("image-mismatch");
});

test("a disk index must have as many parts as the disk", () => {
  const disk = { bytes: 3 * 4096, partBytes: 4096 };
  expect(parseDiskIndex(JSON.stringify({ parts: [HASH, null, HASH] }), { disk }).parts).toHaveLength(3);
  expect(() => parseDiskIndex(JSON.stringify({ parts: [HASH] }), { disk })).toThrow(
    /1 parts where the manifest asks for 3/,
  );
  expect(() => parseDiskIndex(JSON.stringify({ parts: [HASH, "nonsense", HASH] }), { disk })).toThrow(/parts/);
});

function withWasmPath(path: string) {
  const manifest = exampleManifest();
  return { ...manifest, files: { ...manifest.files, wasm: { ...manifest.files.wasm, path } } };
}

function codeOf(action: () => unknown): string | undefined {
  try {
    action();
  } catch (error) {
    return error instanceof MachineError ? error.code : undefined;
  }
  return undefined;
}
