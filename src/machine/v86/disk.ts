/**
 * The guest's hard disk, in the shape v86 asks of a disk (src/buffer.js). v86 reads and writes whole sectors. What a state holds of a disk is only what
 * was written over its base bytes, in one format for every kind of disk here, so that a state saved on one can be restored on another with the
 * same base.
 */
export interface Disk {
  readonly byteLength: number;
  /** Set by v86 before it calls `load`. */
  onload?: (event: object) => void;
  load(): void;
  get(start: number, length: number, done: (bytes: Uint8Array) => void): void;
  /**
   * v86 reads the first sector by these two, to derive a BIOS geometry from a partition table. Drydock's disks have no partitions and its kernel
   * is loaded directly, so a disk may answer with zeros, and with undefined.
   */
  get_and_cache(start: number, length: number, done: (bytes: Uint8Array) => void): void;
  get_from_cache(start: number, length: number): Uint8Array | undefined;
  set(start: number, bytes: Uint8Array, done: () => void): void;
  get_state(): DiskState;
  set_state(state: DiskState): void;
  /** Resolves when no read is under way. */
  idle(signal?: AbortSignal): Promise<void>;
}

/** Pages that were written: their numbers, one mask each of the sectors in it that count, and their bytes one after the other. */
export type DiskState = [pages: Uint32Array, masks: Uint8Array, bytes: Uint8Array];

export const SECTOR_BYTES = 512;
export const PAGE_BYTES = 4096;
