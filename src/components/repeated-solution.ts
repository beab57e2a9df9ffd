import type { RootContent } from "mdast";
import { isElement, type Element, type Node } from "../lessons/mdx-tree.ts";
import { changeElement, readText } from "./mdx-element.ts";

/**
 * Marks the solution of a presented step with `repeats` where the text of the step shows all that it does, commands and files:
 * paper, which cannot fold it away, has no use for it then.
 */
export function markRepeatedSolution(children: readonly RootContent[]): RootContent[] {
  const text = children.flatMap((child) => (isElement(child) && outside.has(child.name) ? [] : workIn(child)));
  return children.map((child) =>
    isElement(child) && child.name === "Solution" && contains(text, workIn(child))
      ? changeElement(child, { repeats: "yes" }, child.children)
      : child,
  );
}

/** What readers do not see as text of the step; `Notes` are for a presenter. */
const outside: ReadonlySet<string | null> = new Set(["Solution", "Hint", "Wrong", "Notes"]);

/** Each command and file as a word that only the same one has. */
function workIn(node: Node): string[] {
  if (isElement(node) && node.name === "CommandBlock") return [identify(node, ["terminal", "command"])];
  if (isElement(node) && node.name === "FileBlock") return [identify(node, ["path", "content"])];
  return "children" in node ? node.children.flatMap(workIn) : [];
}

function identify(element: Element, attributes: readonly string[]): string {
  return JSON.stringify([element.name, ...attributes.map((name) => readText(element, name))]);
}

/** Whether `all` has each of `wanted`, as often as it is wanted. */
function contains(all: readonly string[], wanted: readonly string[]): boolean {
  const left = [...all];
  return wanted.every((word) => {
    const place = left.indexOf(word);
    if (place >= 0) left.splice(place, 1);
    return place >= 0;
  });
}
