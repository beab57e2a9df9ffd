import { describe, expect, test } from "vitest";
import { parseCatalogue, tagsByRepository } from "../../src/catalogue/catalogue.ts";
import { CatalogueError } from "../../src/catalogue/error.ts";
import { createCatalogueStore } from "../../src/catalogue/store.ts";
import { createMemoryCache } from "../../src/download/file-cache.ts";
import { broken, CATALOGUE_URL, createFakeSite, patterned } from "./catalogue-fakes.ts";

const never = new AbortController().signal;
const layer = patterned(5500);

describe("a blob", () => {
  test("comes in pieces, and is kept", async () => {
    const { site, store, blob } = withBlob();
    const pieces = await all(store.pieces(blob, never));
    expect(pieces.length).toBeGreaterThan(2);
    expect(Buffer.concat(pieces)).toEqual(Buffer.from(layer));
    expect(Buffer.concat(await all(store.pieces(blob, never)))).toEqual(Buffer.from(layer));
    expect(site.requests).toHaveLength(1);
  });

  test("goes on where its transfer broke", async () => {
    const { site, store, blob } = withBlob();
    site.instead.push(new Response(broken(layer.slice(0, 2000))), new TypeError("network"));
    expect(Buffer.concat(await all(store.pieces(blob, never)))).toEqual(Buffer.from(layer));
    expect(site.requests.map(({ range }) => range)).toEqual([null, "bytes=2000-", "bytes=2000-"]);
  });

  test("goes on too where the server knows no ranges", async () => {
    const { site, store, blob } = withBlob();
    site.instead.push(new Response(broken(layer.slice(0, 2000))), new Response(layer));
    expect(Buffer.concat(await all(store.pieces(blob, never)))).toEqual(Buffer.from(layer));
  });

  test("fails where its transfer keeps breaking", async () => {
    const { site, store, blob } = withBlob();
    site.instead.push(...Array.from({ length: 3 }, () => new TypeError("network")));
    await expect(all(store.pieces(blob, never))).rejects.toMatchObject({ code: "download-failed" });
    expect(site.requests).toHaveLength(3);
  });

  test("with the wrong content never comes to its end, is not kept, and is fetched past every cache next time", async () => {
    const { site, store, blob } = withBlob();
    const wrong = layer.slice();
    wrong[10] = 1;
    site.instead.push(new Response(pieced(wrong)));
    let got = 0;
    const reading = (async () => {
      for await (const piece of store.pieces(blob, never)) got += piece.length;
    })();
    await expect(reading).rejects.toThrow(/SHA-256/);
    expect(got).toBeLessThan(layer.length);
    expect(Buffer.concat(await all(store.pieces(blob, never)))).toEqual(Buffer.from(layer));
    expect(site.requests.map(({ cache }) => cache)).toEqual([undefined, "reload"]);
  });

  test("with the wrong content is fetched anew as long as nothing of it was given away", async () => {
    const { site, store, blob } = withBlob();
    site.instead.push(new Response(new Uint8Array(layer.length)));
    expect(Buffer.concat(await all(store.pieces(blob, never)))).toEqual(Buffer.from(layer));
    expect(site.requests.map(({ cache }) => cache)).toEqual([undefined, "reload"]);
  });

  test("that is longer than it should be is refused", async () => {
    const { site, store, blob } = withBlob();
    site.instead.push(new Response(patterned(6000)));
    await expect(all(store.pieces(blob, never))).rejects.toThrow(/longer than the 5500 bytes/);
  });

  test("that was damaged in the cache is fetched again", async () => {
    const { site, store, blob, cache } = withBlob();
    await all(store.pieces(blob, never));
    await cache.write("catalogue", blob.digest.slice(7), patterned(5));
    expect(Buffer.concat(await all(store.pieces(blob, never)))).toEqual(Buffer.from(layer));
    expect(site.requests).toHaveLength(2);
  });

  test("is given up when nobody wants it any more", async () => {
    const { site, store, blob } = withBlob();
    const stop = new AbortController();
    site.instead.push(new TypeError("network"));
    const reading = all(store.pieces(blob, stop.signal));
    stop.abort();
    await expect(reading).rejects.toMatchObject({ code: "cancelled" });
  });
});

describe("the catalogue", () => {
  test("is asked for each time, and the last one serves without a network", async () => {
    const { site, store } = withBlob();
    site.addImage("library/nginx:1", layer);
    expect((await store.catalogue(never)).images).toHaveLength(1);
    site.instead.push(...Array.from({ length: 3 }, () => new TypeError("network")));
    expect((await store.catalogue(never)).images).toHaveLength(1);
    expect(site.requests[0]?.cache).toBe("no-cache");
  });

  test("lets go of the blobs that it no longer has", async () => {
    const { site, store, cache } = withBlob();
    const old = site.addImage("library/nginx:1", layer);
    const blob = { mediaType: "x", digest: old.layers[0] ?? "", size: layer.length };
    const [image] = (await store.catalogue(never)).images;
    if (!image) throw new Error("it has one");
    await store.bytes(image.manifest, never);
    await all(store.pieces(blob, never));
    site.addImage("library/redis:7", patterned(10));
    await store.catalogue(never);
    expect((await cache.list("catalogue")).has(blob.digest.slice(7))).toBe(true);
    site.removeImages();
    await store.catalogue(never);
    expect((await cache.list("catalogue")).has(blob.digest.slice(7))).toBe(false);
    expect((await cache.list("catalogue")).has(old.manifest.slice(7))).toBe(false);
  });

  test("names its repositories and tags", () => {
    const site = createFakeSite();
    for (const name of ["library/nginx:1", "library/nginx:latest", "me/app:2"]) site.addImage(name);
    const catalogue = parseCatalogue(new TextDecoder().decode(site.files.get(CATALOGUE_URL.href)));
    expect([...tagsByRepository(catalogue)]).toEqual([
      ["library/nginx", ["1", "latest"]],
      ["me/app", ["2"]],
    ]);
  });

  const entry = (name: string, more: object = {}) => ({
    mediaType: "application/vnd.oci.image.manifest.v1+json",
    digest: `sha256:${"0".repeat(64)}`,
    size: 2,
    annotations: { "io.containerd.image.name": name },
    ...more,
  });

  test.each([
    ["is no JSON", "<html>", /is not JSON/],
    ["has another shape", JSON.stringify({ schemaVersion: 1 }), /schemaVersion/],
    ["names another registry", [entry("quay.io/a/b:1")], /docker\.io/],
    ["has a name that is none", [entry("docker.io/library/Nginx:1")], /Nginx:1/],
    ["has a name without a tag", [entry("docker.io/library/nginx")], /docker\.io\/library\/name:tag/],
    ["has a name twice", [entry("docker.io/a/b:1"), entry("docker.io/a/b:1")], /twice/],
    ["has a digest that is a path", [entry("docker.io/a/b:1", { digest: "sha256:../../x" })], /digest/],
    [
      "has an index in it",
      [entry("docker.io/a/b:1", { mediaType: "application/vnd.oci.image.index.v1+json" })],
      /mediaType/,
    ],
    ["has a manifest that is far too large", [entry("docker.io/a/b:1", { size: 1e9 })], /size/],
  ])("is refused when it %s", (_, manifests, message) => {
    const text = typeof manifests === "string" ? manifests : JSON.stringify({ schemaVersion: 2, manifests });
    expect(() => parseCatalogue(text)).toThrow(CatalogueError);
    expect(() => parseCatalogue(text)).toThrow(message);
  });
});

function withBlob() {
  const site = createFakeSite();
  const { digest, size } = site.put(layer);
  const cache = createMemoryCache();
  const store = createCatalogueStore({ catalogueUrl: CATALOGUE_URL, fetch: site.fetch, cache, retryPausesMs: [1, 1] });
  return { site, store, cache, blob: { mediaType: "application/octet-stream", digest, size } };
}

function pieced(bytes: Uint8Array<ArrayBuffer>): ReadableStream<Uint8Array<ArrayBuffer>> {
  return new Blob([bytes.slice(0, 3000), bytes.slice(3000)])
    .stream()
    .pipeThrough(new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>());
}

async function all(pieces: AsyncIterable<Uint8Array>): Promise<Uint8Array[]> {
  const list = [];
  for await (const piece of pieces) list.push(piece);
  return list;
}
