import { signal } from "@preact/signals";
import { systemClock } from "../checks/clock.ts";
import type { Workspace, WorkspaceChange } from "../machine/contract.ts";
import { OpenDocument } from "./open-document.ts";
import type { TextEditor } from "./text-editor.ts";
import { listTree, type TreeEntry } from "./workspace-tree.ts";

/** The editor's files: the tree beside it, and the one that is open. */
export class EditorFiles implements Disposable {
  readonly tree = signal<readonly TreeEntry[]>([]);
  readonly isPartial = signal(false);
  readonly open = signal<OpenDocument | undefined>(undefined);
  readonly problem = signal<string | undefined>(undefined);
  readonly #workspace: Workspace;
  readonly #editor: TextEditor;
  readonly #watch: Disposable;
  readonly #stop = new AbortController();
  #listing: Promise<void> | undefined;
  #isStale = false;

  constructor(workspace: Workspace, editor: TextEditor) {
    this.#workspace = workspace;
    this.#editor = editor;
    this.#watch = workspace.watch((changes) => this.#onChanges(changes));
    void this.refresh();
  }

  /** Takes what was typed in the editor. */
  edit(text: string): void {
    this.open.peek()?.edit(text);
  }

  async show(path: string): Promise<void> {
    if (this.open.peek()?.path === path) {
      this.focus();
      return;
    }
    await this.#trying(async () => {
      const bytes = await this.#workspace.read(path, { signal: this.#stop.signal });
      if (bytes.length > largestBytes)
        throw new Error(`${path} is too large for the editor. Look at it with less in the terminal.`);
      if (bytes.includes(0)) throw new Error(`${path} is not a text.`);
      this.#close();
      const text = new TextDecoder().decode(bytes);
      this.open.value = new OpenDocument({
        path,
        text,
        workspace: this.#workspace,
        clock: systemClock,
        onReplaced: (replaced) => this.#editor.show(path, replaced),
      });
      this.#editor.show(path, text);
    });
  }

  focus(): void {
    this.#editor.focus();
  }

  async save(): Promise<void> {
    await this.open.peek()?.save();
  }

  /**
   * Saves what is open, and closes it. Where the machine's side is another one, or nothing can be written in its place, what
   * was typed here is written beside it. Rejects, and leaves it open, when that cannot be done either.
   */
  async close(): Promise<void> {
    const open = this.open.peek();
    if (open === undefined) return;
    if (open.state.peek().is !== "removed") await open.save();
    if (["conflict", "failed"].includes(open.state.peek().is) && open.isEdited)
      await this.#workspace.write(`${open.path}.mine`, new TextEncoder().encode(open.text));
    if (this.open.peek() === open) this.#forget();
  }

  async create(path: string): Promise<void> {
    await this.#trying(() => this.#workspace.write(path, new Uint8Array(), { signal: this.#stop.signal }));
    await this.refresh();
    await this.show(path);
  }

  async rename(from: string, to: string): Promise<void> {
    const open = this.open.peek();
    const isOpen = open !== undefined && (open.path === from || open.path.startsWith(`${from}/`));
    if (isOpen) await open.save();
    await this.#trying(async () => {
      await this.#workspace.rename(from, to, { signal: this.#stop.signal });
      if (!isOpen) return;
      this.#forget();
      await this.show(to + open.path.slice(from.length));
    });
    await this.refresh();
  }

  async remove(path: string): Promise<void> {
    await this.#trying(async () => {
      const open = this.open.peek();
      if (open !== undefined && (open.path === path || open.path.startsWith(`${path}/`))) this.#forget();
      await this.#workspace.remove(path, { signal: this.#stop.signal });
    });
    await this.refresh();
  }

  /** Lists again; changes that come meanwhile are listed after that. */
  refresh(): Promise<void> {
    if (this.#listing !== undefined) {
      this.#isStale = true;
      return this.#listing;
    }
    this.#listing = this.#trying(async () => {
      do {
        this.#isStale = false;
        const { entries, isPartial } = await listTree(this.#workspace, { signal: this.#stop.signal });
        this.tree.value = entries;
        this.isPartial.value = isPartial;
      } while (this.#hasChanged());
    }).finally(() => (this.#listing = undefined));
    return this.#listing;
  }

  [Symbol.dispose](): void {
    this.#watch[Symbol.dispose]();
    this.#close();
    this.#stop.abort();
  }

  #hasChanged(): boolean {
    return this.#isStale;
  }

  #onChanges(changes: readonly WorkspaceChange[]): void {
    const open = this.open.peek();
    const concerns = changes.some(
      ({ path }) => open !== undefined && (open.path === path || open.path.startsWith(`${path}/`)),
    );
    if (concerns) void open?.changedOnMachine();
    const known = new Set(this.tree.peek().map(({ path }) => path));
    if (changes.some(({ path, kind }) => kind === "removed" || !known.has(path))) void this.refresh();
  }

  /** Saves what is open on its way out. */
  #close(): void {
    this.open.peek()?.[Symbol.dispose]();
    this.open.value = undefined;
  }

  /** Drops what is open without saving it: its file is no longer there under that name. */
  #forget(): void {
    const open = this.open.peek();
    if (open === undefined) return;
    open.abandon();
    this.#editor.forget(open.path);
    this.open.value = undefined;
  }

  async #trying(act: () => Promise<void>): Promise<void> {
    try {
      await act();
      this.problem.value = undefined;
    } catch (error) {
      if (this.#stop.signal.aborted) return;
      this.problem.value = error instanceof Error ? error.message : String(error);
    }
  }
}

const largestBytes = 1024 * 1024;
