import { createHash } from "node:crypto";
import { lstat, readFile, readdir, readlink } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { packTar, type TarEntry } from "modern-tar";
import { mediaTypes, putBlob, type Descriptor } from "./blobs.ts";
import type { OwnFile, Owner } from "./recipes.ts";

export interface Layer {
  readonly descriptor: Descriptor;
  /** SHA-256 of the archive before it is compressed. */
  readonly diffId: string;
}

/** An archive of everything below `tree`, and then of `files`, the same for the same input whoever builds it. */
export async function archiveTree(
  tree: string,
  files: Readonly<Record<string, OwnFile>>,
  when: Date,
): Promise<Uint8Array> {
  const entries: TarEntry[] = [];
  const inodes = new Map<number, string>();
  for (const entry of await readdir(tree, { recursive: true, withFileTypes: true })) {
    const at = join(entry.parentPath, entry.name);
    const name = at.slice(tree.length + 1);
    if (files[name] !== undefined && !entry.isDirectory()) continue;
    const { mode, mtime, size, ino, nlink } = await lstat(at);
    const header = { name, mode: mode & 0o7777, uid: 0, gid: 0 };
    if (entry.isDirectory()) {
      const owner = ownerOf(files[name]);
      entries.push({ header: { ...header, ...owner, name: `${name}/`, type: "directory", size: 0, mtime: when } });
    } else if (entry.isSymbolicLink()) {
      entries.push({ header: { ...header, type: "symlink", size: 0, linkname: await readlink(at), mtime } });
    } else if (entry.isFile()) {
      const first = nlink > 1 ? inodes.get(ino) : undefined;
      if (first === undefined) {
        inodes.set(ino, name);
        entries.push({ header: { ...header, type: "file", size, mtime }, body: await readFile(at) });
      } else entries.push({ header: { ...header, type: "link", size: 0, linkname: first, mtime } });
    }
  }
  const has = new Set(entries.map(({ header }) => header.name));
  for (const [name, file] of Object.entries(files)) {
    const header = { name, uid: 0, gid: 0, mtime: when, size: 0 };
    if ("text" in file) {
      const body = Buffer.from(file.text);
      entries.push({ header: { ...header, type: "file", mode: file.mode ?? 0o644, size: body.length }, body });
    } else if ("link" in file) {
      entries.push({ header: { ...header, type: "symlink", mode: 0o777, linkname: file.link } });
    } else if (!has.has(`${name}/`)) {
      const mode = file.mode ?? 0o755;
      entries.push({ header: { ...header, ...file.owner, name: `${name}/`, type: "directory", mode } });
    }
  }
  // A hard link has to come after what it links to, which the order of names does not promise.
  const last = (entry: TarEntry) => (entry.header.type === "link" ? 1 : 0);
  entries.sort((a, b) => last(a) - last(b) || (a.header.name < b.header.name ? -1 : 1));
  return packTar(entries);
}

export async function putLayer(folder: string, archive: Uint8Array): Promise<Layer> {
  const descriptor = await putBlob(folder, mediaTypes.layer, await compress(archive, { level: 9 }));
  return { descriptor, diffId: `sha256:${createHash("sha256").update(archive).digest("hex")}` };
}

const compress = promisify(gzip);

function ownerOf(file: OwnFile | undefined): Partial<Owner> {
  return file !== undefined && "folder" in file ? { ...file.owner } : {};
}
