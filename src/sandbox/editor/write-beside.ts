import type { Workspace } from "../../machine/contract.ts";
import { codeOf } from "../error-code.ts";

/**
 * Keeps what was typed into a file beside it, when the file itself is the terminal's: as `<path>.mine`, or under the next such
 * name that nothing has. Resolves to that name.
 */
export async function writeBeside(
  workspace: Pick<Workspace, "read" | "write">,
  path: string,
  text: string,
): Promise<string> {
  for (let n = 1; ; n++) {
    const beside = n === 1 ? `${path}.mine` : `${path}.mine-${n}`;
    if (!(await isFree(workspace, beside))) continue;
    await workspace.write(beside, new TextEncoder().encode(text));
    return beside;
  }
}

async function isFree(workspace: Pick<Workspace, "read">, path: string): Promise<boolean> {
  try {
    await workspace.read(path);
    return false;
  } catch (error) {
    if (codeOf(error) === "not-found") return true;
    // A folder, or the like, has the name.
    if (codeOf(error) === "invalid-path") return false;
    throw error;
  }
}
