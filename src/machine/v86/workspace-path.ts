import { MachineError } from "../error.ts";

/** The names along a path relative to the workspace; none for the workspace itself. Rejects whatever could lead out of it. */
export function parseWorkspacePath(path: string): string[] {
  if (path === "") return [];
  const names = path.split("/");
  for (const name of names) {
    const problem = whatIsWrongWith(name);
    if (problem) throw invalidPath(path, problem);
  }
  return names;
}

/** Like `parseWorkspacePath`, for something in the workspace rather than the workspace itself. */
export function parseEntryPath(path: string): [folders: string[], name: string] {
  const folders = parseWorkspacePath(path);
  const name = folders.pop();
  if (name === undefined) throw invalidPath(path, "names no file or folder");
  return [folders, name];
}

export function invalidPath(path: string, problem: string): MachineError {
  return new MachineError("invalid-path", `The path "${path}" ${problem}.`, {
    hint: "Use a path inside the workspace, such as app/index.html.",
  });
}

export function notFound(path: string): MachineError {
  return new MachineError("not-found", `There is no "${path}" in the workspace.`, {
    hint: "Check the name, or create it first.",
  });
}

function whatIsWrongWith(name: string): string | undefined {
  if (name === "") return "starts or ends with a slash, or has an empty name in it";
  if (name === "." || name === "..") return `contains "${name}"`;
  if (name.includes("\0")) return "contains a NUL";
  if (new TextEncoder().encode(name).length > LONGEST_NAME) return "contains a name longer than 255 bytes";
  return undefined;
}

/** NAME_MAX of Linux. */
const LONGEST_NAME = 255;
