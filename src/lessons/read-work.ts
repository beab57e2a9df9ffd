import type { Code } from "mdast";
import { readRuledAttributes } from "./attributes.ts";
import { contentOfFile, type CodeBlockUse } from "./code-block.ts";
import type { Element } from "./mdx-tree.ts";
import type { SolutionAction, WrongWork } from "./model.ts";
import { readProse } from "./read-prose.ts";
import type { Reading, Work } from "./reading.ts";

/** What `<Solution>` does, in order. */
export function readSolution(element: Element, reading: Reading): SolutionAction[] {
  readRuledAttributes(element, reading.report);
  const { actions } = readActions(element, "A solution", reading);
  if (actions.length === 0) {
    const remedy = "Put a block marked ```sh run or file=PATH into it.";
    reading.report(element, "A solution solves nothing.", remedy);
  }
  return actions;
}

/** What `<Wrong>` does, and what takes it back. */
export function readWrong(element: Element, reading: Reading): WrongWork {
  const { because } = readRuledAttributes(element, reading.report);
  const { actions, undo } = readActions(element, "Wrong work", reading);
  if (actions.length === 0) {
    const remedy = "Put what is mistaken into it, as a block marked ```sh run or file=PATH without undo.";
    reading.report(element, "Wrong work does nothing.", remedy);
  }
  return { because: typeof because === "string" ? because : "", actions, undo };
}

function readActions(
  element: Element,
  name: string,
  reading: Reading,
): { readonly actions: SolutionAction[]; readonly undo: SolutionAction[] } {
  const actions: SolutionAction[] = [];
  const undo: SolutionAction[] = [];
  const isWrong = element.name === "Wrong";
  const take: Work["take"] = (block, use, choice) => {
    const action = toAction(block, use);
    if (action) {
      ("undo" in use && use.undo && isWrong ? undo : actions).push(action);
      if (choice === undefined) return;
      const remedy = `Put what is to be done beside the <${choice}>: it is carried out from top to bottom, not one way or another.`;
      reading.report(block, `${name} has a block in <${choice}>.`, remedy);
    } else if (use.type === "text") {
      const remedy = "Mark it ```sh run to be typed, file=PATH to be written, or ```output or copy to be shown only.";
      reading.report(block, `${name} has a block that does nothing.`, remedy);
    }
  };
  const inside: Reading = { ...reading, work: { isWrong, take } };
  for (const child of element.children) readProse(child, element.name ?? "", inside);
  return { actions, undo };
}

function toAction({ value }: Code, use: CodeBlockUse): SolutionAction | undefined {
  if (use.type === "file") return { type: "file", path: use.path, content: contentOfFile(value) };
  if (use.type !== "command") return undefined;
  const { type, terminal, background, interrupt, fails } = use;
  return { type, command: value, terminal, background, interrupt, ...(fails && { fails }) };
}
