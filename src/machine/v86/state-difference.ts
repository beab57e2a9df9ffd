import { MachineError } from "../error.ts";

/**
 * The header of a saved machine: what its bytes are a difference to, and what comes out. The whole format, numbers little-endian:
 *
 *     0  8 bytes   "DRYDOCK\n"
 *     8  uint32    version of the format, 1
 *    12  32 bytes  SHA-256 of the compressed snapshot that the difference is to
 *    44  uint32    length of the state
 *    48  32 bytes  checksum of the state, see `checksumOf`
 *    80  32 bytes  SHA-256 of the 80 bytes before
 *   112  gzip      operations, which make the state from its first byte to its last
 *
 * An operation is a varint (seven bits a byte, the lowest first, the top bit says that more follow) of four times its length in bytes plus its kind:
 *
 *   0  bytes: they follow
 *   1  zeros
 *   2  copy: from the decompressed snapshot; a varint follows, the distance from the end of the last copy (at first 0) to where this one
 *      begins, doubled, and for a distance back, made positive and less one
 */
export interface DifferenceHeader {
  /** In hexadecimal. */
  readonly snapshotSha256: string;
  readonly stateBytes: number;
  readonly checksum: Uint8Array;
}

export const HEADER_BYTES = 112;
export const OPERATION = { bytes: 0, zeros: 1, copy: 2 } as const;

export async function encodeHeader({
  snapshotSha256,
  stateBytes,
  checksum,
}: DifferenceHeader): Promise<Uint8Array<ArrayBuffer>> {
  const header = new Uint8Array(HEADER_BYTES);
  const view = new DataView(header.buffer);
  header.set(MAGIC);
  view.setUint32(8, VERSION, true);
  header.set(fromHexadecimal(snapshotSha256), 12);
  view.setUint32(44, stateBytes, true);
  header.set(checksum, 48);
  header.set(await sha256(header.subarray(0, 80)), 80);
  return header;
}

/** Throws a `MachineError` with code `state-damaged`, or `state-mismatch` for another version of the format. */
export async function decodeHeader(header: Uint8Array<ArrayBuffer>): Promise<DifferenceHeader> {
  if (header.length < HEADER_BYTES || !MAGIC.every((byte, index) => header[index] === byte)) {
    throw damaged("it does not begin as one");
  }
  const view = new DataView(header.buffer, header.byteOffset, HEADER_BYTES);
  if (!equalBytes(await sha256(header.subarray(0, 80)), header.subarray(80, HEADER_BYTES))) {
    throw damaged("its first bytes have changed");
  }
  const version = view.getUint32(8, true);
  if (version !== VERSION) {
    throw new MachineError(
      "state-mismatch",
      `The saved machine was written in version ${String(version)} of its format; this page reads version ${String(VERSION)}.`,
      { hint: "Start a fresh machine; the saved one cannot be continued with this version." },
    );
  }
  return {
    snapshotSha256: toHexadecimal(header.subarray(12, 44)),
    stateBytes: view.getUint32(44, true),
    checksum: header.slice(48, 80),
  };
}

/** SHA-256 of the SHA-256s of each 4 MiB: the browser copies what it hashes, and a state has hundreds of megabytes. */
export async function checksumOf(state: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const sums = new Uint8Array(Math.ceil(state.length / CHECKSUM_PIECE_BYTES) * 32);
  for (let at = 0, index = 0; at < state.length; at += CHECKSUM_PIECE_BYTES, index++) {
    sums.set(await sha256(state.subarray(at, at + CHECKSUM_PIECE_BYTES)), index * 32);
  }
  return sha256(sums);
}

export function damaged(how: string, cause?: unknown): MachineError {
  return new MachineError("state-damaged", `The saved machine is damaged: ${how}.`, {
    hint: "Start a fresh machine; this one cannot be continued.",
    cause,
  });
}

export function equalBytes(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, index) => byte === other[index]);
}

const MAGIC = new TextEncoder().encode("DRYDOCK\n");
const VERSION = 1;
const CHECKSUM_PIECE_BYTES = 4 << 20;

async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
}

function toHexadecimal(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function fromHexadecimal(text: string): Uint8Array {
  return Uint8Array.from({ length: text.length / 2 }, (_, index) => parseInt(text.slice(index * 2, index * 2 + 2), 16));
}
