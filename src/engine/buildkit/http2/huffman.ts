import { malformedAnswer } from "../../error.ts";

/** Decodes a string in HPACK's Huffman code (RFC 7541 section 5.2). Rejects with `malformed-answer` where it is not one, or longer than `limit` bytes. */
export function decodeHuffman(bytes: Uint8Array, limit: number): Uint8Array<ArrayBuffer> {
  // The shortest code has 5 bits.
  const out = new Uint8Array(Math.min(limit, Math.ceil((bytes.length * 8) / 5)));
  let length = 0;
  let code = 0;
  let bits = 0;
  for (const byte of bytes) {
    for (let bit = 7; bit >= 0; bit--) {
      code = code * 2 + ((byte >> bit) & 1);
      bits++;
      const offset = code - (first[bits] ?? 0);
      if (offset >= 0 && offset < (count[bits] ?? 0)) {
        const symbol = symbols[(index[bits] ?? 0) + offset] ?? endOfString;
        if (symbol === endOfString) throw malformedAnswer("A header of the answer holds the mark of its own end.");
        if (length >= limit) throw malformedAnswer(`The answer has a header longer than ${limit} bytes.`);
        out[length++] = symbol;
        code = bits = 0;
      } else if (bits >= longest) {
        throw malformedAnswer("A header of the answer is in no Huffman code.");
      }
    }
  }
  // Only ones, and less than a byte of them, may follow the last symbol.
  if (bits > 7 || code !== 2 ** bits - 1) throw malformedAnswer("A header of the answer ends within a symbol.");
  return out.subarray(0, length);
}

const endOfString = 256;
const longest = 30;

/** Bits of each byte's code, and at last of the end's (RFC 7541 appendix B). The code is canonical, so nothing more is needed. */
const lengths: readonly number[] = [
  ...[13, 23, 28, 28, 28, 28, 28, 28, 28, 24, 30, 28, 28, 30, 28, 28],
  ...[28, 28, 28, 28, 28, 28, 30, 28, 28, 28, 28, 28, 28, 28, 28, 28],
  ...[6, 10, 10, 12, 13, 6, 8, 11, 10, 10, 8, 11, 8, 6, 6, 6],
  ...[5, 5, 5, 6, 6, 6, 6, 6, 6, 6, 7, 8, 15, 6, 12, 10],
  ...[13, 6, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7],
  ...[7, 7, 7, 7, 7, 7, 7, 7, 8, 7, 8, 13, 19, 13, 14, 6],
  ...[15, 5, 6, 5, 6, 5, 6, 6, 6, 5, 7, 7, 6, 6, 6, 5],
  ...[6, 7, 6, 5, 5, 6, 7, 7, 7, 7, 7, 15, 11, 14, 13, 28],
  ...[20, 22, 20, 20, 22, 22, 22, 23, 22, 23, 23, 23, 23, 23, 24, 23],
  ...[24, 24, 22, 23, 24, 23, 23, 23, 23, 21, 22, 23, 22, 23, 23, 24],
  ...[22, 21, 20, 22, 22, 23, 23, 21, 23, 22, 22, 24, 21, 22, 23, 23],
  ...[21, 21, 22, 21, 23, 22, 23, 23, 20, 22, 22, 22, 23, 22, 22, 23],
  ...[26, 26, 20, 19, 22, 23, 22, 25, 26, 26, 26, 27, 27, 26, 24, 25],
  ...[19, 21, 26, 27, 27, 26, 27, 24, 21, 21, 26, 26, 28, 27, 27, 27],
  ...[20, 24, 20, 21, 22, 21, 21, 23, 22, 22, 25, 25, 24, 24, 26, 23],
  ...[26, 27, 26, 26, 27, 27, 27, 27, 27, 28, 27, 27, 27, 27, 27, 26],
  30,
];

/** All symbols by the length of their code, then by value: the order in which the codes count up. */
const symbols = lengths
  .map((_, symbol) => symbol)
  .sort((one, other) => (lengths[one] ?? 0) - (lengths[other] ?? 0) || one - other);
/** For each length: how many codes have it, where their symbols begin, and the first of them. */
const count: number[] = Array.from(
  { length: longest + 1 },
  (_, bits) => lengths.filter((each) => each === bits).length,
);
const index: number[] = [];
const first: number[] = [];
for (let bits = 0, code = 0, at = 0; bits <= longest; bits++) {
  first.push(code);
  index.push(at);
  at += count[bits] ?? 0;
  code = (code + (count[bits] ?? 0)) * 2;
}
