import type { TreeRow } from "./process-tree.ts";

export interface TreeMove {
  /** The row that has the keyboard from now on, by its key. */
  readonly to?: string;
  readonly open?: string;
  readonly close?: string;
}

/** What a key does in a tree, as https://www.w3.org/WAI/ARIA/apg/patterns/treeview/ has it; undefined for keys that do nothing there. */
export function treeMove(rows: readonly TreeRow[], at: string, key: string): TreeMove | undefined {
  const index = rows.findIndex((row) => row.key === at);
  const row = rows[index];
  if (row === undefined) return undefined;
  const go = (target: TreeRow | undefined): TreeMove => (target === undefined ? {} : { to: target.key });
  const isParent = row.kind === "process" && row.hasChildren;
  switch (key) {
    case "ArrowDown":
      return go(rows[index + 1]);
    case "ArrowUp":
      return go(rows[index - 1]);
    case "Home":
      return go(rows[0]);
    case "End":
      return go(rows.at(-1));
    case "ArrowRight":
      if (!isParent) return {};
      return row.isOpen ? go(rows[index + 1]) : { open: row.key };
    case "ArrowLeft":
      if (isParent && row.isOpen) return { close: row.key };
      return go(rows.find(({ key }) => key === row.parent));
    default:
      return undefined;
  }
}
