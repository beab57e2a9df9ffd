// v86 translates the guest's hot code to WebAssembly. How it does that is fixed in its Rust code (src/rust/jit.rs) for small systems; Docker is none.
// Measured with `docker run --rm busybox true` in Chromium on two cores; npm run bench repeats it.
import type { WasmExports } from "./v86-internals.ts";

/**
 * v86's code with a threshold of 1,000,000 executed instructions instead of 200,000 (`JIT_THRESHOLD`) before a page is translated. Most of what a
 * command runs for the first time is not run often enough to be worth it, and every translation is then compiled once more by the
 * browser's optimizer, which takes the machine's processor away: the first run took 7 s instead of 10, later ones the same. Returns the code as it is where v86
 * was not compiled as version 0.5.462 is.
 */
export function delayTranslation(code: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const at = find(code, i32Const(200_000));
  if (at === undefined) return code;
  const changed = code.slice();
  changed.set(i32Const(1_000_000), at);
  return changed;
}

/** The instruction as WebAssembly encodes it; both numbers take three bytes of signed LEB128. */
function i32Const(value: number): number[] {
  return [0x41, 0x80 | (value & 0x7f), 0x80 | ((value >> 7) & 0x7f), (value >> 14) & 0x7f];
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
export function addTranslationSlots(wasm: WasmExports, table: WebAssembly.Table): void {
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
