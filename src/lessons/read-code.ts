import type { Code } from "mdast";
import { readCodeBlockUse, type CodeBlockUse } from "./code-block.ts";
import type { Reading } from "./reading.ts";

/** What a fence is for; undefined when it makes no sense, which is reported. */
export function readCode(
  node: Code,
  { report, machine, told, work, hasSmallMachine }: Reading,
): CodeBlockUse | undefined {
  const inWrong = work?.isWrong === true;
  const use = readCodeBlockUse(node.lang, node.meta);
  if ("problem" in use) {
    report(node, use.problem, use.remedy);
    return undefined;
  }
  if ("undo" in use && use.undo && !inWrong) {
    report(node, 'A code block says "undo" outside of <Wrong>.', "Leave undo out.");
  }
  if (use.type === "command") {
    if (node.value.trim() === "") report(node, "A command is empty.", "Write the command between the fences.");
    if (use.terminal === "vm") {
      if (!hasSmallMachine) {
        report(
          node,
          "A command is for the small machine, which the lesson has not.",
          "Write <SmallMachine /> before it.",
        );
      }
    } else if (use.terminal > machine.terminals) {
      report(
        node,
        `A command is for terminal ${use.terminal}, but the lesson uses ${machine.terminals}.`,
        `Write "machine:" and below it "terminals: ${use.terminal}" into the front matter.`,
      );
    }
  }
  if (use.type === "file") {
    if (use.diff && !told.has(use.path)) {
      report(
        node,
        `${use.path} is shown as a diff, but nothing before says what was in it.`,
        "Leave diff out, put the file into files/, or show it whole before.",
      );
    }
    if (!inWrong) told.add(use.path);
  }
  return use;
}
