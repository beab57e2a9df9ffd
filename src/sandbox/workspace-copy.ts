import type { Cancellable, Workspace } from "../machine/contract.ts";
import { codeOf } from "./error-code.ts";
import type { KeptFile, KeptLink } from "./kept-work.ts";
import { isSame, type WorkspaceContent } from "./workspace-content.ts";

/** What lies in a workspace, by path. */
export interface WorkspaceCopy {
  readonly files: ReadonlyMap<string, KeptFile>;
  readonly folders: readonly string[];
  readonly links: readonly KeptLink[];
}

/**
 * Copies the workspace. `known` is asked for each file when its folder has been listed: what it answers is taken instead of
 * reading the file, as long as the size is still the same.
 */
export async function copyWorkspace(
  workspace: Pick<Workspace, "list" | "read">,
  { known = () => undefined, signal }: { known?: (path: string) => KeptFile | undefined } & Cancellable = {},
): Promise<WorkspaceCopy> {
  const options = signal === undefined ? {} : { signal };
  const files = new Map<string, KeptFile>();
  const folders: string[] = [];
  const links: KeptLink[] = [];
  const visit = async (folder: string): Promise<void> => {
    for (const { name, kind, mode, bytes, target } of await workspace.list(folder, options)) {
      const path = folder === "" ? name : `${folder}/${name}`;
      if (kind === "link" && target !== undefined) links.push({ path, target });
      if (kind === "file") {
        const old = known(path);
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

/** Makes the workspace the same as `content`. What is the same already is not touched, and `/workspace` itself stays. */
export async function putWorkspace(
  workspace: Pick<Workspace, "list" | "read" | "write" | "makeFolder" | "makeLink" | "remove">,
  content: WorkspaceContent,
  { signal }: Cancellable = {},
): Promise<void> {
  const options = signal === undefined ? {} : { signal };
  const files = new Map(content.files.map((file) => [file.path, file]));
  const links = new Map((content.links ?? []).map(({ path, target }) => [path, target]));
  const folders = new Set(content.folders);
  for (const path of [...files.keys(), ...links.keys(), ...content.folders])
    for (const parent of parentsOf(path)) folders.add(parent);
  const same = new Set<string>();
  const visit = async (folder: string): Promise<void> => {
    for (const { name, kind, mode, bytes, target } of await workspace.list(folder, options)) {
      const path = folder === "" ? name : `${folder}/${name}`;
      const wanted = files.get(path);
      if (kind === "folder" && folders.has(path)) await visit(path);
      else if (kind === "link" && target !== undefined && links.get(path) === target) same.add(path);
      else if (kind !== "file" || wanted === undefined) await workspace.remove(path, options);
      else if ((mode & 0o7777) === wanted.mode && bytes === wanted.content.byteLength) {
        const there = await readFile(workspace, path, options);
        if (there !== undefined && isSame(there, wanted.content)) same.add(path);
      }
    }
  };
  await visit("");
  for (const folder of content.folders) await workspace.makeFolder(folder, options);
  for (const { path, mode, content: bytes } of files.values())
    if (!same.has(path)) await workspace.write(path, bytes, { ...options, mode });
  for (const [path, target] of links) if (!same.has(path)) await workspace.makeLink(path, target, options);
}

/** Puts `content` over what is there. A link gives way to whatever has its name. */
export async function addToWorkspace(
  workspace: Pick<Workspace, "write" | "makeFolder" | "makeLink">,
  { files, folders, links = [] }: WorkspaceContent,
): Promise<void> {
  for (const folder of folders) await workspace.makeFolder(folder);
  for (const { path, mode, content } of files) await workspace.write(path, content, { mode });
  for (const { path, target } of links)
    await workspace.makeLink(path, target).catch((error: unknown) => {
      if (codeOf(error) !== "invalid-path") throw error;
    });
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
    if (["not-found", "invalid-path"].includes(codeOf(error))) return undefined;
    throw error;
  }
}

function parentsOf(path: string): string[] {
  const names = path.split("/");
  return names.slice(1).map((_, n) => names.slice(0, n + 1).join("/"));
}
