import type { Connection } from "../contract.ts";
import { MachineError } from "../error.ts";
import { cancelledError, throwIfCancelled } from "../signal.ts";
import {
  encodeEthernet,
  encodeIpv4,
  encodeTcp,
  encodeUdp,
  ETHERTYPE,
  etherPayload,
  etherType,
  internetChecksum,
  parseIpv4,
  parseTcp,
  PROTOCOL,
  TCP,
  type Ipv4Packet,
  type TcpSegment,
} from "./frames.ts";
import { createTcpEndpoint, type TcpEndpoint } from "./tcp-connection.ts";

/** The far end of the guest's only network cable. */
export interface GuestNetwork extends Disposable {
  /** Opens a TCP connection from 192.168.86.1 to `port` of the guest. */
  connect(port: number, options?: { signal?: AbortSignal }): Promise<Connection>;
  /**
   * Answers connections that the guest opens to `port` of 192.168.86.1, and hands each over once its handshake is done. Without a
   * listener they are refused.
   */
  listen(port: number, onConnection: (connection: Connection) => void): Disposable;
  /** Takes one Ethernet frame that the guest sent. */
  receive(frame: Uint8Array): void;
  /** Tells the address of the guest's network card, such as `00:22:15:0a:0b:0c`. Linux takes IP packets only in frames for that address. */
  setGuestMac(mac: string): void;
}

/**
 * A network of two: the guest at 192.168.86.100 and this host at 192.168.86.1. The host opens connections and answers ARP, ping and
 * (with "no such name") DNS. A connection that the guest opens is refused at once, unless it is to a port of this host on which somebody
 * listens. Nothing is ever passed on, so nothing leaves.
 */
export function createGuestNetwork({ send, onLookup }: GuestNetworkOptions): GuestNetwork {
  const endpoints = new Map<string, TcpEndpoint>();
  const listeners = new Map<number, Listener>();
  let guestMac: Uint8Array = BROADCAST;
  let lastPort = FIRST_PORT + Math.floor(Math.random() * PORTS);

  const sendIp = (protocol: number, payload: Uint8Array, from: Uint8Array = HOST_IP, to: Uint8Array = GUEST_IP) => {
    send(encodeEthernet(guestMac, HOST_MAC, ETHERTYPE.ipv4, encodeIpv4(protocol, from, to, payload)));
  };
  const sendTcp = (segment: TcpSegment) => {
    sendIp(PROTOCOL.tcp, encodeTcp(HOST_IP, GUEST_IP, segment));
  };
  const freePort = () => {
    const taken = new Set([...endpoints.keys()].map((key) => Number.parseInt(key, 10)));
    for (let tries = 0; tries < PORTS; tries++) {
      lastPort = FIRST_PORT + ((lastPort - FIRST_PORT + 1) % PORTS);
      if (!taken.has(lastPort)) return lastPort;
    }
    throw new MachineError("guest-error", "Too many connections to the machine are open.", {
      hint: "Close some of them.",
    });
  };

  const receiveArp = (frame: Uint8Array) => {
    const request = etherPayload(frame);
    if (request.length < 28 || request[7] !== ARP_REQUEST || !equal(request.subarray(24, 28), HOST_IP)) return;
    const reply = new Uint8Array(28);
    reply.set(request.subarray(0, 8));
    reply[7] = ARP_REPLY;
    reply.set(HOST_MAC, 8);
    reply.set(HOST_IP, 14);
    reply.set(request.subarray(8, 18), 18);
    send(encodeEthernet(frame.slice(6, 12), HOST_MAC, ETHERTYPE.arp, reply));
  };
  const receiveTcp = (packet: Ipv4Packet) => {
    const segment = parseTcp(packet.payload);
    if (!segment) return;
    const isForUs = equal(packet.destination, HOST_IP) && equal(packet.source, GUEST_IP);
    const endpoint = isForUs ? endpoints.get(keyOf(segment.destinationPort, segment.sourcePort)) : undefined;
    const listener = isForUs && isOpening(segment) ? listeners.get(segment.destinationPort) : undefined;
    if (endpoint) endpoint.receive(segment);
    else if (listener) accept(listener, segment);
    else if (!(segment.flags & TCP.rst))
      sendIp(
        PROTOCOL.tcp,
        encodeTcp(packet.destination, packet.source, refusal(segment)),
        packet.destination,
        packet.source,
      );
  };
  const accept = (listener: Listener, segment: TcpSegment) => {
    // As with a full backlog of a real listener: the guest asks again in a second, and waits instead of failing.
    if (listener.opening >= MAX_OPENING || listener.held >= MAX_ACCEPTED) return;
    const key = keyOf(segment.destinationPort, segment.sourcePort);
    const endpoint = createTcpEndpoint({
      localPort: segment.destinationPort,
      remotePort: segment.sourcePort,
      accepting: segment,
      send: sendTcp,
      onGone: () => {
        endpoints.delete(key);
        listener.held--;
      },
    });
    endpoints.set(key, endpoint);
    listener.held++;
    listener.opening++;
    const settle = () => listener.opening--;
    endpoint.opened.then(settle, settle);
    endpoint.opened.then(
      () => listener.onConnection(endpoint),
      () => undefined,
    );
  };
  const receiveUdp = (packet: Ipv4Packet) => {
    const { payload } = packet;
    const view = new DataView(payload.buffer, payload.byteOffset, payload.byteLength);
    if (payload.length < 8) return;
    const query = payload.slice(8);
    if (view.getUint16(2) === DNS_PORT && query.length >= 12) {
      query[2] = 0x81;
      query[3] = 0x83; // recursion available, no such name
      const name = lookedUpName(query);
      if (name !== undefined) onLookup?.(name);
      const reply = encodeUdp(packet.destination, packet.source, DNS_PORT, view.getUint16(0), query);
      sendIp(PROTOCOL.udp, reply, packet.destination, packet.source);
    } else sendIp(PROTOCOL.icmp, portUnreachable(packet), packet.destination, packet.source);
  };
  const receivePing = (packet: Ipv4Packet) => {
    if (packet.payload[0] !== ECHO_REQUEST || !equal(packet.destination, HOST_IP)) return;
    const reply = packet.payload.slice();
    reply.fill(0, 0, 4);
    new DataView(reply.buffer).setUint16(2, internetChecksum(reply));
    sendIp(PROTOCOL.icmp, reply, packet.destination, packet.source);
  };

  return {
    async connect(port, { signal } = {}) {
      throwIfCancelled(signal);
      const localPort = freePort();
      const key = keyOf(localPort, port);
      const endpoint = createTcpEndpoint({
        localPort,
        remotePort: port,
        send: sendTcp,
        onGone: () => endpoints.delete(key),
      });
      endpoints.set(key, endpoint);
      const onAbort = () => {
        if (signal) endpoint.abort(cancelledError(signal));
      };
      signal?.addEventListener("abort", onAbort, { once: true });
      try {
        await endpoint.opened;
        return endpoint;
      } finally {
        signal?.removeEventListener("abort", onAbort);
      }
    },
    listen(port, onConnection) {
      if (listeners.has(port)) throw new RangeError(`somebody listens on port ${String(port)} already`);
      listeners.set(port, { onConnection, held: 0, opening: 0 });
      return { [Symbol.dispose]: () => void listeners.delete(port) };
    },
    setGuestMac(mac) {
      guestMac = Uint8Array.from(mac.split(":"), (byte) => Number.parseInt(byte, 16));
    },
    receive(frame) {
      const type = etherType(frame);
      if (type === ETHERTYPE.arp) {
        guestMac = frame.slice(6, 12);
        receiveArp(frame);
        return;
      }
      const packet = type === ETHERTYPE.ipv4 ? parseIpv4(frame) : undefined;
      if (!packet) return;
      guestMac = packet.sourceMac;
      if (packet.protocol === PROTOCOL.tcp) receiveTcp(packet);
      else if (packet.protocol === PROTOCOL.udp) receiveUdp(packet);
      else if (packet.protocol === PROTOCOL.icmp) receivePing(packet);
    },
    [Symbol.dispose]() {
      for (const endpoint of [...endpoints.values()]) {
        endpoint.abort(new MachineError("disposed", "The machine was shut down.", { hint: "Start it again." }));
      }
    },
  };
}

export interface GuestNetworkOptions {
  send(frame: Uint8Array): void;
  /** Told of each host name that the guest asks DNS for, in lower case. The answer is always that there is none. */
  onLookup?(name: string): void;
}

interface Listener {
  onConnection(connection: Connection): void;
  /** Connections that are open or being opened. */
  held: number;
  opening: number;
}

const HOST_IP = Uint8Array.of(192, 168, 86, 1);
const GUEST_IP = Uint8Array.of(192, 168, 86, 100);
const HOST_MAC = Uint8Array.of(0x52, 0x54, 0, 1, 2, 3);
const BROADCAST = new Uint8Array(6).fill(255);
/** Docker Engine pulls three layers at a time, over a connection each, and may pull several images. */
const MAX_ACCEPTED = 32;
const MAX_OPENING = 16;
const FIRST_PORT = 49_152;
const PORTS = 65_536 - FIRST_PORT;
const ARP_REQUEST = 1;
const ARP_REPLY = 2;
const DNS_PORT = 53;
const ECHO_REQUEST = 8;

function keyOf(localPort: number, remotePort: number): string {
  return `${String(localPort)}:${String(remotePort)}`;
}

function isOpening({ flags }: TcpSegment): boolean {
  return (flags & (TCP.syn | TCP.ack | TCP.rst | TCP.fin)) === TCP.syn;
}

/** The first question's name (RFC 1035, 4.1.2). Undefined for anything malformed, compressed, or no host name. */
function lookedUpName(query: Uint8Array): string | undefined {
  const labels: string[] = [];
  let at = 12;
  for (let length = query[at] ?? 0; length > 0; length = query[at] ?? 0) {
    if (length > 63 || at + 1 + length >= query.length || at > 12 + 253) return undefined;
    labels.push(String.fromCharCode(...query.subarray(at + 1, at + 1 + length)).toLowerCase());
    at += 1 + length;
  }
  const name = labels.join(".");
  return /^[a-z0-9_-]+(\.[a-z0-9_-]+)*$/.test(name) ? name : undefined;
}

/** RFC 9293, 3.10.7.1: the answer to a segment for a connection that does not exist. */
function refusal(segment: TcpSegment): TcpSegment {
  const acknowledged = (segment.flags & TCP.ack) !== 0;
  const length = segment.data.length + (segment.flags & TCP.syn ? 1 : 0) + (segment.flags & TCP.fin ? 1 : 0);
  return {
    sourcePort: segment.destinationPort,
    destinationPort: segment.sourcePort,
    sequence: acknowledged ? segment.acknowledgment : 0,
    acknowledgment: acknowledged ? 0 : (segment.sequence + length) >>> 0,
    flags: acknowledged ? TCP.rst : TCP.rst | TCP.ack,
    window: 0,
    data: new Uint8Array(0),
  };
}

/** RFC 792: type 3, code 3, with the header and the first 8 bytes of what could not be delivered. */
function portUnreachable(packet: Ipv4Packet): Uint8Array {
  const original = encodeIpv4(packet.protocol, packet.source, packet.destination, packet.payload);
  const message = new Uint8Array(8 + 28);
  message[0] = 3;
  message[1] = 3;
  message.set(original.subarray(0, 28), 8);
  new DataView(message.buffer).setUint16(2, internetChecksum(message));
  return message;
}

function equal(a: Uint8Array, b: Uint8Array): boolean {
  return a.every((byte, index) => byte === b[index]);
}
