import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { Connection } from "../../src/machine/contract.ts";
import {
  encodeEthernet,
  encodeIpv4,
  encodeTcp,
  encodeUdp,
  ETHERTYPE,
  parseIpv4,
  parseTcp,
  PROTOCOL,
  TCP,
  type TcpSegment,
} from "../../src/machine/v86/frames.ts";
import { createGuestNetwork } from "../../src/machine/v86/guest-network.ts";

const HOST = Uint8Array.of(192, 168, 86, 1);
const GUEST = Uint8Array.of(192, 168, 86, 100);
const ELSEWHERE = Uint8Array.of(93, 184, 216, 34);
const MAC = Uint8Array.of(0, 0x22, 0x15, 1, 2, 3);

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
});
afterEach(() => {
  vi.useRealTimers();
});

describe("a connection that the guest opens", () => {
  test("is handed over once its handshake is done, and carries bytes both ways", async () => {
    const { guest, accepted } = listening();
    const peer = guest(40_000);
    peer.syn();
    expect(peer.last()).toMatchObject({ flags: TCP.syn | TCP.ack, acknowledgment: 1001, maximumSegment: 1460 });
    expect(accepted).toHaveLength(0);
    peer.ack();
    await settled();
    const connection = only(accepted);
    peer.data("GET");
    expect(text((await connection.readable.getReader().read()).value)).toBe("GET");
    await connection.writable.getWriter().write(bytes("answer"));
    expect(text(peer.last().data)).toBe("answer");
  });

  test("may bring data with the last step of its handshake", async () => {
    const { guest, accepted } = listening();
    const peer = guest(40_000);
    peer.syn();
    peer.data("early");
    await settled();
    expect(text((await only(accepted).readable.getReader().read()).value)).toBe("early");
  });

  test("is answered again when the answer or the guest's own reply was lost", async () => {
    const { guest, accepted, sent } = listening();
    const peer = guest(40_000);
    peer.syn();
    const first = peer.last();
    vi.advanceTimersByTime(1000);
    expect(sent).toHaveLength(2);
    expect(peer.last()).toEqual(first);
    peer.syn();
    expect(peer.last()).toEqual(first);
    peer.ack();
    await settled();
    expect(accepted).toHaveLength(1);
  });

  test("is refused on a port where nobody listens, and after the listener has gone", () => {
    const { guest, listener } = listening();
    const peer = guest(40_000, 81);
    peer.syn();
    expect(peer.last().flags).toBe(TCP.rst | TCP.ack);
    listener[Symbol.dispose]();
    const late = guest(40_001);
    late.syn();
    expect(late.last().flags).toBe(TCP.rst | TCP.ack);
  });

  test("is refused to every other address, and from every other", () => {
    const { network, sent } = listening();
    for (const [from, to] of [
      [GUEST, ELSEWHERE],
      [Uint8Array.of(172, 17, 0, 2), HOST],
    ] as const) {
      network.receive(frameOf({ sourcePort: 40_000, destinationPort: 80, flags: TCP.syn, sequence: 1 }, from, to));
      expect(sent.at(-1)?.flags).toBe(TCP.rst | TCP.ack);
    }
  });

  test("is refused where a segment without a beginning comes for it", () => {
    const { guest, accepted } = listening();
    const peer = guest(40_000);
    peer.data("as if it were open");
    expect(peer.last().flags).toBe(TCP.rst);
    expect(accepted).toHaveLength(0);
  });

  test("is not open with a wrong number, and ends with the guest's reset", async () => {
    const { guest, accepted } = listening();
    const peer = guest(40_000);
    peer.syn();
    peer.raw({ flags: TCP.ack, sequence: 1001, acknowledgment: (peer.last().sequence + 77) >>> 0 });
    await settled();
    expect(accepted).toHaveLength(0);
    peer.raw({ flags: TCP.rst, sequence: 1001 });
    peer.ack();
    await settled();
    expect(accepted).toHaveLength(0);
    expect(peer.last().flags).toBe(TCP.rst);
  });

  test("waits while as many are half open as may be, and gets its turn when those are given up", async () => {
    const { guest, accepted, sent } = listening();
    for (let port = 1; port <= 16; port++) guest(port).syn();
    expect(sent).toHaveLength(16);
    const peer = guest(40_000);
    peer.syn();
    expect(sent).toHaveLength(16);
    await vi.advanceTimersByTimeAsync(60_000);
    sent.length = 0;
    peer.syn();
    expect(sent).toHaveLength(1);
    peer.ack();
    await settled();
    expect(accepted).toHaveLength(1);
  });

  test("waits while as many are open as may be, and gets its turn when one has ended", async () => {
    const { guest, accepted, sent } = listening();
    for (let port = 1; port <= 32; port++) {
      const each = guest(port);
      each.syn();
      each.ack();
      await settled();
    }
    expect(accepted).toHaveLength(32);
    const peer = guest(40_000);
    sent.length = 0;
    peer.syn();
    expect(sent).toHaveLength(0);
    accepted[0]?.closed.catch(() => undefined);
    accepted[0]?.abort();
    sent.length = 0;
    peer.syn();
    expect(peer.last().flags).toBe(TCP.syn | TCP.ack);
  });

  test("breaks off when the network goes", async () => {
    const { guest, accepted, network } = listening();
    const peer = guest(40_000);
    peer.syn();
    peer.ack();
    await settled();
    network[Symbol.dispose]();
    await expect(only(accepted).closed).rejects.toMatchObject({ code: "disposed" });
  });
});

describe("a DNS question", () => {
  test("is answered with no such name, and told of", () => {
    const { network, frames, lookups } = listening();
    network.receive(dnsFrame(question("Example.COM")));
    expect(lookups).toEqual(["example.com"]);
    expect([...(parseIpv4(frames.at(-1) ?? new Uint8Array())?.payload.subarray(10, 12) ?? [])]).toEqual([0x81, 0x83]);
  });

  test.each([
    ["is cut off", question("example.com").subarray(0, 18)],
    ["has a label longer than it is", Uint8Array.from([...new Array<number>(12).fill(0), 60, 97, 0])],
    ["points to somewhere else", Uint8Array.from([...new Array<number>(12).fill(0), 0xc0, 12, 0])],
    ["has no characters of a name", question("<script>.example")],
    ["has no name", Uint8Array.from([...new Array<number>(12).fill(0), 0, 0, 1, 0, 1])],
  ])("is told to nobody when it %s", (_, query) => {
    const { network, lookups } = listening();
    network.receive(dnsFrame(query));
    expect(lookups).toEqual([]);
  });
});

function listening() {
  const frames: Uint8Array[] = [];
  const sent: TcpSegment[] = [];
  const accepted: Connection[] = [];
  const lookups: string[] = [];
  const network = createGuestNetwork({
    send: (frame) => {
      frames.push(frame);
      const packet = parseIpv4(frame);
      const segment = packet?.protocol === PROTOCOL.tcp ? parseTcp(packet.payload) : undefined;
      if (segment) sent.push(segment);
    },
    onLookup: (name) => lookups.push(name),
  });
  network.setGuestMac("00:22:15:01:02:03");
  const listener = network.listen(80, (connection) => accepted.push(connection));
  /** A program in the guest with a port of its own, which counts from 1000. */
  const guest = (port: number, to = 80) => {
    let next = 1000;
    const last = () => {
      const found = sent.findLast(({ destinationPort }) => destinationPort === port);
      if (!found) throw new Error("nothing was sent to this port");
      return found;
    };
    const raw = (segment: Partial<TcpSegment>) => {
      network.receive(frameOf({ sourcePort: port, destinationPort: to, ...segment }));
    };
    let theirs = 0;
    const ack = () => {
      theirs = (last().sequence + 1) >>> 0;
      raw({ flags: TCP.ack, sequence: next, acknowledgment: theirs });
    };
    return {
      last,
      raw,
      ack,
      syn() {
        next = 1001;
        raw({ flags: TCP.syn, sequence: 1000, maximumSegment: 1460 });
      },
      data(words: string) {
        const acknowledgment = theirs === 0 && sent.length > 0 ? (last().sequence + 1) >>> 0 : theirs;
        raw({ flags: TCP.ack | TCP.psh, sequence: next, acknowledgment, data: bytes(words) });
        next += words.length;
      },
    };
  };
  return { network, frames, sent, accepted, lookups, listener, guest };
}

function frameOf(segment: Partial<TcpSegment>, from = GUEST, to = HOST): Uint8Array {
  const whole: TcpSegment = {
    sourcePort: 0,
    destinationPort: 0,
    sequence: 0,
    acknowledgment: 0,
    flags: 0,
    window: 65_535,
    data: new Uint8Array(0),
    ...segment,
  };
  return ipFrame(PROTOCOL.tcp, encodeTcp(from, to, whole), from, to);
}

function dnsFrame(query: Uint8Array): Uint8Array {
  return ipFrame(PROTOCOL.udp, encodeUdp(GUEST, HOST, 5353, 53, query), GUEST, HOST);
}

function ipFrame(protocol: number, payload: Uint8Array, from: Uint8Array, to: Uint8Array): Uint8Array {
  return encodeEthernet(MAC, MAC, ETHERTYPE.ipv4, encodeIpv4(protocol, from, to, payload));
}

/** A question for the address of `name`. */
function question(name: string): Uint8Array {
  const labels = name.split(".").flatMap((label) => [label.length, ...bytes(label)]);
  return Uint8Array.from([0, 1, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, ...labels, 0, 0, 1, 0, 1]);
}

function only(connections: readonly Connection[]): Connection {
  expect(connections).toHaveLength(1);
  const [connection] = connections;
  if (!connection) throw new Error("there is none");
  return connection;
}

/** Lets the promises of a handshake settle. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await Promise.resolve();
}

function bytes(words: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(words);
}

function text(data: Uint8Array | undefined): string {
  return new TextDecoder().decode(data);
}
