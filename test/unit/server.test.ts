import { get } from "node:http";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { serveFolder, type StaticServer } from "../../src/server/static.ts";

const BLOB = `/catalogue/blobs/sha256/${"0123456789abcdef".repeat(4)}`;

let folder: string;
let server: StaticServer;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "drydock-server-"));
  const files = {
    "index.html": "<h1>home</h1>",
    "404.html": "<h1>lost</h1>",
    "learn/first/index.html": "<h1>lesson</h1>",
    "run-here/first/lesson/index.html": "<h1>app</h1>",
    "_astro/page.B9xQ1f3a.js": "export {};",
    "machine/manifest.json": "{}",
    "machine/parts/0123456789abcdef0123456789abcdef.zst": "zstd",
    "machine/v86-0123456789abcdef.wasm": "wasm",
    "machine/v86-fedcba9876543210.wasm": "wasm".repeat(1000),
    "monaco/worker.mjs": "export {};",
    "catalogue/index.json": "{}",
    [BLOB.slice(1)]: "layer".repeat(1000),
    "embed/ships/first/index.html": "<h1>framed</h1>",
  };
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), content);
  }
  server = await serveFolder(folder, 0);
});

afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

describe("the local server", () => {
  it("compresses what can be made smaller, as hosts do, and leaves the rest and what is asked for in part as it is", async () => {
    const wasm = `${server.url}/machine/v86-fedcba9876543210.wasm`;
    const whole = await fetch(wasm);
    expect(whole.headers.get("content-encoding")).toMatch(/^(br|gzip)$/);
    expect(await whole.text()).toBe("wasm".repeat(1000));
    const part = await fetch(wasm, { headers: { range: "bytes=4-7", "accept-encoding": "gzip" } });
    expect([part.status, part.headers.get("content-encoding"), await part.text()]).toEqual([206, null, "wasm"]);
    const blob = await fetch(server.url + BLOB);
    expect([blob.headers.get("content-encoding"), await blob.text()]).toEqual([null, "layer".repeat(1000)]);
  });

  it.each([
    ["/", "text/html;charset=utf-8"],
    ["/learn/first/", "text/html;charset=utf-8"],
    ["/_astro/page.B9xQ1f3a.js", "text/javascript"],
    ["/monaco/worker.mjs", "text/javascript"],
    ["/machine/manifest.json", "application/json"],
    ["/machine/v86-0123456789abcdef.wasm", "application/wasm"],
    ["/machine/parts/0123456789abcdef0123456789abcdef.zst", "application/zstd"],
    ["/catalogue/index.json", "application/json"],
    [BLOB, "application/octet-stream"],
  ])("serves %s as %s", async (path, type) => {
    const response = await fetch(server.url + path);
    expect([response.status, response.headers.get("content-type")]).toEqual([200, type]);
  });

  it.each([
    "/_astro/page.B9xQ1f3a.js",
    "/machine/parts/0123456789abcdef0123456789abcdef.zst",
    "/machine/v86-0123456789abcdef.wasm",
    BLOB,
  ])("lets browsers keep %s for ever, because its name changes with its content", async (path) => {
    expect((await fetch(server.url + path)).headers.get("cache-control")).toMatch(/max-age=31536000, immutable/);
  });

  it.each(["/", "/learn/first/", "/machine/manifest.json", "/catalogue/index.json"])(
    "lets browsers keep %s only after asking",
    async (path) => {
      const response = await fetch(server.url + path);
      expect(response.headers.get("cache-control")).toBe("no-cache");
      const again = await fetch(server.url + path, {
        headers: { "if-none-match": response.headers.get("etag") ?? "" },
      });
      expect(again.status).toBe(304);
    },
  );

  it.each(["/", "/nowhere"])("sends a Content-Security-Policy with %s", async (path) => {
    expect((await fetch(server.url + path)).headers.get("content-security-policy")).toContain("'wasm-unsafe-eval'");
  });

  it("isolates the pages that run an app in the tab, and no other", async () => {
    const headersOf = async (path: string) => (await fetch(server.url + path)).headers;
    const isolated = await headersOf("/run-here/first/lesson/");
    expect(isolated.get("cross-origin-opener-policy")).toBe("same-origin");
    expect(isolated.get("cross-origin-embedder-policy")).toBe("require-corp");
    expect(isolated.get("content-security-policy")).toMatch(/connect-src 'self' https:\/\/stackblitz\.com;/);
    for (const path of ["/", "/learn/first/", "/nowhere"]) {
      const headers = await headersOf(path);
      expect(headers.get("cross-origin-embedder-policy")).toBeNull();
      expect(headers.get("content-security-policy")).not.toContain("stackblitz");
    }
  });

  it("lets a worker that an isolated page starts be isolated, too", async () => {
    const { headers } = await fetch(`${server.url}/_astro/page.B9xQ1f3a.js`);
    expect(headers.get("cross-origin-embedder-policy")).toBe("require-corp");
  });

  it.each([
    ["127.0.0.1", "localhost"],
    ["localhost", "127.0.0.1"],
  ])("lets pages on %s frame the bridge to previews from %s, and no other page of it", async (host, other) => {
    const policy = await policyFor("/", `${host}:${server.port}`);
    expect(policy).toContain(`frame-src 'self' blob: http://${other}:${server.port};`);
    expect(policy).toMatch(/frame-ancestors 'self'$/);
    const bridge = await policyFor("/preview/bridge/?v", `${host}:${server.port}`);
    expect(bridge).toMatch(new RegExp(`frame-ancestors 'self' http://${other}:${server.port}$`));
  });

  it("lets pages on another name frame nothing else", async () => {
    expect(await policyFor("/", "evil.example")).toMatch(/frame-src 'self' blob:;.*frame-ancestors 'self'$/);
  });

  it("lets the sites that the build names frame embedded pages, and the bridge to previews in them, and no other page", async () => {
    const built = await mkdtemp(join(tmpdir(), "drydock-server-"));
    await mkdir(join(built, "embed"));
    await writeFile(join(built, "embed/hosts.json"), '{"frame":["http://blog.example:3000"],"run":[]}');
    await using embedding = await serveFolder(built, 0);
    await rm(built, { recursive: true });
    const headers = async (path: string) => (await fetch(embedding.url + path)).headers;
    const embedded = await headers("/embed/ships/first/");
    expect(embedded.get("content-security-policy")).toMatch(/frame-ancestors 'self' http:\/\/blog\.example:3000$/);
    expect((await headers("/preview/bridge/")).get("content-security-policy")).toMatch(
      /frame-ancestors 'self' http:\/\/localhost:\d+ http:\/\/blog\.example:3000$/,
    );
    for (const path of ["/", "/learn/first/", "/run-here/first/lesson/", "/preview/window/"]) {
      expect((await headers(path)).get("content-security-policy")).toMatch(/frame-ancestors 'self'$/);
    }
  });

  it("lets nobody frame an embedded page where the build names nobody", async () => {
    const { headers } = await fetch(`${server.url}/embed/ships/first/`);
    expect(headers.get("content-security-policy")).toMatch(/frame-ancestors 'self'$/);
  });

  it("does not begin where it is not to be told who may frame what", async () => {
    const broken = await mkdtemp(join(tmpdir(), "drydock-server-"));
    await mkdir(join(broken, "embed"));
    await writeFile(join(broken, "embed/hosts.json"), '{"frame":["*"],"run":[]}');
    await expect(serveFolder(broken, 0)).rejects.toThrow("embed/hosts.json");
    await rm(broken, { recursive: true });
  });

  it("answers an unknown path with the site's own page and status 404", async () => {
    const response = await fetch(`${server.url}/nowhere`);
    expect([response.status, await response.text()]).toEqual([404, "<h1>lost</h1>"]);
  });

  it("answers with the asked range of a part", async () => {
    const response = await fetch(`${server.url}/machine/v86-0123456789abcdef.wasm`, {
      headers: { range: "bytes=1-2" },
    });
    expect([response.status, await response.text()]).toEqual([206, "as"]);
  });

  it("refuses to change anything", async () => {
    expect((await fetch(server.url, { method: "PUT", body: "x" })).status).toBe(405);
  });

  it("does not leave its folder", async () => {
    expect((await fetch(`${server.url}/..%2f..%2fetc/passwd`)).status).toBe(404);
  });

  it("names a taken port", async () => {
    await expect(serveFolder(folder, server.port)).rejects.toMatchObject({ code: "EADDRINUSE" });
  });
});

/** The policy for who asks by that name, which `fetch` would not send. */
async function policyFor(path: string, host: string): Promise<string | undefined> {
  const { promise, resolve, reject } = Promise.withResolvers<string | undefined>();
  get(server.url + path, { headers: { host } }, (response) => {
    response.resume();
    resolve(response.headers["content-security-policy"]?.toString());
  }).on("error", reject);
  return promise;
}
