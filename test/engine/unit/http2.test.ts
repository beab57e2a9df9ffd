// Over 250 lines because every rule of the protocol that a peer can break has its case.
import { once } from "node:events";
import { createServer, type Http2Session, type IncomingHttpHeaders, type ServerHttp2Stream } from "node:http2";
import { connect, type AddressInfo } from "node:net";
import { Duplex } from "node:stream";
import { afterEach, describe, expect, test, vi } from "vitest";
import { callGrpc } from "../../../src/engine/buildkit/grpc.ts";
import { openHttp2, type Http2Connection } from "../../../src/engine/buildkit/http2/connection.ts";
import { fieldOf, type Http2Stream } from "../../../src/engine/buildkit/http2/stream.ts";
import type { UpgradedStream } from "../../../src/engine/http/exchange.ts";

type Answer = (stream: ServerHttp2Stream, headers: IncomingHttpHeaders) => void;

let undo: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const each of undo.reverse()) await each();
  undo = [];
});

/** Node's own server as the other side. */
async function serve(answer: Answer, options = {}): Promise<{ connection: Http2Connection; ended: () => boolean }> {
  const server = createServer({ ...options });
  server.on("stream", (stream, headers) => {
    stream.on("error", () => undefined);
    answer(stream, headers);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const socket = connect((server.address() as AddressInfo).port, "127.0.0.1");
  await once(socket, "connect");
  socket.on("error", () => undefined);
  const { readable, writable } = Duplex.toWeb(socket);
  const transport = { readable, writable, abort: () => void socket.destroy() } as unknown as UpgradedStream;
  let hasEnded = false;
  const connection = openHttp2(transport, () => (hasEnded = true));
  undo.push(async () => {
    connection[Symbol.dispose]();
    socket.destroy();
    server.close();
    await once(server, "close");
  });
  return { connection, ended: () => hasEnded };
}

const post = (path = "/") =>
  [
    [":method", "POST"],
    [":scheme", "http"],
    [":path", path],
    [":authority", "here"],
  ] as const;
const forever = () => new AbortController().signal;

async function readAll(stream: Http2Stream): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for (let bytes = await stream.read(); bytes !== undefined; bytes = await stream.read()) parts.push(bytes);
  return Buffer.concat(parts);
}

describe("HTTP/2, with Node's server on the other side", () => {
  test("sends a request with its body, and reads head, body and trailers", async () => {
    const { connection } = await serve((stream, headers) => {
      const body: Buffer[] = [];
      stream.on("data", (part: Buffer) => body.push(part));
      stream.on("end", () => {
        stream.respond({ ":status": 200, "x-path": headers[":path"] ?? "" }, { waitForTrailers: true });
        stream.on("wantTrailers", () => stream.sendTrailers({ "x-note": "grüße ✓ and the like" }));
        stream.end(`${Buffer.concat(body).toString()} seen`);
      });
    });
    const stream = connection.request(post("/a/b?c"), Buffer.from("hello"), { signal: forever() });
    const head = await stream.head();
    expect(fieldOf(head, ":status")).toBe("200");
    expect(fieldOf(head, "x-path")).toBe("/a/b?c");
    expect((await readAll(stream)).toString()).toBe("hello seen");
    expect(Buffer.from(fieldOf(stream.trailers() ?? [], "x-note") ?? "", "latin1").toString()).toContain(
      "and the like",
    );
  });

  test("keeps several streams apart, and decodes headers that refer to earlier ones", async () => {
    const { connection } = await serve((stream, headers) => {
      const path = headers[":path"] ?? "";
      stream.respond({ ":status": 200, "x-long": "a".repeat(300), "x-own": path, date: "now" });
      setTimeout(() => stream.end(`body of ${path}`), path === "/1" ? 30 : 0);
    });
    const paths = Array.from({ length: 20 }, (_, n) => `/${n}`);
    const streams = paths.map((path) => connection.request(post(path), new Uint8Array(0), { signal: forever() }));
    for (const [n, stream] of streams.entries()) {
      const head = await stream.head();
      expect(fieldOf(head, "x-own")).toBe(paths[n]);
      expect(fieldOf(head, "x-long")).toHaveLength(300);
      expect((await readAll(stream)).toString()).toBe(`body of ${paths[n]}`);
    }
  });

  test("reads more than its windows hold, of several streams at once, and no more than they hold unless it is read", async () => {
    const size = 3_000_000;
    let sent = 0;
    const { connection } = await serve((stream, headers) => {
      stream.respond({ ":status": 200 });
      const part = Buffer.alloc(10_000, headers[":path"] === "/a" ? "a" : "b");
      const push = () => {
        if (sent >= 2 * size && stream.writableEnded) return;
        let own = Number(stream.id) in counts ? (counts[Number(stream.id)] ?? 0) : 0;
        while (own < size) {
          own += part.length;
          sent += part.length;
          if (!stream.write(part)) break;
        }
        counts[Number(stream.id)] = own;
        if (own >= size) stream.end();
        else stream.once("drain", push);
      };
      const counts: Record<number, number> = {};
      push();
    });
    const one = connection.request(post("/a"), new Uint8Array(0), { signal: forever() });
    const other = connection.request(post("/b"), new Uint8Array(0), { signal: forever() });
    await one.head();
    await other.head();
    const all = await readAll(one);
    expect(all.length).toBe(size);
    expect(all.every((byte) => byte === 97)).toBe(true);
    // The other has had its window and what Node itself holds.
    expect(sent).toBeLessThan(size + 600_000);
    expect((await readAll(other)).length).toBe(size);
  });

  test("sends a body larger than the peer's window and frames as the peer lets it", async () => {
    const { connection } = await serve(
      (stream) => {
        let bytes = 0;
        stream.on("data", (part: Buffer) => (bytes += part.length));
        stream.on("end", () => {
          stream.respond({ ":status": 200 });
          stream.end(String(bytes));
        });
      },
      { settings: { initialWindowSize: 20_000 } },
    );
    const stream = connection.request(post(), new Uint8Array(200_000), { signal: forever() });
    expect((await readAll(stream)).toString()).toBe("200000");
  });

  test("a stream that is aborted rejects with the reason, is reset at the server, and leaves the others alone", async () => {
    const { promise: reset, resolve } = Promise.withResolvers<number>();
    const { connection } = await serve((stream, headers) => {
      stream.respond({ ":status": 200 });
      if (headers[":path"] === "/long") stream.on("close", () => resolve(stream.rstCode));
      else stream.end("still here");
    });
    const control = new AbortController();
    const long = connection.request(post("/long"), new Uint8Array(0), { signal: control.signal });
    await long.head();
    const read = long.read();
    control.abort(new Error("enough"));
    await expect(read).rejects.toThrow("enough");
    expect(await reset).toBe(8);
    const other = connection.request(post("/b"), new Uint8Array(0), { signal: forever() });
    expect((await readAll(other)).toString()).toBe("still here");
  });

  test("a stream that the server resets, and all when the connection ends, reject with connection-lost", async () => {
    const { connection, ended } = await serve((stream, headers) => {
      stream.respond({ ":status": 200 });
      if (headers[":path"] === "/reset") stream.destroy(new Error("reset"));
      if (headers[":path"] === "/end") setTimeout(() => stream.session?.destroy(), 5);
    });
    const reset = connection.request(post("/reset"), new Uint8Array(0), { signal: forever() });
    await expect(readAll(reset)).rejects.toMatchObject({ code: "connection-lost" });
    expect(connection.isOpen()).toBe(true);
    const waiting = connection.request(post("/wait"), new Uint8Array(0), { signal: forever() });
    const end = connection.request(post("/end"), new Uint8Array(0), { signal: forever() });
    await expect(readAll(end)).rejects.toMatchObject({ code: "connection-lost" });
    await expect(readAll(waiting)).rejects.toMatchObject({ code: "connection-lost" });
    expect(connection.isOpen()).toBe(false);
    expect(ended()).toBe(true);
    expect(() => connection.request(post(), new Uint8Array(0), { signal: forever() })).toThrow("connection ended");
  });

  test("answers a ping, and after a goodbye ends what runs but begins nothing new", async () => {
    let leave: (() => void) | undefined;
    let session: Http2Session | undefined;
    const { connection } = await serve((stream) => {
      session = stream.session;
      stream.respond({ ":status": 200 });
      leave = () => stream.end("late");
    });
    const stream = connection.request(post(), new Uint8Array(0), { signal: forever() });
    await stream.head();
    await new Promise<void>((resolve, reject) =>
      session?.ping((error) => (error === null ? resolve() : reject(error))),
    );
    session?.goaway(0, 1);
    await vi.waitUntil(() => !connection.isOpen());
    leave?.();
    expect((await readAll(stream)).toString()).toBe("late");
  });
});

describe("HTTP/2 from a peer that does not keep to it", () => {
  /** What the peer says, as it is. */
  const against = (...pieces: readonly (readonly number[])[]) => {
    const { promise: aborted, resolve } = Promise.withResolvers<unknown>();
    const readable = new ReadableStream<Uint8Array<ArrayBuffer>>({
      start(controller) {
        for (const piece of pieces) controller.enqueue(new Uint8Array(piece));
      },
    });
    const transport: UpgradedStream = { readable, writable: new WritableStream(), abort: resolve };
    const connection = openHttp2(transport, () => undefined);
    const stream = connection.request(post(), new Uint8Array(0), { signal: forever() });
    return { stream, aborted };
  };
  const frame = (type: number, set: number, stream: number, payload: readonly number[], length = payload.length) => [
    ...[length >> 16, (length >> 8) & 255, length & 255, type, set, 0, 0, 0, stream],
    ...payload,
  ];
  const settings = frame(4, 0, 0, []);
  const okHead = frame(1, 4, 1, [0x88]);

  test.each([
    ["speaks HTTP/1.1", [[...Buffer.from("HTTP/1.1 400 Bad Request\r\n\r\n")]]],
    ["sends frames longer than agreed", [settings, frame(0, 0, 1, [], 16_385)]],
    ["pushes", [settings, frame(5, 4, 1, [0, 0, 0, 2])]],
    ["breaks off headers", [settings, frame(1, 0, 1, [0x88]), frame(6, 0, 0, [0, 0, 0, 0, 0, 0, 0, 0])]],
    ["goes on with headers that it has not begun", [settings, frame(9, 4, 1, [0x88])]],
    ["refers to a header that it never sent", [settings, frame(1, 4, 1, [0xff, 0x80, 0x10])]],
    ["ends a header within a symbol", [settings, frame(1, 4, 1, [0x00, 0x81, 0x00, 0x00])]],
    ["sends a header that is cut off", [settings, frame(1, 4, 1, [0x00, 0x05, 0x61])]],
    ["resizes the table of headers beyond what it may", [settings, frame(1, 4, 1, [0x3f, 0xe2, 0x1f])]],
    [
      "sends headers without end",
      [settings, ...Array.from({ length: 70 }, (_, n) => frame(n === 0 ? 1 : 9, 0, 1, Array<number>(1000).fill(0x88)))],
    ],
    [
      "repeats one header without end",
      [settings, frame(1, 0, 1, Array<number>(16_000).fill(0x88)), frame(9, 4, 1, [0x88])],
    ],
    [
      "sends more than the window",
      [settings, okHead, ...Array.from({ length: 17 }, () => frame(0, 0, 1, Array<number>(16_384).fill(1)))],
    ],
    ["sends a body before the head", [settings, frame(0, 0, 1, [1])]],
    ["pads more than it sends", [settings, okHead, frame(0, 8, 1, [9, 1])]],
    ["opens a window too far", [settings, frame(8, 0, 0, [0x7f, 0xff, 0xff, 0xff])]],
    ["sends settings that are cut off", [settings, frame(4, 0, 0, [0, 1, 2])]],
  ])("is refused: it %s", async (_, pieces) => {
    const { stream, aborted } = against(...pieces);
    expect(await aborted).toMatchObject({ code: "malformed-answer" });
    await expect(stream.head().then(() => readAll(stream))).rejects.toMatchObject({ code: "malformed-answer" });
  });

  test("decodes Huffman, indexing and padding as the standard's own example has them", async () => {
    // RFC 7541 appendix C.6.1, padded.
    const block =
      "488264025885aec3771a4b6196d07abe941054d444a8200595040b8166e082a62d1bff6e919d29ad171863c78f0b97c8e9ae82ae43d3";
    const bytes = [...Buffer.from(block, "hex")];
    const { stream } = against(settings, frame(1, 4 | 8, 1, [3, ...bytes, 0, 0, 0]), frame(0, 1, 1, []));
    expect(await stream.head()).toEqual([
      [":status", "302"],
      ["cache-control", "private"],
      ["date", "Mon, 21 Oct 2013 20:13:21 GMT"],
      ["location", "https://www.example.com"],
    ]);
    expect(await stream.read()).toBeUndefined();
  });
});

describe("gRPC", () => {
  const message = (text: string) => {
    const head = Buffer.alloc(5);
    head.writeUInt32BE(Buffer.byteLength(text), 1);
    return Buffer.concat([head, Buffer.from(text)]);
  };
  const grpc = (parts: readonly Buffer[], trailers: Record<string, string>): Answer => {
    return (stream) => {
      stream.respond({ ":status": 200, "content-type": "application/grpc" }, { waitForTrailers: true });
      stream.on("wantTrailers", () => stream.sendTrailers(trailers));
      for (const part of parts) stream.write(part);
      stream.end();
    };
  };
  const call = async (answer: Answer) => {
    const { connection } = await serve(answer);
    const messages: string[] = [];
    for await (const bytes of callGrpc(connection, "/a.B/C", Buffer.from("ask"), { signal: forever() }))
      messages.push(Buffer.from(bytes).toString());
    return messages;
  };

  test("frames what it asks and reads messages however they are cut", async () => {
    const all = Buffer.concat([message("one"), message(""), message("x".repeat(40_000)), message("two")]);
    const parts = [all.subarray(0, 3), all.subarray(3, 7), all.subarray(7, 30_000), all.subarray(30_000)];
    expect(await call(grpc(parts, { "grpc-status": "0" }))).toEqual(["one", "", "x".repeat(40_000), "two"]);
    let asked = Buffer.alloc(0);
    await call((stream, headers) => {
      stream.on("data", (part: Buffer) => (asked = Buffer.concat([asked, part])));
      stream.on("end", () => grpc([], { "grpc-status": "0" })(stream, headers));
    });
    expect(asked).toEqual(message("ask"));
  });

  test.each([
    ["5", "not-found"],
    ["12", "engine-too-old"],
    ["14", "unreachable"],
    ["2", "engine-failed"],
  ])("status %s is the error %s, in the engine's words", async (status, code) => {
    const said = { "grpc-status": status, "grpc-message": "no such%20build %E2%9C%93" };
    await expect(call(grpc([], said))).rejects.toMatchObject({ code, message: "no such build ✓" });
  });

  test("an answer that is a head and nothing more has its status there", async () => {
    const answer: Answer = (stream) =>
      stream.respond(
        { ":status": 200, "content-type": "application/grpc", "grpc-status": "5", "grpc-message": "gone" },
        { endStream: true },
      );
    await expect(call(answer)).rejects.toMatchObject({ code: "not-found", message: "gone" });
  });

  test("refuses what is no gRPC, is cut off, compressed or too large", async () => {
    const plain: Answer = (stream) => {
      stream.respond({ ":status": 404 });
      stream.end("no");
    };
    await expect(call(plain)).rejects.toMatchObject({ code: "unexpected-answer" });
    const ok = { "grpc-status": "0" };
    await expect(call(grpc([message("one").subarray(0, 6)], ok))).rejects.toMatchObject({ code: "malformed-answer" });
    await expect(call(grpc([Buffer.from([1, 0, 0, 0, 0])], ok))).rejects.toMatchObject({ code: "malformed-answer" });
    await expect(call(grpc([Buffer.from([0, 2, 0, 0, 0])], ok))).rejects.toMatchObject({ code: "answer-too-large" });
  });
});
