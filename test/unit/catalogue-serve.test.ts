import { afterEach, describe, expect, test, vi } from "vitest";
import { createCatalogueServer } from "../../src/catalogue/serve.ts";
import { createCatalogueStore } from "../../src/catalogue/store.ts";
import type { OutOfReach } from "../../src/machine/contract.ts";
import { createMemoryConnection } from "../engine/unit/memory-connection.ts";
import { broken, CATALOGUE_URL, createFakeSite, patterned } from "./catalogue-fakes.ts";

const layer = patterned(5500);

afterEach(() => {
  vi.useRealTimers();
});

describe("a pull", () => {
  test("finds the version, the manifest by tag and by digest, and the blobs", async () => {
    const { ask, manifest, digest } = serving();
    expect((await ask("GET /v2/")).status).toBe(200);
    const byTag = await ask("HEAD /v2/library/nginx/manifests/1?ns=docker.io");
    expect(byTag).toMatchObject({ status: 200, body: "" });
    expect(byTag.headers).toMatchObject({
      "docker-content-digest": manifest,
      "content-type": "application/vnd.oci.image.manifest.v1+json",
    });
    const byDigest = await ask(`GET /v2/library/nginx/manifests/${manifest}`);
    expect(byDigest.headers["content-length"]).toBe(byTag.headers["content-length"]);
    expect(JSON.parse(byDigest.body)).toMatchObject({ schemaVersion: 2, layers: [{ digest }] });
    const blob = await ask(`GET /v2/library/nginx/blobs/${digest}`);
    expect(blob.headers).toMatchObject({ "content-length": "5500", "docker-content-digest": digest });
    expect(blob.body).toBe(Buffer.from(layer).toString("latin1"));
    const head = await ask(`HEAD /v2/library/nginx/blobs/${digest}`);
    expect(head).toMatchObject({ status: 200, body: "" });
    expect(head.headers["content-length"]).toBe("5500");
  });

  test.each([
    ["bytes=5000-", 206, 5000, 5500],
    ["bytes=0-0", 206, 0, 1],
    ["bytes=100-2999", 206, 100, 3000],
    ["bytes=5000-99999", 206, 5000, 5500],
    ["bytes=0-1,5-6", 200, 0, 5500],
    ["bytes=9-1", 200, 0, 5500],
    ["bytes=-5", 200, 0, 5500],
    ["lines=1-2", 200, 0, 5500],
  ])("of %s is answered with %i", async (range, status, from, to) => {
    const { ask, digest } = serving();
    const { body, headers, ...answer } = await ask(`GET /v2/library/nginx/blobs/${digest}`, `Range: ${range}\r\n`);
    expect(answer.status).toBe(status);
    expect(body).toBe(Buffer.from(layer.subarray(from, to)).toString("latin1"));
    expect(headers["content-range"]).toBe(status === 206 ? `bytes ${from}-${to - 1}/5500` : undefined);
  });

  test("beyond the end is refused", async () => {
    const { ask, digest } = serving();
    const answer = await ask(`GET /v2/library/nginx/blobs/${digest}`, "Range: bytes=5500-\r\n");
    expect(answer.status).toBe(416);
    expect(answer.headers["content-range"]).toBe("bytes */5500");
  });

  test("goes on over one connection until the peer wants no more", async () => {
    const { connect, digest } = serving();
    const peer = connect();
    peer.send(`GET /v2/ HTTP/1.1\r\nHost: x\r\n\r\nHEAD /v2/library/nginx/blobs/${digest} HTTP/1.1\r\nHost: x\r\n\r\n`);
    await peer.sends("Content-Length: 5500");
    expect(peer.isFinished()).toBe(false);
    peer.send("GET /v2/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    await peer.sends("Connection: close");
    await vi.waitFor(() => {
      expect(peer.isFinished()).toBe(true);
    });
  });

  test("sees a layer arrive before all of it is there", async () => {
    const { connect, digest, site, ask } = serving();
    await ask("GET /v2/library/nginx/manifests/1");
    let push: (bytes: Uint8Array<ArrayBuffer>) => void = () => undefined;
    const slow = new ReadableStream<Uint8Array<ArrayBuffer>>({
      start: (controller) => {
        push = (bytes) => {
          controller.enqueue(bytes);
        };
      },
    });
    site.instead.push(new Response(slow));
    const peer = connect();
    peer.send(`GET /v2/library/nginx/blobs/${digest} HTTP/1.1\r\nHost: x\r\n\r\n`);
    push(layer.slice(0, 1500));
    await peer.sends(Buffer.from(layer.subarray(1000, 1500)).toString("latin1"));
    push(layer.slice(1500));
    await peer.sends(Buffer.from(layer.subarray(4000)).toString("latin1"));
  });
});

describe("what goes wrong", () => {
  test("in the middle of a layer breaks the connection, and is told", async () => {
    const { connect, digest, site, told, ask } = serving();
    await ask("GET /v2/library/nginx/manifests/1");
    site.instead.push(new Response(broken(layer.slice(0, 2000))), ...offline());
    const peer = connect();
    peer.send(`GET /v2/library/nginx/blobs/${digest} HTTP/1.1\r\nHost: x\r\n\r\n`);
    await vi.waitFor(() => {
      expect(peer.isAborted()).toBe(true);
    });
    expect(peer.sent()).toContain("Content-Length: 5500");
    expect(bodyOf(peer.sent()).length).toBeLessThan(5500);
    expect(told).toMatchObject([{ kind: "catalogue", image: "nginx", error: { code: "download-failed" } }]);
  });

  test("with the content of a layer breaks the connection before its last byte", async () => {
    const { connect, digest, site, ask } = serving();
    await ask("GET /v2/library/nginx/manifests/1");
    const wrong = new Blob([layer.slice(0, 3000), new Uint8Array(2500)]).stream();
    site.instead.push(new Response(wrong));
    const peer = connect();
    peer.send(`GET /v2/library/nginx/blobs/${digest} HTTP/1.1\r\nHost: x\r\n\r\n`);
    await vi.waitFor(() => {
      expect(peer.isAborted()).toBe(true);
    });
    expect(bodyOf(peer.sent()).length).toBeLessThan(5500);
  });

  test("before a layer has begun is answered as such", async () => {
    const { ask, digest, site, told } = serving();
    await ask("GET /v2/library/nginx/manifests/1");
    site.instead.push(...offline());
    const answer = await ask(`GET /v2/library/nginx/blobs/${digest}`);
    expect(answer.status).toBe(503);
    expect(JSON.parse(answer.body)).toMatchObject({ errors: [{ code: "UNAVAILABLE" }] });
    expect(told).toHaveLength(1);
  });

  test("with the whole catalogue is answered as such", async () => {
    const { ask, site, told } = serving();
    site.files.delete(CATALOGUE_URL.href);
    expect((await ask("GET /v2/library/nginx/manifests/1")).status).toBe(503);
    expect(told).toMatchObject([{ kind: "catalogue", image: "nginx:1" }]);
  });

  test("with the guest ends the download, and is told to nobody", async () => {
    const { connect, digest, site, told, ask } = serving();
    await ask("GET /v2/library/nginx/manifests/1");
    const endless = new ReadableStream<Uint8Array<ArrayBuffer>>({
      start(controller) {
        controller.enqueue(layer.slice(0, 100));
      },
    });
    site.instead.push(new Response(endless));
    const peer = connect();
    peer.send(`GET /v2/library/nginx/blobs/${digest} HTTP/1.1\r\nHost: x\r\n\r\n`);
    await peer.sends("Content-Length: 5500");
    peer.reset();
    await vi.waitFor(() => {
      expect(site.requests.at(-1)?.signal?.aborted).toBe(true);
    });
    expect(told).toEqual([]);
  });
});

describe("what the catalogue does not have", () => {
  test.each([
    ["a repository", "/v2/library/alpine/manifests/3", { repository: "alpine", reference: "3" }],
    ["a tag", "/v2/library/nginx/manifests/2", { repository: "nginx", reference: "2" }],
    ["a repository of somebody", "/v2/me/app/manifests/latest", { repository: "me/app", reference: "latest" }],
  ])("is answered with 404 and told: %s", async (_, path, wanted) => {
    const { ask, told } = serving();
    const answer = await ask(`GET ${path}`);
    expect(answer.status).toBe(404);
    expect(JSON.parse(answer.body)).toMatchObject({ errors: [{ code: "MANIFEST_UNKNOWN" }] });
    expect(told).toEqual([{ kind: "image", ...wanted, catalogue: [{ repository: "nginx", tags: ["1"] }] }]);
  });

  test("is not given although the site has it", async () => {
    const { ask, site } = serving();
    const stray = site.put(patterned(77)).digest;
    for (const path of [
      `/v2/library/nginx/blobs/${stray}`,
      `/v2/library/nginx/manifests/${stray}`,
      "/v2/library/nginx/../../index.json",
      "/index.json",
    ]) {
      expect((await ask(`GET ${path}`)).status).toBe(404);
    }
    expect(site.requests.filter(({ url }) => url.includes(stray.slice(7)))).toEqual([]);
  });

  test("is not given from another repository", async () => {
    const { ask, digest, site } = serving();
    site.addImage("library/redis:7", patterned(9));
    expect((await ask(`GET /v2/library/redis/blobs/${digest}`)).status).toBe(404);
  });
});

describe("lists", () => {
  test("have all tags and repositories, sorted, in parts when asked for", async () => {
    const { ask, site } = serving();
    for (const name of ["library/nginx:1.26", "library/nginx:latest", "library/busybox:1"]) site.addImage(name);
    expect(JSON.parse((await ask("GET /v2/library/nginx/tags/list")).body)).toEqual({
      name: "library/nginx",
      tags: ["1", "1.26", "latest"],
    });
    expect(JSON.parse((await ask("GET /v2/_catalog")).body)).toEqual({
      repositories: ["library/busybox", "library/nginx"],
    });
    const first = await ask("GET /v2/library/nginx/tags/list?n=2");
    expect(JSON.parse(first.body)).toMatchObject({ tags: ["1", "1.26"] });
    expect(first.headers.link).toBe('</v2/library/nginx/tags/list?n=2&last=1.26>; rel="next"');
    const second = await ask("GET /v2/library/nginx/tags/list?n=2&last=1.26");
    expect(JSON.parse(second.body)).toMatchObject({ tags: ["latest"] });
    expect(second.headers.link).toBeUndefined();
    expect((await ask("GET /v2/library/none/tags/list")).status).toBe(404);
  });
});

describe("a peer", () => {
  test.each([
    ["POST /v2/library/nginx/blobs/uploads/ HTTP/1.1\r\nHost: x\r\n\r\n", 405],
    ["GET /v2/ HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nsmuggled!", 413],
    ["\x16\x03\x01\r\n\r\n", 400],
  ])("that sends %j is refused, and gets nothing more", async (sent, status) => {
    const { connect } = serving();
    const peer = connect();
    peer.send(`${sent}GET /v2/ HTTP/1.1\r\nHost: x\r\n\r\n`);
    await vi.waitFor(() => {
      expect(peer.isFinished()).toBe(true);
    });
    expect(peer.sent().match(/HTTP\/1\.1 \d+/g)).toEqual([`HTTP/1.1 ${status}`]);
  });

  test("that says nothing is dropped after a while, and one that never ends its request sooner", async () => {
    vi.useFakeTimers();
    const { connect } = serving();
    const silent = connect();
    await vi.advanceTimersByTimeAsync(59_000);
    expect(silent.isAborted()).toBe(false);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(silent.isAborted()).toBe(true);
    const slow = connect();
    slow.send("GET /v2/ HTT");
    await vi.advanceTimersByTimeAsync(21_000);
    expect(slow.isAborted()).toBe(true);
  });
});

function serving() {
  const site = createFakeSite();
  const { manifest, layers } = site.addImage("library/nginx:1", layer);
  const told: OutOfReach[] = [];
  const serve = createCatalogueServer({
    store: createCatalogueStore({ catalogueUrl: CATALOGUE_URL, fetch: site.fetch, retryPausesMs: [1, 1] }),
    tell: (wanted) => told.push(wanted),
  });
  const connect = () => {
    const peer = createMemoryConnection();
    serve(peer.connection);
    return peer;
  };
  /** One request over a connection of its own. */
  const ask = async (line: string, fields = "") => {
    const peer = connect();
    peer.send(`${line} HTTP/1.1\r\nHost: 192.168.86.1\r\n${fields}Connection: close\r\n\r\n`);
    await vi.waitFor(() => {
      expect(peer.isFinished()).toBe(true);
    });
    const [head = ""] = peer.sent().split("\r\n\r\n");
    const [statusLine = "", ...lines] = head.split("\r\n");
    const headers: Readonly<Record<string, string>> = Object.fromEntries(
      lines.map((each) => {
        const colon = each.indexOf(":");
        return [each.slice(0, colon).toLowerCase(), each.slice(colon + 1).trim()];
      }),
    );
    return { status: Number(statusLine.split(" ")[1]), headers, body: bodyOf(peer.sent()) };
  };
  return { site, told, connect, ask, manifest, digest: layers[0] ?? "" };
}

function bodyOf(sent: string): string {
  return sent.slice(sent.indexOf("\r\n\r\n") + 4);
}

function offline(): Error[] {
  return Array.from({ length: 3 }, () => new TypeError("network"));
}
