import type { WorkspaceEntry } from "../contract.ts";
import { MachineError } from "../error.ts";
import type { Fs9p, Inode } from "./v86-internals.ts";
import type { WorkspaceFile } from "./wire.ts";
import { invalidPath, notFound, parseEntryPath, parseWorkspacePath } from "./workspace-path.ts";

/** The workspace as the host sees it: v86's 9p file system, whose root the guest mounts at `/workspace`. */
export interface WorkspaceFiles {
  list(folder: string): WorkspaceEntry[];
  read(path: string): Promise<Uint8Array<ArrayBuffer>>;
  write(path: string, content: Uint8Array, mode?: number): Promise<void>;
  makeFolder(path: string): void;
  makeLink(path: string, target: string): void;
  rename(from: string, to: string): Promise<void>;
  remove(path: string): Promise<void>;
  exportAll(): Promise<WorkspaceFile[]>;
  /** Replaces everything. */
  importAll(files: readonly WorkspaceFile[]): Promise<void>;
}

export function createWorkspaceFiles(fs: Fs9p): WorkspaceFiles {
  /** The inode at the end of `names`, links on the way followed as long as they stay in the workspace; undefined where there is none. */
  const find = (path: string, names: readonly string[], followLast = true): number | undefined => {
    let todo = [...names];
    const trail = [ROOT];
    for (let links = 0; todo.length > 0;) {
      const [name, ...rest] = todo;
      todo = rest;
      const folder = trail.at(-1) ?? ROOT;
      if (name === undefined || name === "." || name === "") continue;
      if (name === "..") {
        if (trail.length === 1) throw invalidPath(path, "leads out of the workspace");
        trail.pop();
        continue;
      }
      if (!fs.IsDirectory(folder)) return undefined;
      const child = fs.Search(folder, name);
      if (child === NONE) return undefined;
      const inode = fs.GetInode(child);
      if (kindOf(inode) === "link" && (todo.length > 0 || followLast)) {
        if (++links > MOST_LINKS) throw invalidPath(path, "goes round in circles");
        const target =
          inode.symlink.startsWith("/workspace/") || inode.symlink === "/workspace"
            ? inode.symlink.slice("/workspace".length)
            : inode.symlink;
        if (target !== inode.symlink) trail.length = 1;
        else if (target.startsWith("/")) throw invalidPath(path, "leads out of the workspace");
        todo = [...target.split("/"), ...todo];
        continue;
      }
      trail.push(child);
    }
    return trail.at(-1);
  };
  const folderAt = (path: string, names: readonly string[]): number => {
    const folder = find(path, names);
    if (folder === undefined) throw notFound(names.join("/"));
    if (!fs.IsDirectory(folder)) throw invalidPath(path, "goes through a file");
    return folder;
  };
  const makeFolders = (path: string, names: readonly string[]): number => {
    let made: string[] = [];
    let folder = ROOT;
    for (const name of names) {
      made = [...made, name];
      const found = find(path, made);
      if (found === undefined) {
        // A dangling link has the name already.
        if (fs.Search(folder, name) !== NONE) throw invalidPath(path, "goes through a broken link");
        folder = fs.CreateDirectory(name, folder);
        setMode(fs.GetInode(folder), S_IFDIR, 0o755);
      } else if (fs.IsDirectory(found)) folder = found;
      else throw invalidPath(path, "goes through a file");
    }
    return folder;
  };
  const removeTree = async (folder: number, name: string): Promise<void> => {
    const inode = fs.Search(folder, name);
    if (fs.IsDirectory(inode)) {
      for (const child of childrenOf(fs.GetInode(inode))) await removeTree(inode, child);
    }
    const errno = fs.Unlink(folder, name);
    if (errno < 0) throw refused(`"${name}" could not be removed`, errno);
  };
  const createFile = async (folder: number, name: string, content: Uint8Array, mode: number): Promise<void> => {
    const inode = fs.CreateFile(name, folder);
    setMode(fs.GetInode(inode), S_IFREG, mode);
    if (content.length > 0) await replaceContent(inode, content);
  };
  const replaceContent = async (inode: number, content: Uint8Array): Promise<void> => {
    await fs.ChangeSize(inode, content.length);
    if (content.length > 0) await fs.Write(inode, 0, content.length, content);
    const node = fs.GetInode(inode);
    node.mtime = node.ctime = Math.floor(Date.now() / 1000);
    node.qid.version++;
  };

  const files: WorkspaceFiles = {
    list(folder) {
      const inode = fs.GetInode(folderAt(folder, parseWorkspacePath(folder)));
      return childrenOf(inode)
        .map((name): WorkspaceEntry => {
          const child = fs.GetInode(inode.direntries.get(name) ?? ROOT);
          const kind = kindOf(child);
          const bytes = kind === "file" ? child.size : 0;
          const mode = child.mode & 0o7777;
          if (kind === "link") return { name, kind, bytes, mode, target: child.symlink };
          return { name, kind: kind === "other" ? "file" : kind, bytes, mode };
        })
        .sort((a, b) => (a.name < b.name ? -1 : 1));
    },
    async read(path) {
      parseEntryPath(path);
      const inode = find(path, parseWorkspacePath(path));
      if (inode === undefined) throw notFound(path);
      if (kindOf(fs.GetInode(inode)) !== "file") throw invalidPath(path, "is not a file");
      const bytes = await fs.Read(inode, 0, fs.GetInode(inode).size);
      return bytes ? new Uint8Array(bytes) : new Uint8Array(0);
    },
    async write(path, content, mode) {
      const [folders, name] = parseEntryPath(path);
      const existing = find(path, [...folders, name]);
      if (existing !== undefined) {
        const inode = fs.GetInode(existing);
        if (kindOf(inode) !== "file") throw invalidPath(path, "is not a file");
        if (mode !== undefined) setMode(inode, S_IFREG, mode);
        await replaceContent(existing, content);
        return;
      }
      const folder = makeFolders(path, folders);
      if (fs.Search(folder, name) !== NONE) throw invalidPath(path, "is a broken link");
      await createFile(folder, name, content, mode ?? 0o644);
    },
    makeFolder(path) {
      makeFolders(path, parseWorkspacePath(path));
    },
    makeLink(path, target) {
      if (target === "" || target.includes("\0") || new TextEncoder().encode(target).length > LONGEST_TARGET)
        throw invalidPath(path, "cannot be a link to that");
      const [folders, name] = parseEntryPath(path);
      const folder = makeFolders(path, folders);
      if (fs.Search(folder, name) !== NONE) throw invalidPath(path, "exists already");
      fs.CreateSymlink(name, folder, target);
    },
    async rename(from, to) {
      const [fromFolders, fromName] = parseEntryPath(from);
      const [toFolders, toName] = parseEntryPath(to);
      const source = folderAt(from, fromFolders);
      const moved = fs.Search(source, fromName);
      if (moved === NONE) throw notFound(from);
      if (`${to}/`.startsWith(`${from}/`) && to !== from) throw invalidPath(to, "lies inside what is to be moved");
      const target = makeFolders(to, toFolders);
      const replaced = fs.Search(target, toName);
      if (replaced === moved) return;
      if (replaced !== NONE && fs.IsDirectory(replaced)) throw invalidPath(to, "is a folder that exists already");
      const errno = await fs.Rename(source, fromName, target, toName);
      if (errno < 0) throw refused(`"${from}" could not be renamed`, errno);
    },
    async remove(path) {
      const [folders, name] = parseEntryPath(path);
      const folder = folderAt(path, folders);
      if (fs.Search(folder, name) === NONE) throw notFound(path);
      await removeTree(folder, name);
    },
    async exportAll() {
      const out: WorkspaceFile[] = [];
      const visit = async (folder: number, prefix: string): Promise<void> => {
        for (const name of childrenOf(fs.GetInode(folder))) {
          const child = fs.Search(folder, name);
          const inode = fs.GetInode(child);
          const path = prefix + name;
          const kind = kindOf(inode);
          if (kind === "folder") {
            out.push({ kind, path, mode: inode.mode & 0o7777 });
            await visit(child, `${path}/`);
          } else if (kind === "link") out.push({ kind, path, target: inode.symlink });
          else if (kind === "file")
            out.push({ kind, path, mode: inode.mode & 0o7777, content: await files.read(path) });
        }
      };
      await visit(ROOT, "");
      return out;
    },
    async importAll(entries) {
      for (const name of childrenOf(fs.GetInode(ROOT))) await removeTree(ROOT, name);
      for (const entry of entries) {
        const [folders, name] = parseEntryPath(entry.path);
        const folder = makeFolders(entry.path, folders);
        if (entry.kind === "folder") setMode(fs.GetInode(fs.CreateDirectory(name, folder)), S_IFDIR, entry.mode);
        else if (entry.kind === "link") fs.CreateSymlink(name, folder, entry.target);
        else await createFile(folder, name, entry.content, entry.mode);
      }
    },
  };
  return files;
}

const ROOT = 0;
const NONE = -1;
/** As many as Linux follows. */
const MOST_LINKS = 40;
/** Bytes: PATH_MAX of Linux, without the NUL at its end. */
const LONGEST_TARGET = 4095;
const S_IFMT = 0o170000;
const S_IFDIR = 0o040000;
const S_IFREG = 0o100000;
const S_IFLNK = 0o120000;

function kindOf({ mode }: Inode): "file" | "folder" | "link" | "other" {
  const type = mode & S_IFMT;
  if (type === S_IFREG) return "file";
  if (type === S_IFDIR) return "folder";
  return type === S_IFLNK ? "link" : "other";
}

function childrenOf(folder: Inode): string[] {
  return [...folder.direntries.keys()].filter((name) => name !== "." && name !== "..");
}

/** Permission bits only; the owner is root, as of all that the learner's shell makes. */
function setMode(inode: Inode, type: number, mode: number): void {
  inode.mode = type | (mode & 0o7777);
  inode.uid = inode.gid = 0;
}

function refused(what: string, errno: number): MachineError {
  return new MachineError("guest-error", `${what} (error ${String(-errno)}).`, {
    hint: "It may be in use in the machine. Try again.",
  });
}
