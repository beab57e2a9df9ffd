import { createHash } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createCatalogueStore } from "../../src/catalogue/store.ts";
import { createMachineParts } from "../../src/machine/machine-parts.ts";
import { createFileCache } from "../../src/machine/storage-cache.ts";
import { createImageStore } from "../../src/machine/v86/image-store.ts";
import type { Manifest } from "../../src/machine/v86/manifest.ts";
import { copyShared } from "../../src/offline/image-parts.ts";
import type { MachinePart } from "../../src/offline/site-files.ts";
import { FakeStorage, root } from "./offline-fakes.ts";

const bytes = new TextEncoder().encode("a part of the disk");
const sha256 = createHash("sha256").update(bytes).digest("hex");
const part: MachinePart = { path: `machine/parts/${sha256}.zst`, sha256, bytes: bytes.length };
const blob: MachinePart = { ...part, path: `catalogue/blobs/sha256/${sha256}` };
const signal = new AbortController().signal;
const unreachable = (() => Promise.reject(new TypeError("no network"))) as unknown as typeof fetch;

let storage: FakeStorage;

beforeEach(() => {
  storage = new FakeStorage();
  vi.stubGlobal("caches", storage.asStorage());
});

afterEach(() => {
  vi.unstubAllGlobals();
});

function keeper(image: string, answer: () => Response) {
  const asked: string[] = [];
  const fetch = ((url: URL) => {
    asked.push(url.href);
    return Promise.resolve(answer());
  }) as unknown as typeof globalThis.fetch;
  const parts = createMachineParts({ image, root, storage: storage.asStorage(), fetch, retryPausesMs: [] });
  return { parts, asked };
}

describe("the parts of a machine that are fetched ahead", () => {
  it("are found by the machine and by the catalogue without a network", async () => {
    const { parts, asked } = keeper("abcd1234", () => new Response(bytes));
    let counted = 0;
    const onBytes = (count: number) => (counted += count);
    await parts.keep(part, { signal, onBytes });
    expect([asked, counted]).toEqual([[`https://drydock.test/sub/machine/parts/${sha256}.zst`], bytes.length]);
    const images = createImageStore({
      manifestUrl: new URL("machine/manifest.json", root),
      cache: createFileCache(),
      fetch: unreachable,
      retryPausesMs: [],
    });
    expect(await images.part({ id: "abcd1234" } as Manifest, sha256, signal)).toEqual(bytes);

    storage.caches.clear();
    await parts.keep(blob, { signal, onBytes });
    const catalogue = createCatalogueStore({
      catalogueUrl: new URL("catalogue/index.json", root),
      cache: createFileCache(),
      fetch: unreachable,
      retryPausesMs: [],
    });
    const descriptor = { mediaType: "application/octet-stream", digest: `sha256:${sha256}`, size: bytes.length };
    expect(await catalogue.bytes(descriptor, signal)).toEqual(bytes);
    expect(await parts.listKept()).toEqual(new Set([sha256]));
  });

  it("are taken from another image that has them, unless they are damaged there", async () => {
    const before = keeper("00000001", () => new Response(bytes));
    await before.parts.keep(part, { signal, onBytes: () => undefined });
    const { parts, asked } = keeper("00000002", () => new Response(bytes));
    expect(await parts.listKept()).toEqual(new Set());
    await parts.keep(part, { signal, onBytes: () => undefined });
    expect([asked, await parts.listKept()]).toEqual([[], new Set([sha256])]);

    await storage.delete("drydock-image-00000002");
    await (await storage.open("drydock-image-00000001")).put(`/${sha256}`, new Response("damaged"));
    await parts.keep(part, { signal, onBytes: () => undefined });
    expect(asked).toHaveLength(1);
  });

  it("are refused when they are not what their hash says, and told of when there is no room", async () => {
    const wrong = keeper("00000001", () => new Response("something else"));
    const ended = wrong.parts.keep(part, { signal, onBytes: () => undefined });
    await expect(ended).rejects.toMatchObject({ code: "unreachable" });
    expect(await wrong.parts.listKept()).toEqual(new Set());
    const { parts } = keeper("00000001", () => new Response(bytes));
    storage.roomFor = 3;
    await expect(parts.keep(part, { signal, onBytes: () => undefined })).rejects.toMatchObject({ code: "full" });
  });

  it("that two images have in common are copied when the second takes over", async () => {
    const { parts } = keeper("00000001", () => new Response(bytes));
    await parts.keep(part, { signal, onBytes: () => undefined });
    const other = { ...part, sha256: "f".repeat(64) };
    await copyShared("drydock-image-00000002", [part, other], storage.asStorage());
    expect(await keeper("00000002", () => new Response(bytes)).parts.listKept()).toEqual(new Set([sha256]));
  });
});
