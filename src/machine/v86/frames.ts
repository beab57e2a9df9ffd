/** Ethernet, IPv4 and TCP as far as the two ends of the emulated cable need them (RFC 791, 9293; no IP options, no fragments). */

export interface Ipv4Packet {
  readonly sourceMac: Uint8Array;
  readonly protocol: number;
  readonly source: Uint8Array;
  readonly destination: Uint8Array;
  readonly payload: Uint8Array;
}

export interface TcpSegment {
  readonly sourcePort: number;
  readonly destinationPort: number;
  readonly sequence: number;
  readonly acknowledgment: number;
  readonly flags: number;
  readonly window: number;
  /** Only in segments with SYN. */
  readonly maximumSegment?: number;
  readonly data: Uint8Array;
}

export const ETHERTYPE = { ipv4: 0x0800, arp: 0x0806 } as const;
export const PROTOCOL = { icmp: 1, tcp: 6, udp: 17 } as const;
export const TCP = { fin: 1, syn: 2, rst: 4, psh: 8, ack: 16 } as const;

const ETHERNET_BYTES = 14;
const IPV4_BYTES = 20;
const TCP_BYTES = 20;

export function etherType(frame: Uint8Array): number {
  return frame.length < ETHERNET_BYTES ? 0 : (at(frame, 12) << 8) | at(frame, 13);
}

export function etherPayload(frame: Uint8Array): Uint8Array {
  return frame.subarray(ETHERNET_BYTES);
}

export function encodeEthernet(
  destination: Uint8Array,
  source: Uint8Array,
  type: number,
  payload: Uint8Array,
): Uint8Array {
  const frame = new Uint8Array(ETHERNET_BYTES + payload.length);
  frame.set(destination, 0);
  frame.set(source, 6);
  frame[12] = type >> 8;
  frame[13] = type & 255;
  frame.set(payload, ETHERNET_BYTES);
  return frame;
}

/** Undefined for anything malformed. */
export function parseIpv4(frame: Uint8Array): Ipv4Packet | undefined {
  const packet = etherPayload(frame);
  if (packet.length < IPV4_BYTES || at(packet, 0) >> 4 !== 4) return undefined;
  const headerBytes = (at(packet, 0) & 15) * 4;
  const totalBytes = (at(packet, 2) << 8) | at(packet, 3);
  if (headerBytes < IPV4_BYTES || totalBytes < headerBytes || totalBytes > packet.length) return undefined;
  return {
    sourceMac: frame.slice(6, 12),
    protocol: at(packet, 9),
    source: packet.slice(12, 16),
    destination: packet.slice(16, 20),
    payload: packet.subarray(headerBytes, totalBytes),
  };
}

export function encodeIpv4(
  protocol: number,
  source: Uint8Array,
  destination: Uint8Array,
  payload: Uint8Array,
): Uint8Array {
  const packet = new Uint8Array(IPV4_BYTES + payload.length);
  const view = new DataView(packet.buffer);
  view.setUint16(0, 0x4500);
  view.setUint16(2, packet.length);
  view.setUint16(6, 0x4000); // don't fragment
  view.setUint16(8, (64 << 8) | protocol);
  packet.set(source, 12);
  packet.set(destination, 16);
  view.setUint16(10, internetChecksum(packet.subarray(0, IPV4_BYTES)));
  packet.set(payload, IPV4_BYTES);
  return packet;
}

/** Undefined for anything malformed. */
export function parseTcp(payload: Uint8Array): TcpSegment | undefined {
  if (payload.length < TCP_BYTES) return undefined;
  const view = new DataView(payload.buffer, payload.byteOffset, payload.byteLength);
  const headerBytes = (view.getUint8(12) >> 4) * 4;
  if (headerBytes < TCP_BYTES || headerBytes > payload.length) return undefined;
  const flags = view.getUint8(13);
  const maximumSegment = flags & TCP.syn ? parseMaximumSegment(payload.subarray(TCP_BYTES, headerBytes)) : undefined;
  return {
    sourcePort: view.getUint16(0),
    destinationPort: view.getUint16(2),
    sequence: view.getUint32(4),
    acknowledgment: view.getUint32(8),
    flags,
    window: view.getUint16(14),
    ...(maximumSegment !== undefined && { maximumSegment }),
    data: payload.slice(headerBytes),
  };
}

export function encodeTcp(source: Uint8Array, destination: Uint8Array, segment: TcpSegment): Uint8Array {
  const optionBytes = segment.maximumSegment === undefined ? 0 : 4;
  const bytes = new Uint8Array(TCP_BYTES + optionBytes + segment.data.length);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, segment.sourcePort);
  view.setUint16(2, segment.destinationPort);
  view.setUint32(4, segment.sequence);
  view.setUint32(8, segment.acknowledgment);
  view.setUint8(12, ((TCP_BYTES + optionBytes) / 4) << 4);
  view.setUint8(13, segment.flags);
  view.setUint16(14, segment.window);
  if (segment.maximumSegment !== undefined) view.setUint32(TCP_BYTES, (2 << 24) | (4 << 16) | segment.maximumSegment);
  bytes.set(segment.data, TCP_BYTES + optionBytes);
  view.setUint16(16, internetChecksum(bytes, pseudoHeaderSum(PROTOCOL.tcp, source, destination, bytes.length)));
  return bytes;
}

export function encodeUdp(
  source: Uint8Array,
  destination: Uint8Array,
  sourcePort: number,
  destinationPort: number,
  data: Uint8Array,
): Uint8Array {
  const bytes = new Uint8Array(8 + data.length);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, sourcePort);
  view.setUint16(2, destinationPort);
  view.setUint16(4, bytes.length);
  bytes.set(data, 8);
  view.setUint16(
    6,
    internetChecksum(bytes, pseudoHeaderSum(PROTOCOL.udp, source, destination, bytes.length)) || 0xffff,
  );
  return bytes;
}

/** RFC 1071. `sum` is what is added beforehand. */
export function internetChecksum(bytes: Uint8Array, sum = 0): number {
  const even = bytes.length & ~1;
  for (let index = 0; index < even; index += 2) sum += (at(bytes, index) << 8) | at(bytes, index + 1);
  if (even < bytes.length) sum += at(bytes, even) << 8;
  while (sum > 0xffff) sum = (sum & 0xffff) + Math.floor(sum / 0x10000);
  return ~sum & 0xffff;
}

function pseudoHeaderSum(protocol: number, source: Uint8Array, destination: Uint8Array, length: number): number {
  const word = (bytes: Uint8Array, index: number) => (at(bytes, index) << 8) | at(bytes, index + 1);
  return word(source, 0) + word(source, 2) + word(destination, 0) + word(destination, 2) + protocol + length;
}

function parseMaximumSegment(options: Uint8Array): number | undefined {
  let index = 0;
  while (index < options.length) {
    const kind = at(options, index);
    if (kind === 0) return undefined;
    if (kind === 1) {
      index++;
      continue;
    }
    if (kind === 2 && index + 3 < options.length) return (at(options, index + 2) << 8) | at(options, index + 3);
    index += Math.max(2, at(options, index + 1));
  }
  return undefined;
}

function at(bytes: Uint8Array, index: number): number {
  return bytes[index] ?? 0;
}
