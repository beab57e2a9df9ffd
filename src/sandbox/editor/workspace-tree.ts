import type { Cancellable, Workspace } from "../../machine/contract.ts";
import { editorWords } from "../../words/editor.ts";

export interface TreeEntry {
  /** Below `/workspace`. */
  readonly path: string;
  readonly name: string;
  readonly kind: "file" | "folder";
  /** 0 for what lies in `/workspace` itself. */
  readonly depth: number;
}

/** The files of the workspace as lines of a tree: folders first, each followed by what is in it. `isPartial` when there are more. */
export async function listTree(
  workspace: Pick<Workspace, "list">,
  options: Cancellable = {},
): Promise<{ entries: TreeEntry[]; isPartial: boolean }> {
  const entries: TreeEntry[] = [];
  const visit = async (folder: string, depth: number): Promise<void> => {
    const found = await workspace.list(folder, options);
    const order = [...found].sort(
      (a, b) => Number(b.kind === "folder") - Number(a.kind === "folder") || a.name.localeCompare(b.name),
    );
    for (const { name, kind } of order) {
      if (entries.length >= mostEntries) return;
      const path = folder === "" ? name : `${folder}/${name}`;
      entries.push({ path, name, kind: kind === "folder" ? "folder" : "file", depth });
      if (kind === "folder" && depth < deepest && !skipped.has(name)) await visit(path, depth + 1);
    }
  };
  await visit("", 0);
  return { entries, isPartial: entries.length >= mostEntries };
}

const mostEntries = 400;
const deepest = 6;
/** Their content is made by programs and can be huge. */
const skipped = new Set([".git", "node_modules", "__pycache__"]);

/** Whether `path` is `folder` itself or lies in it. */
export function isAt(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder}/`);
}

/** The folder that something lies in; "" for /workspace. */
export function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf("/")));
}

/** Where something is when it has been moved into `folder`. */
export function placeIn(folder: string, path: string): string {
  const name = path.slice(path.lastIndexOf("/") + 1);
  return folder === "" ? name : `${folder}/${name}`;
}

/** What is wrong with a name for a new file, in a sentence. */
export function nameProblem(path: string, taken: ReadonlySet<string>): string | undefined {
  const words = editorWords.name;
  if (path.trim() === "") return words.empty;
  const parts = path.split("/");
  if (path.startsWith("/")) return words.slash;
  if (parts.some((part) => part === "" || part === "." || part === "..")) return words.noPath;
  // eslint-disable-next-line no-control-regex -- these are the characters that a name must not have
  if (/[\u0000-\u001f]/.test(path)) return words.lineBreaks;
  return taken.has(path) ? words.taken(path) : undefined;
}
