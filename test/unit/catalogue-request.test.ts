import { describe, expect, test } from "vitest";
import { createRequestReader, RequestError } from "../../src/catalogue/request.ts";
import { readRoute } from "../../src/catalogue/route.ts";

const HOST = "Host: 192.168.86.1\r\n";

describe("a request", () => {
  test("is read however it is cut", async () => {
    const head = `GET /v2/ HTTP/1.1\r\n${HOST}Accept: a\r\naccept: b\r\n\r\n`;
    for (const size of [1, 3, 7, head.length]) {
      const reader = readerOf(head.match(new RegExp(`[^]{1,${size}}`, "g")) ?? []);
      expect(await reader.begins()).toBe(true);
      const { method, target, headers, keepsAlive } = await reader.read();
      expect({ method, target, keepsAlive, accept: headers.get("accept") }).toEqual({
        method: "GET",
        target: "/v2/",
        keepsAlive: true,
        accept: "a, b",
      });
      expect(await reader.begins()).toBe(false);
    }
  });

  test("may come before the last one is answered", async () => {
    const reader = readerOf([`GET /v2/ HTTP/1.1\r\n${HOST}\r\nHEAD /v2/_cat`, `alog HTTP/1.1\r\n${HOST}\r\n`]);
    expect((await reader.read()).target).toBe("/v2/");
    expect(await reader.begins()).toBe(true);
    expect(await reader.read()).toMatchObject({ method: "HEAD", target: "/v2/_catalog" });
  });

  test.each([
    ["HTTP/1.1", "Connection: keep-alive, Close\r\n", false],
    ["HTTP/1.1", "", true],
    ["HTTP/1.0", "", false],
  ])("of %s with “%s” keeps the connection: %s", async (version, field, keepsAlive) => {
    expect((await readerOf([`GET / ${version}\r\n${HOST}${field}\r\n`]).read()).keepsAlive).toBe(keepsAlive);
  });

  test.each([
    ["no HTTP", "\x16\x03\x01\x02\x00\r\n\r\n", 400],
    ["an empty line first", `\r\nGET / HTTP/1.1\r\n${HOST}\r\n`, 400],
    ["HTTP/2's greeting", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505],
    ["two spaces", `GET  / HTTP/1.1\r\n${HOST}\r\n`, 400],
    ["a line feed in the path", `GET /a\nb HTTP/1.1\r\n${HOST}\r\n`, 400],
    ["bytes beyond ASCII in the path", `GET /\u00e9 HTTP/1.1\r\n${HOST}\r\n`, 400],
    ["an absolute address", `GET http://x/v2/ HTTP/1.1\r\n${HOST}\r\n`, 400],
    ["another method", `POST /v2/ HTTP/1.1\r\n${HOST}\r\n`, 405],
    ["a tunnel", `CONNECT example.com:443 HTTP/1.1\r\n${HOST}\r\n`, 405],
    ["a body", `GET / HTTP/1.1\r\n${HOST}Content-Length: 5\r\n\r\nhello`, 413],
    ["a body in chunks", `GET / HTTP/1.1\r\n${HOST}Transfer-Encoding: chunked\r\n\r\n`, 413],
    ["two lengths", `GET / HTTP/1.1\r\n${HOST}Content-Length: 0\r\nContent-Length: 5\r\n\r\n`, 400],
    ["a length that is none", `GET / HTTP/1.1\r\n${HOST}Content-Length: +0\r\n\r\n`, 413],
    ["no host", "GET / HTTP/1.1\r\n\r\n", 400],
    ["two hosts", `GET / HTTP/1.1\r\n${HOST}${HOST}\r\n`, 400],
    ["a folded line", `GET / HTTP/1.1\r\n${HOST}X: a\r\n b\r\n\r\n`, 400],
    ["a space before the colon", `GET / HTTP/1.1\r\n${HOST}X : a\r\n\r\n`, 400],
    ["a bare carriage return", `GET / HTTP/1.1\r\n${HOST}X: a\rY: b\r\n\r\n`, 400],
    ["a NUL", `GET / HTTP/1.1\r\n${HOST}X: a\0\r\n\r\n`, 400],
    ["a line without a colon", `GET / HTTP/1.1\r\n${HOST}nothing\r\n\r\n`, 400],
    ["an end in the middle", `GET / HTTP/1.1\r\n${HOST}`, 400],
    ["a head without end", `GET / HTTP/1.1\r\n${`X: ${"a".repeat(500)}\r\n`.repeat(20)}`, 431],
    ["a head that is too long", `GET /${"a".repeat(9000)} HTTP/1.1\r\n${HOST}\r\n`, 431],
  ])("with %s is refused", async (_, sent, status) => {
    const error = await readerOf([sent])
      .read()
      .then(
        () => undefined,
        (reason: unknown) => reason,
      );
    expect(error).toBeInstanceOf(RequestError);
    expect(error).toMatchObject({ status });
  });

  test("that never ends holds no more than a head may have", async () => {
    let sent = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += 1000;
        controller.enqueue(new Uint8Array(1000).fill(97));
      },
    });
    await expect(createRequestReader(endless).read()).rejects.toMatchObject({ status: 431 });
    expect(sent).toBeLessThan(12_000);
  });
});

describe("a path", () => {
  const digest = `sha256:${"0".repeat(64)}`;

  test.each([
    ["/v2/", { kind: "version" }],
    ["/v2", { kind: "version" }],
    ["/v2/_catalog", { kind: "catalog", page: { count: Infinity, last: undefined } }],
    ["/v2/a/b/tags/list?n=2&last=x", { kind: "tags", repository: "a/b", page: { count: 2, last: "x" } }],
    [
      "/v2/library/nginx/manifests/1.26?ns=docker.io",
      { kind: "manifest", repository: "library/nginx", reference: "1.26" },
    ],
    [`/v2/library/nginx/manifests/${digest}`, { kind: "manifest", repository: "library/nginx", reference: digest }],
    [`/v2/tags/list/blobs/${digest}`, { kind: "blob", repository: "tags/list", digest }],
  ])("%s is understood", (target, route) => {
    expect(readRoute(target)).toEqual(route);
  });

  test.each([
    "/",
    "/v1/",
    "/v2/library/nginx",
    "/v2/library/nginx/manifests/",
    "/v2/library/nginx/manifests/../../x",
    "/v2/../../etc/passwd/manifests/latest",
    "/v2/library//nginx/manifests/latest",
    "/v2/Library/nginx/manifests/latest",
    "/v2/library/nginx%2f..%2f/manifests/latest",
    "/v2/library/nginx/manifests/latest?ns=quay.io",
    "/v2/library/nginx/manifests/.hidden",
    `/v2/library/nginx/manifests/${"a".repeat(129)}`,
    `/v2/${"a/".repeat(200)}a/manifests/latest`,
    "/v2/library/nginx/blobs/latest",
    `/v2/library/nginx/blobs/sha256:${"0".repeat(63)}`,
    `/v2/library/nginx/blobs/sha256:${"A".repeat(64)}`,
    `/v2/library/nginx/blobs/sha512:${"0".repeat(128)}`,
    `/v2/library/nginx/blobs/${digest}/x`,
    "/v2/library/nginx/blobs/uploads/",
    "/index.json",
  ])("%s is unknown", (target) => {
    expect(readRoute(target)).toEqual({ kind: "unknown" });
  });

  test("that looks like a name for long is read in no time", () => {
    const start = performance.now();
    readRoute(`/v2/${"a-".repeat(4000)}!/manifests/latest`);
    readRoute(`/v2/${"a".repeat(8000)}/manifests/latest`);
    expect(performance.now() - start).toBeLessThan(100);
  });
});

function readerOf(pieces: readonly string[]) {
  return createRequestReader(
    new ReadableStream({
      start(controller) {
        for (const piece of pieces) controller.enqueue(new Uint8Array(Buffer.from(piece, "latin1")));
        controller.close();
      },
    }),
  );
}
