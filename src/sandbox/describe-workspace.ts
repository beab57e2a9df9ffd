import type { KeptWorkspace, KeptWorkspaceInfo } from "./kept-work.ts";

/** The entry of a workspace in their list. */
export function describeWorkspace({ lesson, savedAt, files }: KeptWorkspace): KeptWorkspaceInfo {
  const bytes = files.reduce((sum, { content }) => sum + content.byteLength, 0);
  return { lesson, savedAt, files: files.length, bytes };
}
