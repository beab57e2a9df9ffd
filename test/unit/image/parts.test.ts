import { mkdtemp, readFile, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { zstdDecompressSync } from "node:zlib";
import { expect, test } from "vitest";
import { partBytes, sha256, writeParts } from "../../../src/image/parts.ts";

test("cuts a disk into parts named by their content and stores no zeros", async () => {
  const folder = await mkdtemp(join(tmpdir(), "drydock-parts-"));
  try {
    const disk = new Uint8Array(4 * partBytes);
    disk.fill(7, partBytes, 2 * partBytes);
    disk[3 * partBytes + 5] = 1;
    const { hashes, storedBytes } = await writeParts(disk, folder, new AbortController().signal);
    expect(hashes.map((hash) => hash !== null)).toEqual([false, true, false, true]);
    expect((await readdir(folder)).sort()).toEqual(
      hashes
        .filter((hash) => hash !== null)
        .map((hash) => `${hash}.zst`)
        .sort(),
    );
    const stored = await readFile(join(folder, `${String(hashes[3])}.zst`));
    expect(sha256(stored)).toBe(hashes[3]);
    expect(new Uint8Array(zstdDecompressSync(stored))).toEqual(disk.slice(3 * partBytes));
    expect(storedBytes).toBeGreaterThan(0);
  } finally {
    await rm(folder, { recursive: true });
  }
});
