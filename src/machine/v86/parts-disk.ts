import { decompress } from "fzstd";
import { MachineError } from "../error.ts";
import { cancelledError, throwIfCancelled } from "../signal.ts";
import { PAGE_BYTES, SECTOR_BYTES, type Disk, type DiskState } from "./disk.ts";

export interface PartsDiskOptions {
  byteLength: number;
  /** A multiple of the page size (4096). The last part may be shorter. */
  partBytes: number;
  /** SHA-256 of each compressed part in hexadecimal; null for a part of zeros, which is not stored. */
  parts: readonly (string | null)[];
  /** Fetches one compressed part, verified; it has done its own retries when it rejects. */
  fetchPart(sha256: string, signal: AbortSignal): Promise<Uint8Array>;
  /** Called when a read cannot be answered. The guest's read stays open, so the machine must be stopped. */
  onFailure(error: MachineError): void;
  /** How much of the parts is kept unpacked. The guest has a page cache of its own; this one spares neighbouring reads. Default 32 MiB. */
  cacheBytes?: number;
}

/**
 * A disk that is fetched part by part when the guest reads it. What the guest writes is kept beside the parts in an overlay, and only the overlay
 * goes into a state.
 */
export class PartsDisk implements Disk {
  readonly byteLength: number;
  onload?: (event: object) => void;
  readonly #options: PartsDiskOptions;
  readonly #overlay = new Map<number, OverlayPage>();
  readonly #cache = new Map<number, Uint8Array>();
  readonly #fetching = new Map<number, Promise<Uint8Array>>();
  readonly #disposal = new AbortController();
  #reads = 0;
  #idleWaiters: (() => void)[] = [];

  constructor(options: PartsDiskOptions) {
    if (
      options.partBytes % PAGE_BYTES !== 0 ||
      options.parts.length !== Math.ceil(options.byteLength / options.partBytes)
    ) {
      throw new RangeError("the parts do not add up to the disk");
    }
    this.#options = options;
    this.byteLength = options.byteLength;
  }

  load(): void {
    this.onload?.({});
  }

  get(start: number, length: number, done: (bytes: Uint8Array) => void): void {
    // What the cache has is held from now on: it may be gone from there when the rest has come.
    const { parts, missing } = this.#partsUnder(start, length);
    if (missing.length === 0) {
      done(this.#assemble(start, length, parts));
      return;
    }
    this.#reads++;
    Promise.all(missing.map(async (part) => parts.set(part, await this.#part(part)))).then(
      () => {
        this.#endRead();
        done(this.#assemble(start, length, parts));
      },
      (error: unknown) => {
        this.#endRead();
        if (this.#disposal.signal.aborted) return;
        this.#options.onFailure(asMachineError(error));
      },
    );
  }

  get_and_cache(_start: number, length: number, done: (bytes: Uint8Array) => void): void {
    done(new Uint8Array(length));
  }

  get_from_cache(): undefined {
    return undefined;
  }

  set(start: number, bytes: Uint8Array, done: () => void): void {
    for (let offset = 0; offset < bytes.length; offset += SECTOR_BYTES) {
      const position = start + offset;
      const number = Math.floor(position / PAGE_BYTES);
      let page = this.#overlay.get(number);
      if (!page) this.#overlay.set(number, (page = { bytes: new Uint8Array(PAGE_BYTES), mask: 0 }));
      const within = position % PAGE_BYTES;
      page.bytes.set(bytes.subarray(offset, offset + SECTOR_BYTES), within);
      page.mask |= 1 << (within / SECTOR_BYTES);
    }
    done();
  }

  get_state(): DiskState {
    const pages = Uint32Array.from(this.#overlay.keys());
    const masks = Uint8Array.from(this.#overlay.values(), (page) => page.mask);
    const bytes = new Uint8Array(pages.length * PAGE_BYTES);
    let at = 0;
    for (const page of this.#overlay.values()) {
      bytes.set(page.bytes, at);
      at += PAGE_BYTES;
    }
    return [pages, masks, bytes];
  }

  set_state([pages, masks, bytes]: DiskState): void {
    this.#overlay.clear();
    pages.forEach((page, index) => {
      const from = index * PAGE_BYTES;
      this.#overlay.set(page, { bytes: bytes.slice(from, from + PAGE_BYTES), mask: masks[index] ?? 0 });
    });
  }

  idle(signal?: AbortSignal): Promise<void> {
    throwIfCancelled(signal);
    if (this.#reads === 0) return Promise.resolve();
    return new Promise((resolve, reject) => {
      this.#idleWaiters.push(resolve);
      signal?.addEventListener(
        "abort",
        () => {
          reject(cancelledError(signal));
        },
        { once: true },
      );
    });
  }

  /** Stops what is being fetched. */
  dispose(): void {
    this.#disposal.abort(new MachineError("disposed", "The machine was shut down.", { hint: "Start it again." }));
    for (const resolve of this.#idleWaiters) resolve();
  }

  #endRead(): void {
    this.#reads--;
    if (this.#reads > 0) return;
    for (const resolve of this.#idleWaiters) resolve();
    this.#idleWaiters = [];
  }

  /** The stored parts under those pages of a range that were not wholly overwritten: those in memory, and those that are not. */
  #partsUnder(start: number, length: number): { parts: Map<number, Uint8Array>; missing: number[] } {
    const parts = new Map<number, Uint8Array>();
    const missing = new Set<number>();
    for (let page = Math.floor(start / PAGE_BYTES); page * PAGE_BYTES < start + length; page++) {
      if (this.#overlay.get(page)?.mask === WHOLE_PAGE) continue;
      const part = Math.floor((page * PAGE_BYTES) / this.#options.partBytes);
      if (this.#options.parts[part] === null || parts.has(part) || missing.has(part)) continue;
      const cached = this.#cached(part);
      if (cached) parts.set(part, cached);
      else missing.add(part);
    }
    return { parts, missing: [...missing] };
  }

  #assemble(start: number, length: number, parts: ReadonlyMap<number, Uint8Array>): Uint8Array {
    const { partBytes } = this.#options;
    const out = new Uint8Array(length);
    for (let position = start; position < start + length;) {
      const part = Math.floor(position / partBytes);
      const end = Math.min((part + 1) * partBytes, start + length);
      const base = parts.get(part);
      if (base) out.set(base.subarray(position - part * partBytes, end - part * partBytes), position - start);
      position = end;
    }
    for (let position = start; position < start + length; position += SECTOR_BYTES) {
      const page = this.#overlay.get(Math.floor(position / PAGE_BYTES));
      const within = position % PAGE_BYTES;
      if (page && (page.mask & (1 << (within / SECTOR_BYTES))) !== 0) {
        out.set(page.bytes.subarray(within, within + SECTOR_BYTES), position - start);
      }
    }
    return out;
  }

  #cached(part: number): Uint8Array | undefined {
    const bytes = this.#cache.get(part);
    if (bytes) {
      this.#cache.delete(part);
      this.#cache.set(part, bytes);
    }
    return bytes;
  }

  #part(part: number): Promise<Uint8Array> {
    const cached = this.#cached(part);
    if (cached) return Promise.resolve(cached);
    let fetching = this.#fetching.get(part);
    if (!fetching) {
      fetching = this.#fetch(part).finally(() => this.#fetching.delete(part));
      this.#fetching.set(part, fetching);
    }
    return fetching;
  }

  async #fetch(part: number): Promise<Uint8Array> {
    const { byteLength, partBytes, parts, fetchPart } = this.#options;
    const sha256 = parts[part];
    if (!sha256) throw new RangeError(`part ${String(part)} is not stored`);
    const compressed = await fetchPart(sha256, this.#disposal.signal);
    const bytes = decompress(compressed);
    if (bytes.length !== Math.min(partBytes, byteLength - part * partBytes)) {
      throw new MachineError(
        "image-mismatch",
        `Part ${sha256.slice(0, 12)} of the machine's disk has the wrong size.`,
        {
          hint: "The machine image was not built or uploaded completely. Tell the operator of this site.",
        },
      );
    }
    this.#cache.set(part, bytes);
    const room = Math.max(1, Math.floor((this.#options.cacheBytes ?? CACHE_BYTES) / partBytes));
    for (const oldest of this.#cache.keys()) {
      if (this.#cache.size <= room) break;
      this.#cache.delete(oldest);
    }
    return bytes;
  }
}

interface OverlayPage {
  readonly bytes: Uint8Array;
  /** One bit for each sector that was written. */
  mask: number;
}

const WHOLE_PAGE = (1 << (PAGE_BYTES / SECTOR_BYTES)) - 1;
const CACHE_BYTES = 32 << 20;

function asMachineError(error: unknown): MachineError {
  if (error instanceof MachineError) return error;
  return new MachineError("download-failed", "A part of the machine's disk could not be read.", {
    hint: "Check the network connection, then reload the page.",
    cause: error,
  });
}
