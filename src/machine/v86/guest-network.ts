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
  /** Takes one Ethernet frame that the guest sent. */
  receive(frame: Uint8Array): void;
  /** Tells the address of the guest's network card, such as `00:22:15:0a:0b:0c`. Linux takes IP packets only in frames for that address. */
  setGuestMac(mac: string): void;
}

/**
 * A network of two: the guest at 192.168.86.100 and this host at 192.168.86.1. The host opens connections and answers ARP, ping and
 * (with "no such name") DNS. Every connection that the guest opens is refused at once, and nothing is ever passed on, so nothing leaves.
 */
export function createGuestNetwork({ send }: { send(frame: Uint8Array): void }): GuestNetwork {
  const endpoints = new Map<number, TcpEndpoint>();
  let guestMac: Uint8Array = BROADCAST;
  let lastPort = FIRST_PORT + Math.floor(Math.random() * PORTS);

  const sendIp = (protocol: number, payload: Uint8Array, from: Uint8Array = HOST_IP, to: Uint8Array = GUEST_IP) => {
    send(encodeEthernet(guestMac, HOST_MAC, ETHERTYPE.ipv4, encodeIpv4(protocol, from, to, payload)));
  };
  const freePort = () => {
    for (let tries = 0; tries < PORTS; tries++) {
      lastPort = FIRST_PORT + ((lastPort - FIRST_PORT + 1) % PORTS);
      if (!endpoints.has(lastPort)) return lastPort;
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
    const endpoint = equal(packet.destination, HOST_IP) ? endpoints.get(segment.destinationPort) : undefined;
    if (endpoint) endpoint.receive(segment);
    else if (!(segment.flags & TCP.rst))
      sendIp(
        PROTOCOL.tcp,
        encodeTcp(packet.destination, packet.source, refusal(segment)),
        packet.destination,
        packet.source,
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
      const endpoint = createTcpEndpoint({
        localPort,
        remotePort: port,
        send: (segment) => {
          sendIp(PROTOCOL.tcp, encodeTcp(HOST_IP, GUEST_IP, segment));
        },
        onGone: () => endpoints.delete(localPort),
      });
      endpoints.set(localPort, endpoint);
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

const HOST_IP = Uint8Array.of(192, 168, 86, 1);
const GUEST_IP = Uint8Array.of(192, 168, 86, 100);
const HOST_MAC = Uint8Array.of(0x52, 0x54, 0, 1, 2, 3);
const BROADCAST = new Uint8Array(6).fill(255);
const FIRST_PORT = 49_152;
const PORTS = 65_536 - FIRST_PORT;
const ARP_REQUEST = 1;
const ARP_REPLY = 2;
const DNS_PORT = 53;
const ECHO_REQUEST = 8;

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
