import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { fetchImage, remoteImage } from "../../../src/image/fetch.ts";
import { sha256 } from "../../../src/image/parts.ts";

const signal = new AbortController().signal;
const quiet = { phase: () => undefined, detail: () => undefined, done: () => undefined };
const files = new Map<string, Buffer>();
let folder: string;
let server: Server;
let base: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "drydock-fetch-"));
  server = createServer((request, response) => {
    const content = files.get(request.url ?? "");
    response.writeHead(content ? 200 : 404).end(content);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  base = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  files.clear();
});
afterEach(async () => {
  server.closeAllConnections();
  server.close();
  await rm(folder, { recursive: true });
});

function serve(path: string, content: string) {
  const bytes = Buffer.from(content);
  files.set(`/${path}`, bytes);
  return { path, bytes: bytes.length, sha256: sha256(bytes) };
}

/** A small image on the server; returns what the operator would configure. */
function offerImage() {
  const part = Buffer.from("a part");
  files.set(`/parts/${sha256(part)}.zst`, part);
  const manifest = JSON.stringify({
    format: 1,
    id: "0123456789abcdef",
    created: "2026-01-01T00:00:00Z",
    memoryBytes: 1,
    vgaMemoryBytes: 1,
    engineVersion: "26",
    kernelVersion: "6",
    containerImages: [],
    features: [],
    files: {
      wasm: serve("files/wasm", "wasm"),
      bios: serve("files/bios", "bios"),
      vgaBios: serve("files/vga", "vga"),
      state: { ...serve("files/state", "state"), rawBytes: 9 },
      diskIndex: serve("files/disk.json", JSON.stringify({ parts: [sha256(part), null] })),
      licences: serve("files/licences.txt", "licences"),
      savedImages: serve("files/container-images.tar.gz", "images"),
    },
    disk: { bytes: 8192, partBytes: 4096 },
    packages: [],
    prefetch: [],
  });
  return { url: new URL(`${base}/manifest.json`), sha256: serve("manifest.json", manifest).sha256, part };
}

test("fetches every file and part of an image", async () => {
  const image = offerImage();
  await fetchImage(image, folder, quiet, signal);
  expect(await readFile(join(folder, "files/state"), "utf8")).toBe("state");
  expect(await readFile(join(folder, `parts/${sha256(image.part)}.zst`), "utf8")).toBe("a part");
  expect(sha256(await readFile(join(folder, "manifest.json")))).toBe(image.sha256);
});

test("refuses a manifest with another hash than the configured one", async () => {
  const image = offerImage();
  await expect(fetchImage({ ...image, sha256: "0".repeat(64) }, folder, quiet, signal)).rejects.toThrow(
    `${base}/manifest.json could not be fetched: its content does not have the expected hash.`,
  );
});

test("names the part that cannot be had", async () => {
  const image = offerImage();
  files.delete(`/parts/${sha256(image.part)}.zst`);
  await expect(fetchImage(image, folder, quiet, signal)).rejects.toThrow(
    `${base}/parts/${sha256(image.part)}.zst could not be fetched: the server answered 404.`,
  );
});

test("is asked for by the environment, and says what is wrong with it", () => {
  expect(remoteImage({})).toBeUndefined();
  expect(() => remoteImage({ DRYDOCK_MACHINE_URL: "ftp://example.org/manifest.json" })).toThrow(/DRYDOCK_MACHINE_URL/);
  expect(() => remoteImage({ DRYDOCK_MACHINE_URL: "https://example.org/manifest.json" })).toThrow(
    /DRYDOCK_MACHINE_SHA256/,
  );
  expect(
    remoteImage({ DRYDOCK_MACHINE_URL: "https://example.org/manifest.json", DRYDOCK_MACHINE_SHA256: "0".repeat(64) })
      ?.url.href,
  ).toBe("https://example.org/manifest.json");
});
