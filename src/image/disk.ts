import { access, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { command } from "./command.ts";
import { ImageError } from "./error.ts";

export const diskBytes = 1 << 30;

/** An ext4 file system of `diskBytes` with the tree `root` in it, made without mounting anything. */
export async function makeDisk(root: string, path: string, signal: AbortSignal): Promise<Uint8Array<ArrayBuffer>> {
  const mke2fs = await find("mke2fs");
  await rm(path, { force: true });
  await writeFile(path, "");
  await truncate(path, diskBytes);
  try {
    await command(
      mke2fs,
      [
        "-q",
        "-F",
        "-t",
        "ext4",
        "-b",
        "4096",
        "-N",
        "65536",
        "-m",
        "0",
        "-O",
        "^has_journal,^metadata_csum,^64bit,^resize_inode",
        "-L",
        "drydock",
        "-U",
        "d0cd0c00-0000-4000-8000-000000000001",
        "-E",
        "hash_seed=d0cd0c00-0000-4000-8000-000000000002,lazy_itable_init=0,root_owner=0:0",
        "-d",
        root,
        path,
      ],
      { phase: "disk", signal, hint: "A full disk is the usual cause: free some space and run the command again." },
    );
    const content = await readFile(path);
    return new Uint8Array(content.buffer, content.byteOffset, content.byteLength);
  } finally {
    await rm(path, { force: true });
  }
}

/** Debian keeps mke2fs in /usr/sbin, which is not on an ordinary user's PATH. */
async function find(program: string): Promise<string> {
  const folders = [...(process.env.PATH ?? "").split(delimiter), "/usr/sbin", "/sbin"];
  for (const folder of folders) {
    const path = join(folder, program);
    if (
      await access(path).then(
        () => true,
        () => false,
      )
    )
      return path;
  }
  throw new ImageError("disk", `${program} is not installed.`, { hint: "Install the package e2fsprogs." });
}
