import { bytesAsSource, type ByteSource } from "./byte-source.ts";
import { pageRuns, STATE_PAGE_BYTES } from "./state-pages.ts";

export interface PageMatches {
  /** Where the pages of the state begin, ascending. */
  readonly offsets: Uint32Array;
  /** For each, where a page of the same content begins in the base, or `ZERO_PAGE` or `NEW_PAGE`. */
  readonly sources: Uint32Array;
}

export const NEW_PAGE = 0xffff_ffff;
export const ZERO_PAGE = 0xffff_fffe;

/** Finds the pages of `state` in `base` by their content, wherever they are. `base` is read through once and not kept. */
export function matchPages(state: Uint8Array<ArrayBuffer>, base: ByteSource): PageMatches {
  const words = new Uint32Array(state.buffer, state.byteOffset, state.length >> 2);
  const offsets = pageOffsets(state);
  const sources = new Uint32Array(offsets.length).fill(NEW_PAGE);
  const hashes = new Uint32Array(offsets.length);
  // Chains of pages with the same low bits of their hash. Numbers are indexes into `offsets`; NONE ends a chain.
  const heads = new Int32Array(1 << HASH_BITS).fill(NONE);
  const next = new Int32Array(offsets.length);
  offsets.forEach((offset, page) => {
    const hash = hashOf(words, offset >> 2);
    if (hash === ZERO_HASH && isZero(words, offset >> 2)) {
      sources[page] = ZERO_PAGE;
      return;
    }
    hashes[page] = hash;
    next[page] = heads[hash & HASH_MASK] ?? NONE;
    heads[hash & HASH_MASK] = page;
  });

  for (const { offset, bytes } of pageRuns(base)) {
    const run = new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.length >> 2);
    for (let word = 0; word < run.length; word += PAGE_WORDS) {
      const hash = hashOf(run, word);
      let before = NONE;
      for (let page = heads[hash & HASH_MASK] ?? NONE; page !== NONE; page = next[page] ?? NONE) {
        const found = hashes[page] === hash && isSame(words, (offsets[page] ?? 0) >> 2, run, word);
        if (!found) {
          before = page;
          continue;
        }
        sources[page] = offset + word * 4;
        // What has been found leaves its chain, so that many pages of one content are not compared again and again.
        if (before === NONE) heads[hash & HASH_MASK] = next[page] ?? NONE;
        else next[before] = next[page] ?? NONE;
      }
    }
  }
  return { offsets, sources };
}

const PAGE_WORDS = STATE_PAGE_BYTES / 4;
const HASH_BITS = 17;
const HASH_MASK = (1 << HASH_BITS) - 1;
const NONE = -1;
/** What `hashOf` makes of zeros. */
const ZERO_HASH = 0;

function pageOffsets(state: Uint8Array<ArrayBuffer>): Uint32Array {
  const runs = Array.from(pageRuns(bytesAsSource(state)));
  const count = runs.reduce((sum, { bytes }) => sum + bytes.length / STATE_PAGE_BYTES, 0);
  const offsets = new Uint32Array(count);
  let page = 0;
  for (const { offset, bytes } of runs) {
    for (let at = 0; at < bytes.length; at += STATE_PAGE_BYTES) offsets[page++] = offset + at;
  }
  return offsets;
}

/** Knuth's multiplicative hashing, word by word; equal hashes are compared in full. */
function hashOf(words: Uint32Array, at: number): number {
  let hash = 0;
  for (let word = at; word < at + PAGE_WORDS; word++) {
    hash = Math.imul(hash ^ (words[word] ?? 0), 0x9e37_79b1);
    hash ^= hash >>> 15;
  }
  return hash >>> 0;
}

function isZero(words: Uint32Array, at: number): boolean {
  for (let word = at; word < at + PAGE_WORDS; word++) if (words[word] !== 0) return false;
  return true;
}

function isSame(one: Uint32Array, at: number, other: Uint32Array, otherAt: number): boolean {
  for (let word = 0; word < PAGE_WORDS; word++) if (one[at + word] !== other[otherAt + word]) return false;
  return true;
}
