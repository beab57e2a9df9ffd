import type { Block } from "./dialect.ts";
import { joined } from "./joined.ts";
import type { Action, Mapped } from "./scenario.ts";
import { splitCommands } from "./split-commands.ts";

/** A block as a fence, and what it counts as. */
export function writeBlock(block: Block): { readonly text: string; readonly mapped: Mapped } {
  switch (block.type) {
    case "command":
      return { text: fence(commandWords(block), block.command), mapped: "commands" };
    case "file":
      return { text: fence(`${languageOf(block)} file=${block.path} write`, block.code), mapped: "files to write" };
    case "copy":
      return { text: fence(`${languageOf(block)} copy`, block.code), mapped: "blocks to copy" };
    case "output":
      return { text: fence("output", block.code), mapped: "outputs" };
    case "code":
      return { text: fence(languageOf(block), block.code), mapped: "code blocks" };
  }
}

/** An action as a solution shows it: each command by itself, as of several that are entered together only the last one's end is known. */
export function writeSolving(action: Action): string {
  if (action.type === "command") {
    const [first = "", ...others] = splitCommands(action.command);
    const rest = others.map((command) => fence(commandWords({ ...action, interrupt: false }), command));
    return joined([fence(commandWords(action), first), ...rest]);
  }
  return fence(`${languageOf(action)} file=${action.path}`, action.code);
}

export function fence(words: string, code: string): string {
  // Longer than any run of backticks in the code.
  const longest = Math.max(2, ...[...code.matchAll(/`+/g)].map(([run]) => run.length));
  const mark = "`".repeat(longest + 1);
  return [`${mark}${words}`, ...(code === "" ? [] : [code]), mark].join("\n");
}

function commandWords({ terminal, interrupt }: Extract<Action, { type: "command" }>): string {
  return ["sh run", ...(terminal === 1 ? [] : [`terminal=${terminal}`]), ...(interrupt ? ["interrupt"] : [])].join(" ");
}

/** `output` is no language here, and a backtick would end what stands after a fence. */
function languageOf({ language }: { readonly language: string }): string {
  return language === "" || language === "output" || language.includes("`") ? "text" : language;
}
