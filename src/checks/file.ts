import * as z from "zod/mini";
import type { AskContext, CheckKind } from "./kind.ts";
import { notYet, passed } from "./outcome.ts";

const schema = z.strictObject({
  /** Below `/workspace`. */
  path: z
    .string()
    .check(
      z.refine(
        (path) => isInside(path),
        "must be a path below /workspace such as app/Dockerfile, without / at its start and without ..",
      ),
    ),
  contains: z.optional(z.string().check(z.minLength(1))),
  /** A regular expression, `m` flag set. */
  matches: z.optional(
    z.string().check(z.refine((source) => isRegularExpression(source), "must be a JavaScript regular expression")),
  ),
});

type Parameters = z.infer<typeof schema>;

/** The learner's file exists, with this in it. */
export const file: CheckKind<Parameters> = {
  kind: "file",
  schema,
  concerns: ({ path }, change) =>
    change.source === "workspace" && (change.path === path || path.startsWith(`${change.path}/`)),
  async ask({ path, contains, matches }, context) {
    const wants = `Wanted is the file ${path}${(contains ?? matches) ? " with what the step asks for" : ""}.`;
    const bytes = await read(path, context);
    if (bytes === undefined) return notYet(await seenInstead(path, context), wants);
    const text = new TextDecoder().decode(bytes);
    if (contains !== undefined && !text.includes(contains)) return notYet(`${path} ${lacks(text)}.`, wants);
    if (matches !== undefined && !new RegExp(matches, "m").test(text)) return notYet(`${path} ${lacks(text)}.`, wants);
    return passed;
  },
};

async function read(path: string, context: AskContext): Promise<Uint8Array | undefined> {
  try {
    return await context.world.workspace.read(path, context);
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}

async function seenInstead(path: string, context: AskContext): Promise<string> {
  const name = path.slice(path.lastIndexOf("/") + 1);
  const folder = path.slice(0, Math.max(0, path.lastIndexOf("/")));
  const elsewhere = await findNear(name, folder, context);
  const where = folder === "" ? "/workspace" : `/workspace/${folder}`;
  if (elsewhere !== undefined) return `There is no ${name} in ${where}, but there is one at /workspace/${elsewhere}.`;
  return `There is no ${name} in ${where}.`;
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

function lacks(text: string): string {
  return text.trim() === "" ? "is there, but empty" : "is there, but something that the step asks for is missing in it";
}

function isNotFound(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "not-found";
}

function isInside(path: string): boolean {
  return path !== "" && !path.startsWith("/") && path.split("/").every((part) => !["", ".", ".."].includes(part));
}

function isRegularExpression(source: string): boolean {
  try {
    return new RegExp(source, "m") instanceof RegExp;
  } catch {
    return false;
  }
}
