// Over 250 lines because it is one table of messages, good and malformed, for one function.
import { describe, expect, test } from "vitest";
import { exchange, type HttpResponse } from "../../../src/engine/http/exchange.ts";
import { readAll } from "../../../src/engine/http/read-all.ts";
import type { HttpRequest } from "../../../src/engine/http/request.ts";
import { streamOf } from "../stream-of.ts";
import { createMemoryConnection, type MemoryConnection } from "./memory-connection.ts";

const KIBIBYTE = 1024;

describe("reading an answer", () => {
  const answers: Record<string, { wire: string; body: string; ends?: boolean }> = {
    "a fixed length": { wire: "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello", body: "hello" },
    "equal lengths given twice": {
      wire: "HTTP/1.1 200 OK\r\nContent-Length: 5\r\ncontent-length: 5\r\n\r\nhello",
      body: "hello",
    },
    "an empty body": { wire: "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", body: "" },
    chunks: {
      wire: "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n6;note=1\r\n world\r\n0\r\n\r\n",
      body: "hello world",
    },
    "chunks and trailers": {
      wire: "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nA\r\n0123456789\r\n0\r\nX-Sum: 45\r\n\r\n",
      body: "0123456789",
    },
    "chunks, ignoring a length beside them": {
      wire: "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
      body: "abc",
    },
    "until the connection closes": {
      wire: "HTTP/1.0 200 OK\r\nServer: x\r\n\r\nall of it",
      body: "all of it",
      ends: true,
    },
    "after interim answers": {
      wire: "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok",
      body: "ok",
    },
    "lines that end in a bare line feed": { wire: "HTTP/1.1 200 OK\nContent-Length: 2\n\nok", body: "ok" },
    "a folded field": { wire: "HTTP/1.1 200 OK\r\nX: a\r\n  b\r\nContent-Length: 2\r\n\r\nok", body: "ok" },
    "no content": { wire: "HTTP/1.1 204 No Content\r\n\r\n", body: "" },
    "not modified, whose length is not its own": {
      wire: "HTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\n\r\n",
      body: "",
    },
    "a status line without a reason": { wire: "HTTP/1.1 200\r\nContent-Length: 2\r\n\r\nok", body: "ok" },
  };

  for (const [name, { wire, body, ends = false }] of Object.entries(answers)) {
    test(`takes ${name}, wherever the pieces part`, async () => {
      for (let cut = 0; cut <= wire.length; cut++) {
        const peer = createMemoryConnection();
        const response = ask(peer);
        if (cut > 0) peer.send(wire.slice(0, cut));
        await Promise.resolve();
        if (cut < wire.length) peer.send(wire.slice(cut));
        if (ends) peer.end();
        expect(await textOf(await response)).toBe(body);
      }
    });

    test(`takes ${name} byte by byte`, async () => {
      const peer = createMemoryConnection();
      for (const byte of wire) peer.send(byte);
      if (ends) peer.end();
      expect(await textOf(await ask(peer))).toBe(body);
      expect(peer.isFinished()).toBe(true);
    });
  }

  test("gives status, reason and fields", async () => {
    const peer = createMemoryConnection();
    peer.send("HTTP/1.1 404 Not Found\r\nApi-Version:1.45 \r\nX: a\r\nx: b\r\nContent-Length: 0\r\n\r\n");
    const { status, reason, headers } = await ask(peer);
    expect({ status, reason }).toEqual({ status: 404, reason: "Not Found" });
    expect(headers.get("API-VERSION")).toBe("1.45");
    expect(headers.get("x")).toBe("a, b");
  });

  test("gives trailers once the body is read", async () => {
    const peer = createMemoryConnection();
    peer.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\nX-Sum: 7\r\n\r\n");
    const response = await ask(peer);
    expect(response.trailers().get("x-sum")).toBeNull();
    await textOf(response);
    expect(response.trailers().get("x-sum")).toBe("7");
  });

  test("reads no body after HEAD", async () => {
    const peer = createMemoryConnection();
    peer.send("HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n");
    expect(await textOf(await ask(peer, { method: "HEAD" }))).toBe("");
  });

  test("hands over body bytes before the body is complete", async () => {
    const peer = createMemoryConnection();
    peer.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhel");
    const reader = (await ask(peer)).body.getReader();
    expect(Buffer.from((await reader.read()).value ?? []).toString()).toBe("hel");
  });
});

describe("refusing an answer", () => {
  const heads: Record<string, string> = {
    "another protocol": "SSH-2.0-OpenSSH_9.2\r\n\r\n",
    "another version": "HTTP/2.0 200 OK\r\n\r\n",
    "a status of two digits": "HTTP/1.1 20 OK\r\n\r\n",
    "space before a colon": "HTTP/1.1 200 OK\r\nContent-Length : 3\r\n\r\nabc",
    "a line without a colon": "HTTP/1.1 200 OK\r\nnonsense\r\n\r\n",
    "a folded line with nothing before it": "HTTP/1.1 200 OK\r\n X: 1\r\n\r\n",
    "a carriage return within a value": "HTTP/1.1 200 OK\r\nX: a\rb\r\n\r\n",
    "a zero byte in a value": "HTTP/1.1 200 OK\r\nX: a\0b\r\n\r\n",
    "two lengths that differ": "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd",
    "a negative length": "HTTP/1.1 200 OK\r\nContent-Length: -3\r\n\r\nabc",
    "a length beyond all numbers": "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\nabc",
    "a coding it did not ask for": "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n",
    "a head that is too long": `HTTP/1.1 200 OK\r\n${`X: ${"a".repeat(KIBIBYTE)}\r\n`.repeat(70)}\r\n`,
    "a line that is too long": `HTTP/1.1 200 OK\r\nX: ${"a".repeat(70 * KIBIBYTE)}`,
  };
  for (const [name, wire] of Object.entries(heads)) {
    test(`refuses ${name} and drops the connection`, async () => {
      const peer = createMemoryConnection();
      peer.send(wire);
      await expect(ask(peer)).rejects.toMatchObject({ name: "EngineError", code: "malformed-answer" });
      expect(peer.isAborted()).toBe(true);
    });
  }

  const bodies: Record<string, string> = {
    "a chunk size that is no number": "xyz\r\n",
    "a negative chunk size": "-1\r\n",
    "an empty chunk size": "\r\n",
    "a chunk size beyond all numbers": `${"f".repeat(20)}\r\nabc`,
    "a chunk line without end": "1".repeat(2 * KIBIBYTE),
    "a chunk longer than it says": "3\r\nabcd\r\n0\r\n\r\n",
    "trailers that are too long": `0\r\n${`X: ${"a".repeat(KIBIBYTE)}\r\n`.repeat(20)}\r\n`,
  };
  for (const [name, wire] of Object.entries(bodies)) {
    test(`refuses ${name} and drops the connection`, async () => {
      const peer = createMemoryConnection();
      peer.send(`HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n${wire}`);
      await expect(ask(peer).then(textOf)).rejects.toMatchObject({ code: "malformed-answer" });
      expect(peer.isAborted()).toBe(true);
    });
  }

  const cutShort: Record<string, string> = {
    nothing: "",
    "half a status line": "HTTP/1.1 2",
    "half a head": "HTTP/1.1 200 OK\r\nX: 1\r\n",
    "half a fixed body": "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhel",
    "half a chunk": "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhel",
    "chunks without the last": "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n",
    "half the trailers": "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nX: 1\r\n",
  };
  for (const [name, wire] of Object.entries(cutShort)) {
    for (const how of ["end", "reset"] as const) {
      test(`says that the connection was lost when the peer sends ${name} and ${how}s`, async () => {
        const peer = createMemoryConnection();
        const text = ask(peer).then(textOf);
        if (wire !== "") peer.send(wire);
        // A reset discards what is unread.
        await new Promise((resolve) => setImmediate(resolve));
        peer[how]();
        await expect(text).rejects.toMatchObject({ code: "connection-lost" });
      });
    }
  }
});

describe("sending a request", () => {
  test("sends the head and a body with its length", async () => {
    const peer = createMemoryConnection();
    peer.send("HTTP/1.1 204 No Content\r\n\r\n");
    await ask(peer, { method: "POST", target: "/a?b=c", headers: { X: "1" }, body: Buffer.from("hello") });
    expect(peer.sent()).toBe(
      "POST /a?b=c HTTP/1.1\r\nHost: test\r\nX: 1\r\nConnection: close\r\nContent-Length: 5\r\n\r\nhello",
    );
  });

  test("sends a stream in chunks and leaves empty pieces out", async () => {
    const peer = createMemoryConnection();
    const pending = ask(peer, { method: "PUT", body: streamOf("ab", "", "0123456789abcdef") });
    await peer.sends("0\r\n\r\n");
    peer.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
    await pending;
    expect(peer.sent()).toContain("Transfer-Encoding: chunked\r\n\r\n2\r\nab\r\n10\r\n0123456789abcdef\r\n0\r\n\r\n");
  });

  test("takes an answer that comes before the body is sent", async () => {
    const peer = createMemoryConnection();
    const endless = new ReadableStream<Uint8Array>({ pull: () => new Promise<void>(() => undefined) });
    peer.send("HTTP/1.1 413 Too Large\r\nContent-Length: 3\r\n\r\nbig");
    const response = await ask(peer, { method: "POST", body: endless });
    expect(response.status).toBe(413);
    expect(await textOf(response)).toBe("big");
  });

  test("drops the connection when the body cannot be read", async () => {
    const peer = createMemoryConnection();
    const broken = new ReadableStream<Uint8Array>({
      pull: () => {
        throw new Error("disk");
      },
    });
    await expect(ask(peer, { method: "POST", body: broken })).rejects.toMatchObject({ code: "invalid-request" });
    expect(peer.isAborted()).toBe(true);
  });

  for (const [name, request] of Object.entries<Partial<HttpRequest>>({
    "a line break in a header": { headers: { X: "a\r\nY: b" } },
    "a line break in a header's name": { headers: { "X\r\nY": "b" } },
    "a space in the target": { target: "/a b" },
    "a target elsewhere": { target: "http://elsewhere/" },
    "a method of two words": { method: "GET /" },
  })) {
    test(`does not send ${name}`, async () => {
      const peer = createMemoryConnection();
      await expect(ask(peer, request)).rejects.toMatchObject({ code: "invalid-request" });
      expect(peer.sent()).toBe("");
    });
  }
});

describe("upgrading", () => {
  test("hands over the raw connection with what came in the head's piece", async () => {
    const peer = createMemoryConnection();
    peer.send("HTTP/1.1 101 UPGRADED\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n\r\nleft");
    const { upgraded } = await ask(peer, { method: "POST", upgrade: "tcp" });
    peer.send("over");
    peer.end();
    const writer = upgraded?.writable.getWriter();
    await writer?.write(Buffer.from("input"));
    expect(peer.sent()).toMatch(/Upgrade: tcp\r\nConnection: Upgrade\r\n[^]*\r\n\r\ninput$/);
    await writer?.close();
    expect(peer.isFinished()).toBe(true);
    expect(Buffer.from(await readAll(upgraded?.readable ?? new ReadableStream(), 100)).toString()).toBe("leftover");
  });

  test("takes an unframed 200 for an upgrade that a proxy hid", async () => {
    const peer = createMemoryConnection();
    peer.send("HTTP/1.1 200 OK\r\nContent-Type: application/vnd.docker.raw-stream\r\n\r\nraw");
    expect((await ask(peer, { method: "POST", upgrade: "tcp" })).upgraded).toBeDefined();
  });

  test("does not take a framed refusal for one", async () => {
    const peer = createMemoryConnection();
    peer.send("HTTP/1.1 409 Conflict\r\nContent-Length: 2\r\n\r\nno");
    const response = await ask(peer, { method: "POST", upgrade: "tcp" });
    expect(response.upgraded).toBeUndefined();
    expect(await textOf(response)).toBe("no");
  });
});

describe("ending early", () => {
  test("an abort while the head is awaited rejects with the signal's reason and drops the connection", async () => {
    const peer = createMemoryConnection();
    const control = new AbortController();
    const reason = new Error("enough");
    const pending = ask(peer, {}, control.signal);
    control.abort(reason);
    await expect(pending).rejects.toBe(reason);
    expect(peer.isAborted()).toBe(true);
  });

  test("an abort while the body is read errors the body with the signal's reason", async () => {
    const peer = createMemoryConnection();
    const control = new AbortController();
    const reason = new Error("enough");
    peer.send("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhel");
    const text = textOf(await ask(peer, {}, control.signal));
    control.abort(reason);
    await expect(text).rejects.toBe(reason);
    expect(peer.isAborted()).toBe(true);
  });

  test("cancelling the body drops the connection", async () => {
    const peer = createMemoryConnection();
    peer.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
    await (await ask(peer)).body.cancel();
    expect(peer.isAborted()).toBe(true);
  });

  test("a body larger than wanted is refused and its connection dropped", async () => {
    const peer = createMemoryConnection();
    peer.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nb\r\nhello world");
    const { body } = await ask(peer);
    await expect(readAll(body, 10)).rejects.toMatchObject({ code: "answer-too-large" });
    expect(peer.isAborted()).toBe(true);
  });
});

function ask(
  { connection }: MemoryConnection,
  request: Partial<HttpRequest> = {},
  signal: AbortSignal = new AbortController().signal,
): Promise<HttpResponse> {
  return exchange(
    connection,
    { method: "GET", target: "/", host: "test", ...request },
    { signal, onReleased: () => undefined },
  );
}

async function textOf(response: HttpResponse): Promise<string> {
  return Buffer.from(await readAll(response.body, 1_000_000)).toString();
}
