import { createHash } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { constants, zstdCompress } from "node:zlib";

/** Small enough that one cold read of a Go program's page does not fetch a megabyte, large enough for zstd and for few requests. */
export const partBytes = 256 << 10;

export interface DiskParts {
  /** SHA-256 of each stored part in order, null where the part is all zeros and is not stored. */
  readonly hashes: readonly (string | null)[];
  readonly storedBytes: number;
}

/** Cuts a disk into compressed parts named by their content: `<folder>/<sha256 of the stored bytes>.zst`. */
export async function writeParts(disk: Uint8Array, folder: string, signal: AbortSignal): Promise<DiskParts> {
  await mkdir(folder, { recursive: true });
  const count = Math.ceil(disk.length / partBytes);
  const hashes = new Array<string | null>(count).fill(null);
  let storedBytes = 0;
  let next = 0;
  const worker = async () => {
    while (next < count) {
      signal.throwIfAborted();
      const index = next++;
      const part = disk.subarray(index * partBytes, (index + 1) * partBytes);
      if (isZero(part)) continue;
      const stored = await compress(part, 12);
      const hash = sha256(stored);
      hashes[index] = hash;
      storedBytes += stored.length;
      await writeFile(join(folder, `${hash}.zst`), stored);
    }
  };
  await Promise.all(Array.from({ length: 4 }, worker));
  return { hashes, storedBytes };
}

export function compress(bytes: Uint8Array, level: number): Promise<Buffer> {
  return zstd(bytes, { params: { [constants.ZSTD_c_compressionLevel]: level } });
}

/** Like `compress`, as small as is decent: looks for repetitions 64 MB back (v86's decoder allows 128 MB). Takes minutes. */
export function compressState(bytes: Uint8Array): Promise<Buffer> {
  const { ZSTD_c_compressionLevel, ZSTD_c_enableLongDistanceMatching, ZSTD_c_windowLog } = constants;
  return zstd(bytes, {
    params: { [ZSTD_c_compressionLevel]: 20, [ZSTD_c_enableLongDistanceMatching]: 1, [ZSTD_c_windowLog]: 26 },
  });
}

const zstd = promisify(zstdCompress);

export function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

function isZero(bytes: Uint8Array): boolean {
  const words = new BigUint64Array(bytes.buffer, bytes.byteOffset, bytes.byteLength >> 3);
  return words.every((word) => word === 0n);
}
