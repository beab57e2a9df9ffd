import { malformedAnswer } from "../../error.ts";
import { createHeaderTable, type Field, type HeaderTable } from "./header-table.ts";
import { decodeHuffman } from "./huffman.ts";

/** Reads the header blocks of one connection, in the order in which they came (RFC 7541). */
export interface HeaderDecoder {
  decode(block: Uint8Array): Field[];
}

/** What we tell the other side of how large its table may be; the standard's default. */
const TABLE_BYTES = 4096;
/** Of one block once it is decoded, as RFC 9113 section 6.5.2 counts it. */
export const MAX_HEADER_LIST_BYTES = 65_536;

export function createHeaderDecoder(): HeaderDecoder {
  const table = createHeaderTable(TABLE_BYTES);
  return { decode: (block) => decodeBlock(block, table) };
}

/** All as literals that no table keeps (RFC 7541 section 6.2.2): our headers are few and short. */
export function encodeHeaders(fields: readonly Field[]): Uint8Array<ArrayBuffer> {
  const bytes: number[] = [];
  for (const [name, value] of fields) {
    bytes.push(0);
    for (const text of [name, value]) {
      const encoded = encoder.encode(text);
      pushInteger(bytes, encoded.length);
      bytes.push(...encoded);
    }
  }
  return new Uint8Array(bytes);
}

const encoder = new TextEncoder();

/** With a prefix of 7 bits, none of them Huffman's mark. */
function pushInteger(bytes: number[], value: number): void {
  if (value < 127) {
    bytes.push(value);
    return;
  }
  bytes.push(127);
  let left = value - 127;
  for (; left >= 128; left >>>= 7) bytes.push((left & 127) | 128);
  bytes.push(left);
}

function decodeBlock(block: Uint8Array, table: HeaderTable): Field[] {
  const fields: Field[] = [];
  let size = 0;
  let at = 0;

  const byte = (): number => {
    const value = block[at++];
    if (value === undefined) throw malformedAnswer("The answer's headers end too early.");
    return value;
  };
  const integer = (head: number, prefixBits: number): number => {
    const most = 2 ** prefixBits - 1;
    let value = head & most;
    if (value < most) return value;
    for (let shift = 0; ; shift += 7) {
      const next = byte();
      value += (next & 127) * 2 ** shift;
      if (value > MAX_INTEGER) throw malformedAnswer("The answer's headers hold a number that is too large.");
      if (next < 128) return value;
      if (shift >= 28) throw malformedAnswer("The answer's headers hold a number that is too long.");
    }
  };
  const text = (): string => {
    const head = byte();
    const length = integer(head, 7);
    if (at + length > block.length) throw malformedAnswer("The answer's headers end too early.");
    const bytes = block.subarray(at, at + length);
    at += length;
    return latin1(head >= 128 ? decodeHuffman(bytes, MAX_HEADER_LIST_BYTES) : bytes);
  };
  const known = (index: number): Field => {
    const field = table.get(index);
    if (field === undefined) throw malformedAnswer("The answer's headers refer to one that was never sent.");
    return field;
  };
  const literal = (index: number): Field => [index === 0 ? text() : known(index)[0], text()];

  while (at < block.length) {
    const head = byte();
    let field: Field;
    if (head >= 0x80) {
      field = known(integer(head, 7));
    } else if (head >= 0x40) {
      field = literal(integer(head, 6));
      table.add(field);
    } else if (head >= 0x20) {
      const bytes = integer(head, 5);
      if (bytes > TABLE_BYTES || fields.length > 0)
        throw malformedAnswer("The answer resizes its table of headers where it may not.");
      table.resize(bytes);
      continue;
    } else {
      field = literal(integer(head, 4));
    }
    size += field[0].length + field[1].length + 32;
    if (size > MAX_HEADER_LIST_BYTES)
      throw malformedAnswer(`The answer's headers are longer than ${MAX_HEADER_LIST_BYTES} bytes.`);
    fields.push(field);
  }
  return fields;
}

const MAX_INTEGER = 2 ** 31 - 1;

/** A character a byte: a value is bytes to HTTP/2, and UTF-8 only by agreement. */
function latin1(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}
