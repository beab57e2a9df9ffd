import * as z from "zod/mini";
import { arePathsApart, isLinkTarget, isWorkspacePath } from "./kept-paths.ts";
import type { KeptMachineInfo, KeptWorkspace, KeptWorkspaceInfo } from "./kept-work.ts";

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

/** Undefined for what is no description of a machine of `lesson`. */
export function parseKeptMachineInfo(value: unknown, lesson: string): KeptMachineInfo | undefined {
  const { success, data } = machine.safeParse(value);
  return success && data.lesson === lesson ? { ...data, step: data.step } : undefined;
}
