import { PAGE_BYTES, SECTOR_BYTES, type Disk, type DiskState } from "./disk.ts";

/**
 * A disk held in memory and written in place. Its state is empty: the base of a state saved with it is `bytes` as they are at that
 * moment, so whoever saves the state keeps the bytes too (without a copy, unless the machine goes on running).
 */
export class MemoryDisk implements Disk {
  readonly bytes: Uint8Array<ArrayBuffer>;
  onload?: (event: object) => void;

  constructor(bytes: Uint8Array<ArrayBuffer>) {
    if (bytes.byteLength % SECTOR_BYTES !== 0) throw new RangeError("a disk consists of whole sectors");
    this.bytes = bytes;
  }

  get byteLength(): number {
    return this.bytes.byteLength;
  }

  load(): void {
    this.onload?.({});
  }

  get(start: number, length: number, done: (bytes: Uint8Array) => void): void {
    done(this.bytes.slice(start, start + length));
  }

  get_and_cache(start: number, length: number, done: (bytes: Uint8Array) => void): void {
    this.get(start, length, done);
  }

  get_from_cache(start: number, length: number): Uint8Array {
    return this.bytes.subarray(start, start + length);
  }

  set(start: number, bytes: Uint8Array, done: () => void): void {
    this.bytes.set(bytes, start);
    done();
  }

  get_state(): DiskState {
    return [new Uint32Array(0), new Uint8Array(0), new Uint8Array(0)];
  }

  set_state([pages, masks, bytes]: DiskState): void {
    pages.forEach((page, at) => {
      const mask = masks[at] ?? 0;
      for (let sector = 0; sector < PAGE_BYTES / SECTOR_BYTES; sector++) {
        if ((mask & (1 << sector)) === 0) continue;
        const from = at * PAGE_BYTES + sector * SECTOR_BYTES;
        this.bytes.set(bytes.subarray(from, from + SECTOR_BYTES), page * PAGE_BYTES + sector * SECTOR_BYTES);
      }
    });
  }

  idle(): Promise<void> {
    return Promise.resolve();
  }
}
