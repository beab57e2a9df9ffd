import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { encodeTcp, parseTcp, TCP, type TcpSegment } from "../../src/machine/v86/frames.ts";
import { createTcpEndpoint } from "../../src/machine/v86/tcp-connection.ts";

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
});
afterEach(() => {
  vi.useRealTimers();
});

describe("a TCP connection", () => {
  test("opens, sends within the peer's window, and waits for more", async () => {
    const { endpoint, sent, answer } = open({ window: 2000 });
    await endpoint.opened;
    const writer = endpoint.writable.getWriter();
    await writer.write(new Uint8Array(5000));
    expect(payloads(sent)).toEqual([1460, 540]);
    answer({ acknowledge: 2000, window: 1000 });
    expect(payloads(sent)).toEqual([1460, 540, 1000]);
  });

  test("is refused by a reset", async () => {
    const { endpoint, sent, raw } = connect();
    raw({ flags: TCP.rst | TCP.ack, acknowledgment: next(sent[0]) });
    await expect(endpoint.opened).rejects.toMatchObject({ code: "port-closed" });
  });

  test("takes what comes with the end of the stream", async () => {
    const { endpoint, answer } = open();
    answer({ data: "last words", flags: TCP.fin | TCP.psh | TCP.ack });
    const reader = endpoint.readable.getReader();
    expect(new TextDecoder().decode((await reader.read()).value)).toBe("last words");
    expect((await reader.read()).done).toBe(true);
  });

  test("drops what arrives twice or too early", async () => {
    const { endpoint, answer, sequence } = open();
    const start = sequence();
    answer({ data: "abc" });
    answer({ data: "abcde", at: start });
    answer({ data: "zzz", at: start + 100 });
    const reader = endpoint.readable.getReader();
    expect(new TextDecoder().decode((await reader.read()).value)).toBe("abcde");
  });

  test("closes its window when nobody reads and opens it again", async () => {
    const { endpoint, sent, answer } = open();
    for (let count = 0; count < 44; count++) answer({ data: "x".repeat(1460) });
    answer({ data: "x".repeat(1295) });
    await Promise.resolve();
    expect(sent.at(-1)?.window).toBe(0);
    await endpoint.readable.getReader().read();
    expect(sent.at(-1)?.window).toBe(65_535);
  });

  test("sends again what is not acknowledged", async () => {
    const { endpoint, sent } = open();
    await endpoint.writable.getWriter().write(new Uint8Array(100).fill(7));
    vi.advanceTimersByTime(1000);
    expect(payloads(sent)).toEqual([100, 100]);
    expect(sent.at(-1)?.sequence).toBe(sent.at(-2)?.sequence);
  });

  test("probes a window that stays closed", async () => {
    const { endpoint, sent, answer } = open({ window: 0 });
    await endpoint.writable.getWriter().write(new Uint8Array(100));
    expect(payloads(sent)).toEqual([]);
    vi.advanceTimersByTime(1000);
    expect(payloads(sent)).toEqual([1]);
    answer({ acknowledge: 0, window: 500 });
    answer({ acknowledge: 1, window: 500 });
    expect(payloads(sent)).toEqual([1, 99]);
  });

  test("gives up on a peer that never answers", async () => {
    const { endpoint } = connect();
    vi.advanceTimersByTime(200_000);
    await expect(endpoint.opened).rejects.toMatchObject({ code: "unresponsive" });
  });

  test("keeps counting across the end of the sequence numbers", async () => {
    const { endpoint, answer } = open({ peerStart: 0xffff_fff0 });
    answer({ data: "x".repeat(1000) });
    answer({ data: "y".repeat(1000) });
    const reader = endpoint.readable.getReader();
    expect((await reader.read()).value).toHaveLength(2000);
  });

  test("ends when both sides have ended and their ends were acknowledged", async () => {
    const { endpoint, sent, answer, gone } = open();
    await endpoint.writable.getWriter().close();
    expect(sent.at(-1)?.flags).toBe(TCP.ack | TCP.fin);
    answer({ acknowledge: 1 });
    answer({ acknowledge: 1, flags: TCP.fin | TCP.ack });
    await endpoint.closed;
    expect(gone()).toBe(true);
  });
});

test("a segment survives being written and read", () => {
  const segment: TcpSegment = {
    sourcePort: 1,
    destinationPort: 65_535,
    sequence: 0xffff_ffff,
    acknowledgment: 5,
    flags: TCP.syn,
    window: 9,
    maximumSegment: 1460,
    data: Uint8Array.of(1, 2, 3),
  };
  const address = Uint8Array.of(10, 0, 0, 1);
  expect(parseTcp(encodeTcp(address, address, segment))).toEqual(segment);
});

function connect() {
  const sent: TcpSegment[] = [];
  let isGone = false;
  const endpoint = createTcpEndpoint({
    localPort: 50_000,
    remotePort: 80,
    send: (segment) => sent.push(segment),
    onGone: () => (isGone = true),
  });
  const raw = (segment: Partial<TcpSegment>) => {
    endpoint.receive({
      sourcePort: 80,
      destinationPort: 50_000,
      sequence: 0,
      acknowledgment: 0,
      flags: TCP.ack,
      window: 65_535,
      data: new Uint8Array(0),
      ...segment,
    });
  };
  return { endpoint, sent, raw, gone: () => isGone };
}

/** A connection whose handshake is done. `acknowledge` counts from the first byte that the endpoint sends. */
function open({ window = 65_535, peerStart = 1000 } = {}) {
  const connection = connect();
  const first = next(connection.sent[0]);
  let peerNext = (peerStart + 1) >>> 0;
  connection.raw({
    flags: TCP.syn | TCP.ack,
    sequence: peerStart,
    acknowledgment: first,
    window,
    maximumSegment: 1460,
  });
  connection.sent.length = 0;
  return {
    ...connection,
    sequence: () => peerNext,
    answer({
      data = "",
      acknowledge,
      flags = TCP.ack,
      at,
      window: newWindow = 65_535,
    }: {
      data?: string;
      acknowledge?: number;
      flags?: number;
      at?: number;
      window?: number;
    }) {
      const bytes = new TextEncoder().encode(data);
      connection.raw({
        flags,
        sequence: (at ?? peerNext) >>> 0,
        acknowledgment: (first + (acknowledge ?? 0)) >>> 0,
        window: newWindow,
        data: bytes,
      });
      if (at === undefined) peerNext = (peerNext + bytes.length + (flags & TCP.fin ? 1 : 0)) >>> 0;
    },
  };
}

function next(syn: TcpSegment | undefined): number {
  return ((syn?.sequence ?? 0) + 1) >>> 0;
}

function payloads(sent: readonly TcpSegment[]): number[] {
  return sent.map(({ data }) => data.length).filter((length) => length > 0);
}
