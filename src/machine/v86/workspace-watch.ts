import type { WorkspaceChange } from "../contract.ts";
import type { Fs9p } from "./v86-internals.ts";

export interface WorkspaceWatch extends Disposable {
  /** Reports now what has been collected. */
  flush(): void;
}

/**
 * Tells what changes in v86's file system, whichever side did it. v86 has no events for that, so the methods that both its 9p server and the
 * host call are wrapped on this one instance. Changes are collected for `BATCH_MS`; several to one path come as one.
 */
export function watchWorkspace(fs: Fs9p, report: (changes: readonly WorkspaceChange[]) => void): WorkspaceWatch {
  const written = new Set<number>();
  const removed = new Set<string>();
  let timer: ReturnType<typeof setTimeout> | undefined;

  const flush = () => {
    clearTimeout(timer);
    timer = undefined;
    if (written.size === 0 && removed.size === 0) return;
    const paths = new Set<string>();
    collectPaths(fs, ROOT, "", false, written, paths);
    const changes: WorkspaceChange[] = [
      ...[...removed].filter((path) => !exists(fs, path)).map((path) => ({ path, kind: "removed" }) as const),
      ...[...paths].map((path) => ({ path, kind: "written" }) as const),
    ];
    written.clear();
    removed.clear();
    if (changes.length > 0) report(changes);
  };
  const schedule = () => {
    timer ??= setTimeout(flush, BATCH_MS);
  };
  const noteWritten = (inode: number) => {
    if (inode < 0) return;
    written.add(inode);
    schedule();
  };
  const noteRemoved = (folder: number, name: string) => {
    const path = pathOf(fs, folder, name);
    if (path === undefined) return;
    removed.add(path);
    schedule();
  };

  const original = {
    CreateDirectory: fs.CreateDirectory,
    CreateFile: fs.CreateFile,
    CreateSymlink: fs.CreateSymlink,
    Write: fs.Write,
    ChangeSize: fs.ChangeSize,
    Rename: fs.Rename,
    Link: fs.Link,
    Unlink: fs.Unlink,
  } as const;
  const wrapped: typeof original = {
    CreateDirectory(name, parent) {
      const inode = original.CreateDirectory.call(fs, name, parent);
      noteWritten(inode);
      return inode;
    },
    CreateFile(name, parent) {
      const inode = original.CreateFile.call(fs, name, parent);
      noteWritten(inode);
      return inode;
    },
    CreateSymlink(name, parent, target) {
      const inode = original.CreateSymlink.call(fs, name, parent, target);
      noteWritten(inode);
      return inode;
    },
    async Write(inode, offset, count, content) {
      await original.Write.call(fs, inode, offset, count, content);
      noteWritten(inode);
    },
    async ChangeSize(inode, size) {
      await original.ChangeSize.call(fs, inode, size);
      noteWritten(inode);
    },
    async Rename(oldFolder, oldName, newFolder, newName) {
      const inode = fs.Search(oldFolder, oldName);
      noteRemoved(oldFolder, oldName);
      const errno = await original.Rename.call(fs, oldFolder, oldName, newFolder, newName);
      noteWritten(inode);
      return errno;
    },
    Link(folder, target, name) {
      const errno = original.Link.call(fs, folder, target, name);
      noteWritten(target);
      return errno;
    },
    Unlink(folder, name) {
      noteRemoved(folder, name);
      return original.Unlink.call(fs, folder, name);
    },
  };
  Object.assign(fs, wrapped);
  return {
    flush,
    [Symbol.dispose]() {
      clearTimeout(timer);
      Object.assign(fs, original);
    },
  };
}

const ROOT = 0;
const BATCH_MS = 50;

/** Adds the paths of the inodes in `wanted`, and of all that lies in a folder among them: it may have been moved there. */
function collectPaths(
  fs: Fs9p,
  folder: number,
  prefix: string,
  all: boolean,
  wanted: ReadonlySet<number>,
  paths: Set<string>,
): void {
  for (const [name, inode] of fs.GetInode(folder).direntries) {
    if (name === "." || name === "..") continue;
    const matches = all || wanted.has(inode);
    if (matches) paths.add(prefix + name);
    if (fs.IsDirectory(inode)) collectPaths(fs, inode, `${prefix}${name}/`, matches, wanted, paths);
  }
}

function exists(fs: Fs9p, path: string): boolean {
  let inode = ROOT;
  for (const name of path.split("/")) {
    if (!fs.IsDirectory(inode)) return false;
    inode = fs.Search(inode, name);
    if (inode < 0) return false;
  }
  return true;
}

/** Undefined for a folder that is no longer part of the tree. */
function pathOf(fs: Fs9p, folder: number, name: string): string | undefined {
  let path = name;
  for (let inode = folder; inode !== ROOT;) {
    const parent = fs.GetParent(inode);
    const own = [...fs.GetInode(parent).direntries].find(
      ([entry, child]) => child === inode && entry !== "." && entry !== "..",
    );
    if (!own) return undefined;
    path = `${own[0]}/${path}`;
    inode = parent;
  }
  return path;
}
