import * as z from "zod/mini";
import type { KeptFile, KeptLink, KeptMachineInfo, KeptWorkspace, KeptWorkspaceInfo } from "./kept-work.ts";

const time = z.string().check(z.refine((text) => !Number.isNaN(Date.parse(text)), "is not a time"));

const path = z.string().check(z.refine(isWorkspacePath, "is not a path inside the workspace"));

const bytes = z.custom<Uint8Array<ArrayBuffer>>(
  (value) => value instanceof Uint8Array && value.buffer instanceof ArrayBuffer,
);

const file = z.object({ path, mode: z.int().check(z.gte(0), z.lte(0o7777)), content: bytes });

const link = z.object({ path, target: z.string().check(z.refine(isLinkTarget, "is nothing a link can lead to")) });

const workspace = z.object({
  lesson: z.string(),
  savedAt: time,
  files: z.array(file),
  folders: z.array(path),
  links: z.optional(z.array(link)),
});

const listed = z.object({
  lesson: z.string(),
  savedAt: time,
  files: z.int().check(z.nonnegative()),
  bytes: z.int().check(z.nonnegative()),
});

const machine = z.object({
  lesson: z.string(),
  step: z.optional(z.string()),
  savedAt: time,
  imageId: z.string().check(z.minLength(1)),
  bytes: z.int().check(z.nonnegative()),
});

/** Undefined for what is no workspace of `lesson`. */
export function parseKeptWorkspace(value: unknown, lesson: string): KeptWorkspace | undefined {
  const { success, data } = workspace.safeParse(value);
  return success && data.lesson === lesson && arePathsApart(data) ? data : undefined;
}

/** Undefined for what is no entry in the list of workspaces for `lesson`. */
export function parseKeptWorkspaceInfo(value: unknown, lesson: string): KeptWorkspaceInfo | undefined {
  const { success, data } = listed.safeParse(value);
  return success && data.lesson === lesson ? data : undefined;
}

/** The entry of a workspace in their list. */
export function describeWorkspace({ lesson, savedAt, files }: KeptWorkspace): KeptWorkspaceInfo {
  const bytes = files.reduce((sum, { content }) => sum + content.byteLength, 0);
  return { lesson, savedAt, files: files.length, bytes };
}

/** Undefined for what is no description of a machine of `lesson`. */
export function parseKeptMachineInfo(value: unknown, lesson: string): KeptMachineInfo | undefined {
  const { success, data } = machine.safeParse(value);
  return success && data.lesson === lesson ? { ...data, step: data.step } : undefined;
}

/** `<course>/<lesson>`, or `playground`. */
export function isPlace(id: string): boolean {
  return id === "playground" || /^(?!playground\/)[a-z0-9][\w-]{0,99}\/[a-z0-9][\w-]{0,99}$/i.test(id);
}

export function isStepId(id: string): boolean {
  return /^[a-z0-9][\w-]{0,99}$/i.test(id);
}

/** Whether `path` names something below `/workspace`, as the machine's workspace takes it. */
export function isWorkspacePath(path: string): boolean {
  return (
    path.length <= 4096 &&
    !path.includes("\0") &&
    path
      .split("/")
      .every((name) => name !== "" && name !== "." && name !== ".." && new TextEncoder().encode(name).length <= 255)
  );
}

/** Whether a link can have `target`. Where that leads is the machine's affair: nothing here follows it. */
export function isLinkTarget(target: string): boolean {
  return target !== "" && !target.includes("\0") && new TextEncoder().encode(target).length <= 4095;
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
  const taken = new Set([...files, ...links].map(({ path }) => path));
  if (taken.size !== files.length + links.length || folders.some((folder) => taken.has(folder))) return false;
  return [...taken, ...folders].every((path) => {
    for (let end = path.lastIndexOf("/"); end > 0; end = path.lastIndexOf("/", end - 1))
      if (taken.has(path.slice(0, end))) return false;
    return true;
  });
}
