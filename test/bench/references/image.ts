import { open, readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { zstdDecompress } from "node:zlib";
import {
  parseDiskIndex,
  parseManifest,
  partPath,
  type DiskIndex,
  type Manifest,
} from "../../../src/machine/v86/manifest.ts";
import { siteFolder } from "../../../src/server/build-site.ts";

/** The machine image that the site was built with. */
export const imageFolder = join(siteFolder, "machine");

export async function readImage(folder = imageFolder): Promise<Manifest> {
  return parseManifest(await readFile(join(folder, "manifest.json"), "utf8"));
}

export async function readIndex(manifest: Manifest, folder = imageFolder): Promise<DiskIndex> {
  return parseDiskIndex(await readFile(join(folder, manifest.files.diskIndex.path), "utf8"), manifest);
}

/** Puts the machine's disk together from its compressed parts, as a raw image at `path`. Parts of zeros stay holes. */
export async function assembleDisk(
  { parts }: DiskIndex,
  { disk }: Pick<Manifest, "disk">,
  path: string,
  folder = imageFolder,
): Promise<void> {
  await using file = await open(path, "w");
  await file.truncate(disk.bytes);
  for (const [index, hash] of parts.entries()) {
    if (hash === null) continue;
    const content = await promisify(zstdDecompress)(await readFile(join(folder, partPath(hash))));
    const offset = index * disk.partBytes;
    if (content.byteLength !== Math.min(disk.partBytes, disk.bytes - offset))
      throw new Error(`Part ${index} of the disk has ${content.byteLength} bytes.`);
    await file.write(content, 0, content.byteLength, offset);
  }
}

/** What boots the image without its snapshot: paths of files in `folder`. */
export interface BootFiles {
  readonly kernel: string;
  readonly initrd: string;
  readonly commandLine: string;
}

export function readBoot({ boot }: Manifest, folder = imageFolder): BootFiles {
  if (boot === undefined)
    throw new Error("This machine image does not tell what boots it. Build it again: npm run machine");
  return {
    kernel: join(folder, boot.kernel.path),
    initrd: join(folder, boot.initrd.path),
    commandLine: boot.commandLine,
  };
}
