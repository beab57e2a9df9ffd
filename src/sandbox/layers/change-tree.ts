import type { LayerChange } from "./layer-changes.ts";

/** A layer's changes as a tree. */
export interface ChangeNode {
  readonly name: string;
  readonly path: string;
  /** Absent for a folder that the layer does not name itself. */
  readonly change?: LayerChange;
  readonly children: readonly ChangeNode[];
  /** Names below it that were added, changed or deleted. */
  readonly count: number;
}

interface Growing {
  readonly name: string;
  readonly path: string;
  change?: LayerChange;
  readonly children: Map<string, Growing>;
}

export function treeOf(changes: readonly LayerChange[]): readonly ChangeNode[] {
  const root: Growing = { name: "", path: "", children: new Map() };
  for (const change of changes) {
    let at = root;
    for (const name of change.path.split("/")) {
      let next = at.children.get(name);
      if (next === undefined) {
        next = { name, path: at.path === "" ? name : `${at.path}/${name}`, children: new Map() };
        at.children.set(name, next);
      }
      at = next;
    }
    at.change = change;
  }
  return grown(root).children;
}

function grown({ name, path, change, children }: Growing): ChangeNode {
  const below = [...children.values()].map(grown);
  const own = change !== undefined && change.change !== "kept" ? 1 : 0;
  const count = below.reduce((sum, node) => sum + node.count, 0) + own;
  return { name, path, children: below, count, ...(change && { change }) };
}
