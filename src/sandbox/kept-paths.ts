import type { KeptFile, KeptLink } from "./kept-work.ts";

/** `<course>/<lesson>`, or `playground`. */
export function isPlace(id: string): boolean {
  return id === "playground" || /^(?!playground\/)[a-z0-9][\w-]{0,99}\/[a-z0-9][\w-]{0,99}$/i.test(id);
}

export function isStepId(id: string): boolean {
  return /^[a-z0-9][\w-]{0,99}$/i.test(id);
}

/** Whether `path` names something below `/workspace`, as the machine's workspace takes it. */
export function isWorkspacePath(path: string): boolean {
  // The first is cheap, and bounds what the others take.
  if (path.length > longestPath || path.includes("\0") || bytesOf(path) > longestPath) return false;
  const names = path.split("/");
  const isName = (name: string) => name !== "" && name !== "." && name !== ".." && bytesOf(name) <= longestName;
  return names.length <= deepest && names.every(isName);
}

/** Whether a link can have `target`. Where that leads is the machine's affair: nothing here follows it. */
export function isLinkTarget(target: string): boolean {
  return target !== "" && !target.includes("\0") && bytesOf(target) < longestPath;
}

/** No path comes twice, and none lies below a file, or below a link, through which it would be written elsewhere. */
export function arePathsApart({
  files,
  folders,
  links = [],
}: {
  readonly files: readonly Pick<KeptFile, "path">[];
  readonly folders: readonly string[];
  readonly links?: readonly Pick<KeptLink, "path">[] | undefined;
}): boolean {
  const end = "\0";
  const all = [...files, ...links].map(({ path }) => ({ path: path.replaceAll("/", end), isFolder: false }));
  for (const folder of folders) all.push({ path: folder.replaceAll("/", end), isFolder: true });
  // With the end of a name before all letters, what lies below a path comes right after it.
  all.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  return all.every(({ path, isFolder }, n) => {
    const before = all[n - 1];
    if (before === undefined) return true;
    if (before.path === path) return before.isFolder && isFolder;
    return before.isFolder || !path.startsWith(before.path) || path[before.path.length] !== end;
  });
}

function bytesOf(text: string): number {
  return new TextEncoder().encode(text).length;
}

/** In bytes, as Linux has them. */
const longestPath = 4096;
const longestName = 255;
/** Nobody's folders are as deep, and what is takes long to be put into a machine. */
const deepest = 64;
