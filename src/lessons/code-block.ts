/** What the words after a fence's language ask for: "```sh run terminal=2" or "```dockerfile file=Dockerfile". */
export type CodeBlockUse =
  | { readonly type: "text" }
  | { readonly type: "command"; readonly terminal: number }
  | { readonly type: "file"; readonly path: string };

/** As many terminals as a machine offers its learner. */
const terminals = 3;

/** Reads the words after a fence's language. Answers the problem and its remedy when they make no sense. */
export function readCodeBlockUse(
  language: string | null | undefined,
  meta: string | null | undefined,
): CodeBlockUse | { readonly problem: string; readonly remedy: string } {
  const words = (meta ?? "").split(/\s+/).filter(Boolean);
  let run = false;
  let terminal: number | undefined;
  let path: string | undefined;
  for (const word of words) {
    const [name, value] = word.split(/=(.*)/s, 2) as [string, string | undefined];
    if (word === "run") run = true;
    else if (name === "terminal" && isTerminal(value)) terminal = Number(value);
    else if (name === "file" && isWorkspacePath(value)) path = value;
    else {
      return {
        problem: `A code block says "${word}", which means nothing.`,
        remedy: `Write run, terminal=1 to terminal=${terminals}, or file=PATH with a path inside /workspace.`,
      };
    }
  }
  if (run && path !== undefined) {
    return { problem: "A code block is both run and a file.", remedy: "Keep one of run and file=PATH." };
  }
  if (terminal !== undefined && !run) {
    return { problem: "A code block names a terminal but is not run.", remedy: "Write run before terminal=N." };
  }
  if (run && language !== "sh") {
    return { problem: `A command is marked "${language ?? ""}".`, remedy: "Begin the block with ```sh run." };
  }
  if (run) return { type: "command", terminal: terminal ?? 1 };
  if (path !== undefined) return { type: "file", path };
  return { type: "text" };
}

function isTerminal(value: string | undefined): boolean {
  return value !== undefined && /^[1-9]$/.test(value) && Number(value) <= terminals;
}

function isWorkspacePath(value: string | undefined): value is string {
  return (
    value !== undefined && /^[^/\\]/.test(value) && !value.split("/").some((part) => ["", ".", ".."].includes(part))
  );
}
