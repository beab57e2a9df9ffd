import type { Cancellable, Workspace } from "../machine/contract.ts";
import type { KeptFile } from "./kept-work.ts";

/** What lies in a workspace, by path; without links, which no copy can carry. */
export interface WorkspaceCopy {
  readonly files: ReadonlyMap<string, KeptFile>;
  readonly folders: readonly string[];
  readonly links: readonly string[];
}

/**
 * Copies the workspace. A file of `known` is taken from there as long as its size is still the same, so pass only what has
 * not changed since.
 */
export async function copyWorkspace(
  workspace: Pick<Workspace, "list" | "read">,
  { known = new Map(), signal }: { known?: ReadonlyMap<string, KeptFile> } & Cancellable = {},
): Promise<WorkspaceCopy> {
  const options = signal === undefined ? {} : { signal };
  const files = new Map<string, KeptFile>();
  const folders: string[] = [];
  const links: string[] = [];
  const visit = async (folder: string): Promise<void> => {
    for (const { name, kind, mode, bytes } of await workspace.list(folder, options)) {
      const path = folder === "" ? name : `${folder}/${name}`;
      if (kind === "link") links.push(path);
      if (kind === "file") {
        const old = known.get(path);
        const content = old?.content.byteLength === bytes ? old.content : await readFile(workspace, path, options);
        // What cannot be read is a pipe, a socket or the like, or has just gone.
        if (content !== undefined) files.set(path, { path, mode: mode & 0o7777, content });
      }
      if (kind === "folder") {
        folders.push(path);
        await visit(path);
      }
    }
  };
  await visit("");
  return { files, folders, links };
}

/** Makes the workspace the same as `copy`. What is the same already is not touched, and `/workspace` itself stays. */
export async function putWorkspace(
  workspace: Pick<Workspace, "list" | "read" | "write" | "makeFolder" | "remove">,
  copy: { readonly files: Iterable<KeptFile>; readonly folders: readonly string[] },
  { signal }: Cancellable = {},
): Promise<void> {
  const options = signal === undefined ? {} : { signal };
  const files = new Map([...copy.files].map((file) => [file.path, file]));
  const folders = new Set(copy.folders);
  for (const path of [...files.keys(), ...copy.folders]) for (const parent of parentsOf(path)) folders.add(parent);
  const same = new Set<string>();
  const visit = async (folder: string): Promise<void> => {
    for (const { name, kind, mode, bytes } of await workspace.list(folder, options)) {
      const path = folder === "" ? name : `${folder}/${name}`;
      const wanted = files.get(path);
      if (kind === "folder" && folders.has(path)) await visit(path);
      else if (kind !== "file" || wanted === undefined) await workspace.remove(path, options);
      else if ((mode & 0o7777) === wanted.mode && bytes === wanted.content.byteLength) {
        const there = await readFile(workspace, path, options);
        if (there !== undefined && isSame(there, wanted.content)) same.add(path);
      }
    }
  };
  await visit("");
  for (const folder of copy.folders) await workspace.makeFolder(folder, options);
  for (const { path, mode, content } of files.values()) {
    if (!same.has(path)) await workspace.write(path, content, { ...options, mode });
  }
}

export function isSame(a: Uint8Array, b: Uint8Array): boolean {
  return a.byteLength === b.byteLength && a.every((byte, n) => byte === b[n]);
}

/** Undefined for what is not there or is no file. */
export async function readFile(
  workspace: Pick<Workspace, "read">,
  path: string,
  options: Cancellable = {},
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  try {
    return await workspace.read(path, options);
  } catch (error) {
    if (error instanceof Error && "code" in error && (error.code === "not-found" || error.code === "invalid-path"))
      return undefined;
    throw error;
  }
}

function parentsOf(path: string): string[] {
  const names = path.split("/");
  return names.slice(1).map((_, n) => names.slice(0, n + 1).join("/"));
}
