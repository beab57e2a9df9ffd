import type { Picture, SeenProcess } from "./sampler.ts";

/** A line of the tree, as it is shown from top to bottom. */
export type TreeRow = ProcessRow | KernelRow;

interface Place {
  /** The same for the same process in the next look. */
  readonly key: string;
  /** From 1. */
  readonly level: number;
  /** Among those with the same parent, from 1. */
  readonly position: number;
  readonly siblings: number;
  readonly parent: string | undefined;
}

export interface ProcessRow extends Place {
  readonly kind: "process";
  readonly process: SeenProcess;
  /** Its parent is not in its container: here the container begins. */
  readonly entersContainer: boolean;
  readonly hasChildren: boolean;
  readonly isOpen: boolean;
}

/** All threads of the kernel together. */
export interface KernelRow extends Place {
  readonly kind: "kernel";
  readonly threads: number;
}

/** The tree of all processes, or of one container's. What is in `closed`, by key, keeps its children to itself. */
export function treeRows(picture: Picture, closed: ReadonlySet<string>, container?: string): readonly TreeRow[] {
  const shown = picture.processes.filter((process) => container === undefined || process.container === container);
  const byPid = new Map(shown.map((process) => [process.pid, process]));
  const children = new Map<number, SeenProcess[]>();
  for (const process of [...shown].sort((a, b) => a.pid - b.pid)) {
    const parent = byPid.has(process.ppid) ? process.ppid : 0;
    const some = children.get(parent);
    if (some === undefined) children.set(parent, [process]);
    else some.push(process);
  }
  const { kernelThreads: threads } = picture.machine;
  const hasKernelRow = container === undefined && threads > 0;
  const rows: TreeRow[] = [];
  const add = (parent: SeenProcess | undefined, level: number) => {
    const some = children.get(parent?.pid ?? 0) ?? [];
    const siblings = some.length + (parent === undefined && hasKernelRow ? 1 : 0);
    for (const [n, process] of some.entries()) {
      const key = keyOf(process);
      const hasChildren = children.has(process.pid);
      const isOpen = hasChildren && !closed.has(key);
      rows.push({
        kind: "process",
        key,
        level,
        position: n + 1,
        siblings,
        parent: parent && keyOf(parent),
        process,
        entersContainer: process.container !== undefined && process.container !== parent?.container,
        hasChildren,
        isOpen,
      });
      if (isOpen) add(process, level + 1);
    }
  };
  add(undefined, 1);
  if (hasKernelRow) {
    const position = (children.get(0)?.length ?? 0) + 1;
    rows.push({ kind: "kernel", key: kernelKey, level: 1, position, siblings: position, parent: undefined, threads });
  }
  return rows;
}

/** Of the kernel's row. */
export const kernelKey = "kernel";

/** Ids are used again, with another start. */
export function keyOf({ pid, start }: Pick<SeenProcess, "pid" | "start">): string {
  return `${pid}-${start}`;
}
