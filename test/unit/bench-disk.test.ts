import { createHash } from "node:crypto";
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { zstdCompressSync } from "node:zlib";
import { afterEach, beforeEach, expect, it } from "vitest";
import { assembleDisk } from "../bench/references/image.ts";
import { partPath } from "../../src/machine/v86/manifest.ts";

const partBytes = 1 << 20;
let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "drydock-disk-"));
});
afterEach(() => rm(folder, { recursive: true }));

async function putPart(content: Buffer): Promise<string> {
  const hash = createHash("sha256").update(content).digest("hex");
  await mkdir(dirname(join(folder, partPath(hash))), { recursive: true });
  await writeFile(join(folder, partPath(hash)), zstdCompressSync(content));
  return hash;
}

it("puts the disk together in order, with holes where there are only zeros and a shorter part at its end", async () => {
  const first = await putPart(Buffer.alloc(partBytes, "a"));
  const last = await putPart(Buffer.alloc(4096, "z"));
  const path = join(folder, "disk.img");
  const bytes = 3 * partBytes + 4096;
  await assembleDisk({ parts: [first, null, first, last] }, { disk: { bytes, partBytes } }, path, folder);
  const disk = await readFile(path);
  const letters = [0, partBytes, 2 * partBytes, 3 * partBytes].map((offset) => disk.subarray(offset, offset + 4096));
  expect(letters.map((part) => part.every((byte) => byte === part[0]) && part[0])).toEqual([97, 0, 97, 122]);
  expect(disk.byteLength).toBe(bytes);
  expect((await stat(path)).blocks * 512).toBeLessThan(bytes);
});

it("refuses a part of another size", async () => {
  const short = await putPart(Buffer.alloc(4096, "a"));
  const disk = { bytes: 2 * partBytes, partBytes };
  await expect(assembleDisk({ parts: [short, null] }, { disk }, join(folder, "disk.img"), folder)).rejects.toThrow(
    "4096 bytes",
  );
});
