import { describe, expect, test, vi } from "vitest";
import { createEngine } from "../../../src/engine/create-engine.ts";
import { fetchPort } from "../fetch-port.ts";
import { compareVersions, negotiateVersion } from "../../../src/engine/version.ts";
import { createMemoryConnection, type MemoryConnection } from "./memory-connection.ts";

describe("the API version", () => {
  test.each([
    ["1.41", "1.41"],
    ["1.44", "1.44"],
    ["1.45", "1.45"],
    ["1.51", "1.45"],
    ["1.100", "1.45"],
    ["2.0", "1.45"],
  ])("an engine that offers %s is spoken to in %s", (offered, spoken) => {
    expect(negotiateVersion(offered)).toBe(spoken);
  });

  test("an engine that is too old is named with what is needed", () => {
    expect(() => negotiateVersion("1.40")).toThrow("This Docker Engine speaks API 1.40; at least 1.41 is needed.");
  });

  test.each([null, "", "one"])("what answers %j is no Docker Engine", (offered) => {
    expect(() => negotiateVersion(offered)).toThrow(expect.objectContaining({ code: "unexpected-answer" }) as Error);
  });

  test("is compared by number", () => {
    expect(compareVersions("1.9", "1.41")).toBeLessThan(0);
    expect(compareVersions("1.45", "1.45")).toBe(0);
  });

  test("is asked once for calls that come together, and prefixes each", async () => {
    const { dialer, requests } = scripted(ping, json([]), json([]), json([]));
    const engine = createEngine(dialer);
    await Promise.all([engine.images.list(), engine.containers.list()]);
    await engine.images.list();
    expect(requests().toSorted()).toEqual([
      "GET /_ping HTTP/1.1",
      "GET /v1.45/containers/json HTTP/1.1",
      "GET /v1.45/images/json HTTP/1.1",
      "GET /v1.45/images/json HTTP/1.1",
    ]);
  });

  test("is asked again after the engine was not there", async () => {
    const { dialer } = scripted("HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n", ping, json([]));
    const engine = createEngine(dialer);
    await expect(engine.images.list()).rejects.toMatchObject({ code: "engine-failed" });
    expect(await engine.images.list()).toEqual([]);
  });

  test("one caller giving up does not take it from the others", async () => {
    const { dialer } = scripted(ping, json([]), json([]));
    const engine = createEngine(dialer);
    const control = new AbortController();
    const impatient = engine.images.list({ signal: control.signal });
    const patient = engine.containers.list();
    control.abort();
    await expect(impatient).rejects.toMatchObject({ code: "cancelled" });
    expect(await patient).toEqual([]);
  });
});

describe("a refusal", () => {
  test.each([
    [400, "invalid-request"],
    [403, "forbidden"],
    [404, "not-found"],
    [409, "conflict"],
    [500, "engine-failed"],
  ])("of status %i has the code %s and Docker's own message", async (status, code) => {
    const { dialer } = scripted(ping, json({ message: "Docker's words" }, status));
    const refusal = createEngine(dialer).containers.inspect("web");
    await expect(refusal).rejects.toMatchObject({ name: "EngineError", code, status, message: "Docker's words" });
  });

  test("that is not JSON is told as it came, or by its reason", async () => {
    const { dialer } = scripted(ping, "HTTP/1.1 502 Bad Gateway\r\nContent-Length: 5\r\n\r\noops\n", ping);
    await expect(createEngine(dialer).images.list()).rejects.toThrow("oops");
    const bare = scripted(ping, "HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n");
    await expect(createEngine(bare.dialer).images.list()).rejects.toThrow("Bad Gateway");
  });
});

describe("an answer", () => {
  test("that lacks what the API promises is named with the field", async () => {
    const { dialer } = scripted(ping, json([{ Id: "abc", Names: "web" }]));
    const listing = createEngine(dialer).containers.list();
    await expect(listing).rejects.toMatchObject({ code: "unexpected-answer" });
    await expect(listing).rejects.toThrow("GET /containers/json answered something unexpected at “0.");
  });

  test("keeps fields we do not know, and has empty lists for null", async () => {
    const image = { Id: "sha256:1", ParentId: "", RepoTags: null, RepoDigests: [], Created: 1, Size: 2, Labels: null };
    const { dialer } = scripted(ping, json([{ ...image, Later: "addition" }]));
    expect(await createEngine(dialer).images.list()).toEqual([
      { ...image, RepoTags: [], Labels: {}, Later: "addition" },
    ]);
  });

  test("that is no JSON is refused", async () => {
    const { dialer } = scripted(ping, "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n<html>");
    await expect(createEngine(dialer).images.list()).rejects.toMatchObject({ code: "malformed-answer" });
  });
});

describe("a call", () => {
  test("encodes names and filters", async () => {
    const { dialer, requests } = scripted(ping, json([]), json({ message: "no" }, 404));
    const engine = createEngine(dialer);
    await engine.containers.list({ all: true, filters: { label: ["a=b&c"] } });
    await expect(engine.images.inspect("a/b:c?d#e")).rejects.toThrow("no");
    expect(requests().slice(1)).toEqual([
      "GET /v1.45/containers/json?all=true&filters=%7B%22label%22%3A%5B%22a%3Db%26c%22%5D%7D HTTP/1.1",
      "GET /v1.45/images/a%2Fb%3Ac%3Fd%23e/json HTTP/1.1",
    ]);
  });

  test("gives up at its deadline, also within the answer, and drops the connection", async () => {
    vi.useFakeTimers();
    try {
      const { dialer, connections } = scripted(ping, "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n[");
      const listing = createEngine(dialer).images.list({ timeoutMs: 3000 });
      const outcome = expect(listing).rejects.toThrow("GET /images/json got no answer within 3 s.");
      await vi.advanceTimersByTimeAsync(2999);
      expect(connections.at(-1)?.isAborted()).toBe(false);
      await vi.advanceTimersByTimeAsync(1);
      await outcome;
      expect(connections.at(-1)?.isAborted()).toBe(true);
    } finally {
      vi.useRealTimers();
    }
  });

  test("has no deadline once a stream has begun", async () => {
    vi.useFakeTimers();
    try {
      const { dialer, connections } = scripted(ping, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
      const events = await createEngine(dialer).system.events({ timeoutMs: 1000 });
      const next = events.next();
      await vi.advanceTimersByTimeAsync(3_600_000);
      const event = `${JSON.stringify({ Type: "image", Action: "tag", Actor: { ID: "1" }, time: 1, timeNano: 1 })}\n`;
      connections.at(-1)?.send(`${event.length.toString(16)}\r\n${event}\r\n`);
      expect((await next).value).toMatchObject({ Action: "tag", Actor: { ID: "1", Attributes: {} } });
    } finally {
      vi.useRealTimers();
    }
  });

  test("frees a connection that is dialled after it was given up", async () => {
    const late = createMemoryConnection();
    const dialled = Promise.withResolvers<MemoryConnection>();
    const control = new AbortController();
    const engine = createEngine({ dial: async () => (await dialled.promise).connection });
    const ping = engine.system.ping({ signal: control.signal });
    control.abort();
    await expect(ping).rejects.toMatchObject({ code: "cancelled" });
    dialled.resolve(late);
    await vi.waitFor(() => {
      expect(late.isAborted()).toBe(true);
    });
  });

  test("says so when nothing listens, and keeps the cause", async () => {
    const cause = new Error("refused");
    const engine = createEngine({ dial: () => Promise.reject(cause) });
    await expect(engine.system.ping()).rejects.toMatchObject({ code: "unreachable", cause });
  });
});

describe("asking a published port", () => {
  test("every status is an answer", async () => {
    const { dialer, requests } = scripted("HTTP/1.0 500 Oh no\r\nContent-Type: text/plain\r\n\r\nbroken");
    const options = { method: "POST", path: "/x", body: new TextEncoder().encode("data") };
    const response = await fetchPort(dialer, 8080, options);
    expect(response).toMatchObject({ status: 500, reason: "Oh no" });
    expect(response.text()).toBe("broken");
    expect(response.headers.get("content-type")).toBe("text/plain");
    expect(requests()).toEqual(["POST /x HTTP/1.1"]);
  });

  test("a server that never answers is given up", async () => {
    const { dialer } = scripted("");
    await expect(fetchPort(dialer, 8080, { timeoutMs: 20 })).rejects.toMatchObject({ code: "timeout" });
  });
});

const ping = "HTTP/1.1 200 OK\r\nApi-Version: 1.47\r\nContent-Length: 2\r\n\r\nOK";

function json(value: unknown, status = 200): string {
  const body = JSON.stringify(value);
  return `HTTP/1.1 ${String(status)} x\r\nContent-Length: ${String(body.length)}\r\n\r\n${body}`;
}

/** A dialer whose connections answer these texts in turn. One of HTTP/1.0 is ended after it. */
function scripted(...answers: string[]) {
  const connections: MemoryConnection[] = [];
  return {
    connections,
    requests: () => connections.map((connection) => connection.sent().split("\r\n")[0] ?? ""),
    dialer: {
      dial() {
        const peer = createMemoryConnection();
        const answer = answers[connections.length];
        if (answer === undefined) return Promise.reject(new Error("No more answers."));
        connections.push(peer);
        if (answer !== "") peer.send(answer);
        if (answer.startsWith("HTTP/1.0")) peer.end();
        return Promise.resolve(peer.connection);
      },
    },
  };
}
