import { computed, signal, type ReadonlySignal } from "@preact/signals";
import { folderOf, isAt, type TreeEntry } from "./workspace-tree.ts";

/** What a key in the tree asks for, beyond moving in it. */
export type TreeWish = "open" | "rename" | "delete";

/** Where the keyboard is in the tree of files, and which folders are closed. */
export class TreeCursor {
  readonly #entries: ReadonlySignal<readonly TreeEntry[]>;
  readonly #closed = signal<ReadonlySet<string>>(new Set());
  readonly #wanted = signal<string | undefined>(undefined);
  /** The rows that are seen. */
  readonly rows = computed(() => {
    const closed = this.#closed.value;
    if (closed.size === 0) return this.#entries.value;
    return this.#entries.value.filter(({ path }) => {
      for (let folder = folderOf(path); folder !== ""; folder = folderOf(folder)) if (closed.has(folder)) return false;
      return true;
    });
  });
  /** The row that has the keyboard, or will have it; undefined in an empty tree. */
  readonly at = computed(() => {
    const rows = this.rows.value;
    return rows.find(({ path }) => path === this.#wanted.value) ?? rows[0];
  });

  constructor(entries: ReadonlySignal<readonly TreeEntry[]>) {
    this.#entries = entries;
  }

  /** The row that was chosen, as long as it is there. */
  get chosen(): TreeEntry | undefined {
    return this.rows.value.find(({ path }) => path === this.#wanted.value);
  }

  isOpen(folder: string): boolean {
    return !this.#closed.value.has(folder);
  }

  goTo(path: string): void {
    const closed = new Set(this.#closed.peek());
    for (let folder = folderOf(path); folder !== ""; folder = folderOf(folder)) closed.delete(folder);
    if (closed.size !== this.#closed.peek().size) this.#closed.value = closed;
    this.#wanted.value = path;
  }

  toggle(folder: string): void {
    const closed = new Set(this.#closed.peek());
    if (!closed.delete(folder)) closed.add(folder);
    this.#closed.value = closed;
  }

  /** The row that is next when `path` and what is in it are gone. */
  besides(path: string): TreeEntry | undefined {
    const rows = this.rows.peek();
    const n = rows.findIndex((row) => row.path === path);
    return rows.slice(n + 1).find((row) => !isAt(row.path, path)) ?? rows[n - 1];
  }

  /** Does what a key does in a tree. `true` when it only moved; undefined for a key that means nothing here. */
  press(key: string): TreeWish | true | undefined {
    const rows = this.rows.peek();
    const at = this.at.peek();
    if (at === undefined) return undefined;
    const n = rows.indexOf(at);
    const isFolder = at.kind === "folder";
    switch (key) {
      case "ArrowDown":
        return this.#move(rows[n + 1]);
      case "ArrowUp":
        return this.#move(rows[n - 1]);
      case "Home":
        return this.#move(rows[0]);
      case "End":
        return this.#move(rows.at(-1));
      case "ArrowRight":
        if (!isFolder) return undefined;
        if (!this.isOpen(at.path)) this.toggle(at.path);
        else if (folderOf(rows[n + 1]?.path ?? "") === at.path) this.#move(rows[n + 1]);
        return true;
      case "ArrowLeft":
        if (isFolder && this.isOpen(at.path)) this.toggle(at.path);
        else return this.#move(rows.find(({ path }) => path === folderOf(at.path)));
        return true;
      case "Enter":
      case " ":
        if (!isFolder) return "open";
        this.toggle(at.path);
        return true;
      case "F2":
        return "rename";
      case "Delete":
        return "delete";
      default:
        return key.length === 1 ? this.#find(key, n) : undefined;
    }
  }

  #move(to: TreeEntry | undefined): true {
    if (to !== undefined) this.#wanted.value = to.path;
    return true;
  }

  /** The next row whose name begins with a letter. */
  #find(letter: string, from: number): true | undefined {
    const rows = this.rows.peek();
    const order = [...rows.slice(from + 1), ...rows.slice(0, from + 1)];
    const found = order.find(({ name }) => name.toLowerCase().startsWith(letter.toLowerCase()));
    return found && this.#move(found);
  }
}
