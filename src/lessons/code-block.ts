import type { TerminalName } from "./model.ts";

/** What the words after a fence's language ask for: "```sh run terminal=2" or "```dockerfile file=Dockerfile". */
export type CodeBlockUse = TextUse | CommandUse | FileUse;

export interface TextUse {
  /** `copy` has a button to copy it; `output` is what a command is expected to print. */
  readonly type: "text" | "copy" | "output";
}

export interface CommandUse {
  readonly type: "command";
  readonly terminal: TerminalName;
  /** It goes on running, so no prompt comes after it. */
  readonly background: boolean;
  /** Ctrl+C is pressed in the terminal before. */
  readonly interrupt: boolean;
  /** It is meant to end with another exit code than 0. */
  readonly fails: boolean;
  /** It takes the wrong work before it back. */
  readonly undo: boolean;
}

export interface FileUse {
  readonly type: "file";
  /** Below `/workspace`. */
  readonly path: string;
  /** Has a button to write it. */
  readonly write: boolean;
  /** Shown as what changes in the file. */
  readonly diff: boolean;
  readonly undo: boolean;
}

/** As many terminals as a machine offers its learner. */
export const terminalLimit = 3;

/** Reads the words after a fence's language. Answers the problem and its remedy when they make no sense. */
export function readCodeBlockUse(
  language: string | null | undefined,
  meta: string | null | undefined,
): CodeBlockUse | Nonsense {
  const words = (meta ?? "").split(/\s+/).filter(Boolean);
  const flags = new Set<string>();
  let terminal: TerminalName | undefined;
  let path: string | undefined;
  for (const word of words) {
    const [name, value] = word.split(/=(.*)/s, 2) as [string, string | undefined];
    if (value === undefined && name in companions) flags.add(name);
    else if (name === "terminal" && isTerminal(value)) terminal = value === "vm" ? value : Number(value);
    else if (name === "file" && isWorkspacePath(value)) path = value;
    else return meaningless(word, name);
  }
  const given = new Set([...flags, ...(terminal === undefined ? [] : ["terminal"])]);
  const lead = path !== undefined ? "file" : given.has("run") ? "run" : given.has("copy") ? "copy" : undefined;
  if (path !== undefined && given.has("run")) {
    return { problem: "A code block is both run and a file.", remedy: "Keep one of run and file=PATH." };
  }
  for (const word of given) {
    const wanted = companions[word] ?? [];
    if (wanted.length > 0 && (lead === undefined || !wanted.includes(lead))) {
      return {
        problem: `A code block says "${word}" without ${wanted.map(spell).join(" or ")}.`,
        remedy: `Write ${wanted.map(spell).join(" or ")} before ${word}, or leave ${word} out.`,
      };
    }
  }
  if (given.has("copy") && given.size + (path === undefined ? 0 : 1) > 1) {
    return { problem: "A code block is to be copied, and more.", remedy: "Keep one of copy, run and file=PATH." };
  }
  if (language === "output") {
    return lead === undefined
      ? { type: "output" }
      : { problem: `Expected output is marked "${spell(lead)}".`, remedy: "Write ```output alone." };
  }
  if (lead === "run") {
    if (language !== "sh") {
      return { problem: `A command is marked "${language ?? ""}".`, remedy: "Begin the block with ```sh run." };
    }
    if (terminal === "vm" && (given.has("background") || given.has("interrupt"))) {
      const problem = "A command for the small machine goes on running, or has Ctrl+C pressed before.";
      return { problem, remedy: "Leave background and interrupt out, and have it end by itself." };
    }
    const [background, interrupt, fails] = [given.has("background"), given.has("interrupt"), given.has("fails")];
    if (background && fails) {
      const problem = "A command both goes on running and fails.";
      return { problem, remedy: "Keep one of background and fails: how it ends is not waited for in the background." };
    }
    return { type: "command", terminal: terminal ?? 1, background, interrupt, fails, undo: given.has("undo") };
  }
  if (path !== undefined) {
    return { type: "file", path, write: given.has("write"), diff: given.has("diff"), undo: given.has("undo") };
  }
  return { type: lead === "copy" ? "copy" : "text" };
}

/** The content of the file that a block marked `file=` holds: whole lines, or nothing. */
export function contentOfFile(block: string): string {
  return block === "" ? "" : `${block}\n`;
}

export interface Nonsense {
  readonly problem: string;
  readonly remedy: string;
}

/** Whether `path` names something below `/workspace`, without going out of it. */
export function isWorkspacePath(path: string | undefined): path is string {
  return path !== undefined && /^[^/\\]/.test(path) && !path.split("/").some((part) => ["", ".", ".."].includes(part));
}

/** The words without a value, each with those of which it needs one. */
const companions: Readonly<Record<string, readonly string[]>> = {
  run: [],
  copy: [],
  terminal: ["run"],
  background: ["run"],
  interrupt: ["run"],
  fails: ["run"],
  write: ["file"],
  diff: ["file"],
  undo: ["run", "file"],
};

function meaningless(word: string, name: string): Nonsense {
  if (name === "terminal") {
    return {
      problem: `There is no "${word}".`,
      remedy: `Write terminal=1 to terminal=${terminalLimit}, or terminal=vm.`,
    };
  }
  if (name === "file") {
    return {
      problem: `"${word}" names no file in the workspace.`,
      remedy: "Write file=PATH with a path below /workspace, such as file=app/Dockerfile, and without spaces.",
    };
  }
  return {
    problem: `A code block says "${word}", which means nothing.`,
    remedy: "Write run with terminal=N, background, interrupt or fails, or file=PATH with write or diff, or copy.",
  };
}

function spell(word: string): string {
  return word === "file" ? "file=PATH" : word;
}

function isTerminal(value: string | undefined): value is string {
  return value === "vm" || (value !== undefined && /^[1-9]$/.test(value) && Number(value) <= terminalLimit);
}
