import * as z from "zod/mini";
import type { WorkspaceEntry } from "../machine/contract.ts";
import type { AskContext } from "./kind.ts";
import { maxMatchedLetters } from "./pattern.ts";

export function workspacePath() {
  return z
    .string()
    .check(
      z.refine(
        (path) => isInside(path),
        "must be a path below /workspace such as app/Dockerfile, without / at its start and without ..",
      ),
    );
}

/** What a file of the learner has in it, or why that cannot be looked at, in a sentence. */
export async function readText(path: string, context: AskContext): Promise<{ text: string } | { problem: string }> {
  const found = await findFile(path, context);
  return "problem" in found ? found : readFound(path, found.entry, context);
}

/** The same of a file that was found. One that is too large is not read. */
export async function readFound(
  path: string,
  { bytes: size, kind }: WorkspaceEntry,
  context: AskContext,
): Promise<{ text: string } | { problem: string }> {
  const tooLarge = { problem: `${path} is larger than what can be looked at.` };
  // The size of a link is not that of what it leads to.
  if (kind === "file" && size > maxMatchedLetters) return tooLarge;
  const bytes = await context.world.workspace.read(path, context);
  if (bytes.length > maxMatchedLetters) return tooLarge;
  const text = new TextDecoder().decode(bytes);
  return text.trim() === "" ? { problem: `${path} is there, but empty.` } : { text };
}

/** A file of the learner, or a sentence about what is there instead. */
export async function findFile(
  path: string,
  context: AskContext,
): Promise<{ entry: WorkspaceEntry } | { problem: string }> {
  const entry = await findEntry(path, context);
  if (entry === undefined) return { problem: await findElsewhere(path, context) };
  return entry.kind === "folder" ? { problem: `${path} is a folder.` } : { entry };
}

/** A sentence about a missing file, with the place where one of its name was put by mistake. */
async function findElsewhere(path: string, context: AskContext): Promise<string> {
  const name = nameOf(path);
  const folder = folderOf(path);
  const elsewhere = await findNear(name, folder, context);
  const where = folder === "" ? "/workspace" : `/workspace/${folder}`;
  if (elsewhere !== undefined) return `There is no ${name} in ${where}, but there is one at /workspace/${elsewhere}.`;
  return `There is no ${name} in ${where}.`;
}

/** What is at `path`, a folder as well; `undefined` if there is nothing. */
export async function findEntry(path: string, context: AskContext): Promise<WorkspaceEntry | undefined> {
  try {
    const entries = await context.world.workspace.list(folderOf(path), context);
    return entries.find(({ name }) => name === nameOf(path));
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "not-found") return undefined;
    throw error;
  }
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf("/")));
}

/** Looks in `/workspace` and the folders in it: where a file goes by mistake. */
async function findNear(name: string, wrongFolder: string, context: AskContext): Promise<string | undefined> {
  const { workspace } = context.world;
  const top = await workspace.list("", context);
  const folders = top.filter(({ kind }) => kind === "folder").map((entry) => entry.name);
  for (const folder of ["", ...folders]) {
    if (folder === wrongFolder) continue;
    const entries = folder === "" ? top : await workspace.list(folder, context);
    const same = entries.find((entry) => entry.kind === "file" && entry.name.toLowerCase() === name.toLowerCase());
    if (same !== undefined) return folder === "" ? same.name : `${folder}/${same.name}`;
  }
  // A name that differs only in its case, in the right folder.
  const here =
    wrongFolder === "" ? top : folders.includes(wrongFolder) ? await workspace.list(wrongFolder, context) : [];
  const same = here.find((entry) => entry.name.toLowerCase() === name.toLowerCase());
  return same && (wrongFolder === "" ? same.name : `${wrongFolder}/${same.name}`);
}

function isInside(path: string): boolean {
  return path !== "" && !path.startsWith("/") && path.split("/").every((part) => !["", ".", ".."].includes(part));
}
