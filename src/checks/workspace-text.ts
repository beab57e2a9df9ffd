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

/** The text of a file of the learner; `undefined` if it is too large. Rejects with `not-found`. */
export async function readText(path: string, context: AskContext): Promise<string | undefined> {
  const bytes = await context.world.workspace.read(path, context);
  return bytes.length > maxMatchedLetters ? undefined : new TextDecoder().decode(bytes);
}

/** A sentence about a missing file, with the place where one of its name was put by mistake. */
export async function findElsewhere(path: string, context: AskContext): Promise<string> {
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
