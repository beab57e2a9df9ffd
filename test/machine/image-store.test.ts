import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { MachineError } from "../../src/machine/error.ts";
import { createMemoryCache } from "../../src/download/file-cache.ts";
import { createImageStore } from "../../src/machine/v86/image-store.ts";
import { exampleManifest } from "./example-manifest.ts";

const CONTENT = new TextEncoder().encode("the content of a part");
const SHA256 = createHash("sha256").update(CONTENT).digest("hex");
const never = new AbortController().signal;

test("a file that fails is tried again, and the progress counts it once", async () => {
  const { store, requests } = storeAnswering([
    new TypeError("network"),
    new Response("no", { status: 503 }),
    new Response(CONTENT),
  ]);
  let bytes = 0;
  const file = await store.file(
    exampleManifest(),
    { path: "a/file", sha256: SHA256 },
    { signal: never, onBytes: (count) => (bytes += count) },
  );
  expect(file).toEqual(CONTENT);
  expect(bytes).toBe(CONTENT.length);
  expect(requests.map(({ url }) => url)).toEqual(Array(3).fill("https://drydock.test/machine/a/file"));
});

test("a file that keeps failing ends with an error that names it", async () => {
  const { store, requests } = storeAnswering(Array(9).fill(new TypeError("network")));
  const error = await failure(store.part(exampleManifest(), SHA256, never));
  expect(error.code).toBe("download-failed");
  expect(error.message).toContain(`parts/${SHA256}.zst could not be downloaded: network`);
  expect(requests).toHaveLength(3);
});

test("a file that is missing is not asked for again", async () => {
  const { store, requests } = storeAnswering([new Response(null, { status: 404, statusText: "Not Found" })]);
  expect((await failure(store.part(exampleManifest(), SHA256, never))).message).toMatch(/404 Not Found/);
  expect(requests).toHaveLength(1);
});

test("content with the wrong hash is fetched anew past every cache, and refused in the end", async () => {
  const { store, requests } = storeAnswering([new Response("wrong"), new Response("wrong"), new Response("wrong")]);
  expect((await failure(store.part(exampleManifest(), SHA256, never))).message).toMatch(/SHA-256/);
  expect(requests.map(({ init }) => init?.cache)).toEqual([undefined, "reload", "reload"]);
});

test("parts fetched ahead are read from the cache later, and not fetched twice", async () => {
  const requests: string[] = [];
  const store = createImageStore({
    manifestUrl: new URL("https://drydock.test/machine/manifest.json"),
    fetch: (input) => {
      requests.push(input instanceof Request ? input.url : input.toString());
      return Promise.resolve(new Response(CONTENT));
    },
    cache: createMemoryCache(),
  });
  await store.prefetch(exampleManifest(), [SHA256, SHA256], never);
  expect(await store.part(exampleManifest(), SHA256, never)).toEqual(CONTENT);
  expect(requests).toEqual([`https://drydock.test/machine/parts/${SHA256}.zst`]);
});

test("a pause between tries ends when the start is cancelled", async () => {
  const cancel = new AbortController();
  const store = createImageStore({
    manifestUrl: new URL("https://drydock.test/machine/manifest.json"),
    fetch: () => {
      queueMicrotask(() => {
        cancel.abort();
      });
      return Promise.reject(new TypeError("network"));
    },
    retryPausesMs: [60_000],
  });
  expect((await failure(store.part(exampleManifest(), SHA256, cancel.signal))).code).toBe("cancelled");
});

test("what was fetched is kept, and what was kept is verified", async () => {
  const cache = createMemoryCache();
  const manifest = exampleManifest();
  const { store, requests } = storeAnswering([new Response(CONTENT), new Response(CONTENT)], cache);
  await store.part(manifest, SHA256, never);
  await store.part(manifest, SHA256, never);
  expect(requests).toHaveLength(1);
  await cache.write(`image-${manifest.id}`, SHA256, new TextEncoder().encode("damaged"));
  expect(await store.part(manifest, SHA256, never)).toEqual(CONTENT);
  expect(requests).toHaveLength(2);
});

test("the manifest is always asked for, and the last one serves without a network", async () => {
  const cache = createMemoryCache();
  const text = JSON.stringify(exampleManifest());
  const { store, requests } = storeAnswering(
    [new Response(text), ...Array<Error>(3).fill(new TypeError("network"))],
    cache,
  );
  expect((await store.manifest(never)).id).toBe(exampleManifest().id);
  expect((await store.manifest(never)).id).toBe(exampleManifest().id);
  expect(requests[0]?.init?.cache).toBe("no-cache");
  expect(requests.length).toBeGreaterThan(1);
});

function storeAnswering(answers: readonly (Response | Error)[], cache?: ReturnType<typeof createMemoryCache>) {
  const left = [...answers];
  const requests: { url: string; init: RequestInit | undefined }[] = [];
  const store = createImageStore({
    manifestUrl: new URL("https://drydock.test/machine/manifest.json"),
    fetch: (input, init) => {
      requests.push({ url: input instanceof Request ? input.url : input.toString(), init });
      const answer = left.shift();
      return answer instanceof Response
        ? Promise.resolve(answer)
        : Promise.reject(answer ?? new Error("asked too often"));
    },
    retryPausesMs: [1, 1],
    ...(cache && { cache }),
  });
  return { store, requests };
}

async function failure(promise: Promise<unknown>): Promise<MachineError> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof MachineError)) throw new Error("expected a MachineError", { cause: error });
  return error;
}
