import type { KeptWorkspace } from "./kept-work.ts";

/** What lies in a workspace, whoever's it is and whenever it was kept. */
export type WorkspaceContent = Pick<KeptWorkspace, "files" | "folders" | "links">;

/** Whether both have the same files, with their modes, the same links and the same folders. */
export function isSameContent(a: WorkspaceContent, b: WorkspaceContent): boolean {
  const files = new Map(a.files.map((file) => [file.path, file]));
  const links = new Map((a.links ?? []).map(({ path, target }) => [path, target]));
  const folders = allFolders(a);
  return (
    a.files.length === b.files.length &&
    b.files.every(({ path, mode, content }) => {
      const other = files.get(path);
      return other?.mode === mode && isSame(other.content, content);
    }) &&
    links.size === (b.links ?? []).length &&
    (b.links ?? []).every(({ path, target }) => links.get(path) === target) &&
    folders.size === allFolders(b).size &&
    [...allFolders(b)].every((folder) => folders.has(folder))
  );
}

export function isSame(a: Uint8Array, b: Uint8Array): boolean {
  return a === b || (a.byteLength === b.byteLength && a.every((byte, n) => byte === b[n]));
}

/** Those that are listed, and those that something lies in. */
function allFolders({ files, folders, links = [] }: WorkspaceContent): Set<string> {
  const all = new Set(folders);
  for (const path of [...folders, ...[...files, ...links].map((each) => each.path)])
    for (let end = path.lastIndexOf("/"); end > 0; end = path.lastIndexOf("/", end - 1)) all.add(path.slice(0, end));
  return all;
}
