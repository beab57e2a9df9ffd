// v86 translates the guest's hot code to WebAssembly. How it does that is fixed in its Rust code (src/rust/jit.rs) for small systems; Docker is none.
// Measured with `docker run --rm busybox true` in Chromium on two cores; npm run bench repeats it.
import type { WasmExports } from "./v86-internals.ts";

/**
 * v86's code with a threshold that can be set while it runs, as an exported global: how many instructions of a page are executed one by one
 * before the page is translated (`JIT_THRESHOLD`, 200,000). Returns the code as it is where v86 was not compiled as version 0.5.462 is.
 */
export function makeThresholdSettable(code: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const at = find(code, V86_THRESHOLD);
  const sections = readSections(code);
  const globals = sections.find(({ id }) => id === GLOBAL_SECTION);
  const exports = sections.find(({ id }) => id === EXPORT_SECTION);
  if (at === undefined || !globals || !exports) return code;
  const number = firstNumber(code.subarray(globals.start, globals.end)).value;
  // global.get, and nothing twice, where the constant stood; one byte holds the number of the global.
  if (number > 0x7f) return code;
  const changed = code.slice();
  changed.set([0x23, number, 0x01, 0x01], at);
  const name = new TextEncoder().encode(THRESHOLD_NAME);
  const pieces: Uint8Array[] = [changed.subarray(0, PREAMBLE_BYTES)];
  for (const section of sections) {
    const content = changed.subarray(section.start, section.end);
    // A mutable i32, at first as v86 has it; an export of a global.
    if (section === globals)
      pieces.push(longer(section.id, content, Uint8Array.of(0x7f, 0x01, ...V86_THRESHOLD, 0x0b)));
    else if (section === exports)
      pieces.push(longer(section.id, content, Uint8Array.of(name.length, ...name, 0x03, number)));
    else pieces.push(changed.subarray(section.from, section.end));
  }
  return concat(pieces);
}

const THRESHOLD_NAME = "translation_threshold";

/**
 * Sets v86's translator for Docker, before the machine first runs. `wasm` and `table` are those of an instance of code that `makeThresholdSettable` has gone through.
 *
 * Most of what a command runs for the first time is not run often enough to be worth a translation, and every translation is then compiled once more by the
 * browser's optimizer, which takes the machine's processor away. The first six runs after a restore took 70 to 76 s with 1,000,000, 52 s with 2,000,000 and 51 s with 8,000,000;
 * the last of them 8.5, 6.4 and 8.6 s (on a host where Chromium is slow: its optimizer took 8 times what Node's did).
 */
export function tuneTranslation(wasm: WasmExports, table: WebAssembly.Table): void {
  addTranslationSlots(wasm, table);
  // One page per translated module instead of three: a third less time in the first commands after a restore.
  wasm.set_jit_config(1, 1);
  const threshold = wasm[THRESHOLD_NAME];
  if (threshold instanceof WebAssembly.Global) threshold.value = 3_000_000;
}

/** `i32.const 200000` in WebAssembly's binary format. */
const V86_THRESHOLD = [0x41, 0xc0, 0x9a, 0x0c];
const GLOBAL_SECTION = 6;
const EXPORT_SECTION = 7;
/** The magic number and the version, before the first section. */
const PREAMBLE_BYTES = 8;

interface Section {
  readonly id: number;
  /** Where it begins, with its number and length, and where its content does. */
  readonly from: number;
  readonly start: number;
  readonly end: number;
}

function readSections(code: Uint8Array): Section[] {
  const sections: Section[] = [];
  for (let from = PREAMBLE_BYTES; from < code.length;) {
    const { value, bytes } = firstNumber(code.subarray(from + 1));
    const start = from + 1 + bytes;
    sections.push({ id: code[from] ?? 0, from, start, end: start + value });
    from = start + value;
  }
  return sections;
}

/** A section that is a list, with one more entry. */
function longer(id: number, content: Uint8Array, entry: Uint8Array): Uint8Array {
  const { value, bytes } = firstNumber(content);
  const list = concat([unsigned(value + 1), content.subarray(bytes), entry]);
  return concat([Uint8Array.of(id), unsigned(list.length), list]);
}

/** The unsigned LEB128 number at the beginning, and how many bytes it takes. */
function firstNumber(bytes: Uint8Array): { value: number; bytes: number } {
  let value = 0;
  for (let at = 0; ; at++) {
    const byte = bytes[at] ?? 0;
    value += (byte & 0x7f) * 2 ** (7 * at);
    if (byte < 0x80) return { value, bytes: at + 1 };
  }
}

function unsigned(value: number): Uint8Array {
  const bytes: number[] = [];
  for (; value > 0x7f; value = Math.floor(value / 0x80)) bytes.push(0x80 | (value & 0x7f));
  return Uint8Array.of(...bytes, value);
}

function concat(pieces: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

/** Where `pattern` stands, if it stands at one place only. */
function find(bytes: Uint8Array, pattern: readonly number[]): number | undefined {
  const places: number[] = [];
  for (let at = bytes.indexOf(pattern[0] ?? 0); at !== -1; at = bytes.indexOf(pattern[0] ?? 0, at + 1)) {
    if (pattern.every((byte, offset) => bytes[at + offset] === byte)) places.push(at);
  }
  return places.length === 1 ? places[0] : undefined;
}

/**
 * Gives v86 room for more translated code.
 *
 * v86 keeps each translated page of the guest's code in a slot of a WebAssembly table, 899 of them, and throws all its translations away when they
 * are used up (`WASM_TABLE_SIZE` in its src/rust/jit.rs). Docker's programs use them up in seven runs, and the next one takes as long
 * as the first (8 s instead of 3). The number is no setting, but all that v86 keeps of it is a list of the free slots, a Rust `Vec<u16>`; this puts a longer one in its place.
 *
 * To be called before the machine first runs, while all slots are free. Where the list does not lie in memory as v86 0.5.462 lays it out, nothing is changed.
 */
function addTranslationSlots(wasm: WasmExports, table: WebAssembly.Table): void {
  const list = findList(wasm);
  if (list === undefined) return;
  table.grow(SLOTS - V86_SLOTS);
  const longer = wasm.v86_malloc(SLOTS * Uint16Array.BYTES_PER_ELEMENT);
  // The allocation may have moved the memory's buffer.
  new Uint16Array(wasm.memory.buffer, longer, SLOTS).set(Uint16Array.from({ length: SLOTS }, (_, index) => index + 1));
  new Uint32Array(wasm.memory.buffer, list, 3).set([SLOTS, longer, SLOTS]);
}

/**
 * Address of the vector: its capacity, the address of its elements, and its length. It was moved into v86's static data, which come first in
 * memory; what it was moved from can still be seen behind them.
 */
function findList(wasm: WasmExports): number | undefined {
  const words = new Uint32Array(wasm.memory.buffer, 0, HEAP_BYTES / Uint32Array.BYTES_PER_ELEMENT);
  for (let at = words.indexOf(V86_SLOTS); at !== -1; at = words.indexOf(V86_SLOTS, at + 1)) {
    if (words[at + 2] === V86_SLOTS && holdsAllSlots(wasm, words[at + 1] ?? 0)) {
      return at * Uint32Array.BYTES_PER_ELEMENT;
    }
  }
  return undefined;
}

/** The slots 1 to 899, in order. */
function holdsAllSlots(wasm: WasmExports, address: number): boolean {
  if (address % Uint16Array.BYTES_PER_ELEMENT !== 0 || address > HEAP_BYTES) return false;
  return new Uint16Array(wasm.memory.buffer, address, V86_SLOTS).every((slot, index) => slot === index + 1);
}

const V86_SLOTS = 899;
/** Ten rounds of `docker build`, `run`, `ps` and `images` take 905, each further round some 45; one is 40 kB of WebAssembly, and what the browser makes of it. */
const SLOTS = 4096;
/** v86's own data lie below the guest's memory, in the first 10 MB. */
const HEAP_BYTES = 32 << 20;
