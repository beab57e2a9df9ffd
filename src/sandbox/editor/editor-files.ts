// Over 250 lines because each act on a file must see to the tabs that it concerns, so that nothing typed is lost by it.
import { computed, signal } from "@preact/signals";
import { systemClock } from "../../checks/clock.ts";
import type { Workspace, WorkspaceChange } from "../../machine/contract.ts";
import { editorWords } from "../../words/editor.ts";
import { errorSentence } from "../error-sentence.ts";
import { OpenDocument } from "./open-document.ts";
import { isText, readText } from "./read-text.ts";
import type { TextEditor } from "./text-editor.ts";
import { isAt, listTree, type TreeEntry } from "./workspace-tree.ts";
import { writeBeside } from "./write-beside.ts";

export interface EditorFilesHooks {
  /** A file has been opened, or has another text. */
  readonly onText?: (path: string, text: string) => void;
  /** It is no longer open. */
  readonly onForgotten?: (path: string) => void;
}

/** What the editor is asked for here. */
export type FileSurface = Pick<TextEditor, "show" | "replace" | "forget" | "focus">;

/** The editor's files: the tree beside it, and the ones that are open, one of which is shown. */
export class EditorFiles implements Disposable {
  readonly tree = signal<readonly TreeEntry[]>([]);
  readonly isPartial = signal(false);
  readonly documents = signal<readonly OpenDocument[]>([]);
  /** The one that is shown. */
  readonly open = signal<OpenDocument | undefined>(undefined);
  readonly problem = signal<string | undefined>(undefined);
  /** Whether something was typed that cannot be saved as it is. */
  readonly hasUnsaved = computed(() =>
    this.documents.value.some(({ state }) => ["conflict", "failed"].includes(state.value.is)),
  );
  /** Whether the text is to have the keyboard, as soon as it is on the page. */
  wantsFocus = false;
  readonly #workspace: Workspace;
  readonly #editor: FileSurface;
  readonly #hooks: EditorFilesHooks;
  readonly #watch: Disposable;
  readonly #stop = new AbortController();
  #listing: Promise<void> | undefined;
  #isStale = false;
  #isShown = true;

  constructor(workspace: Workspace, editor: FileSurface, hooks: EditorFilesHooks = {}) {
    this.#workspace = workspace;
    this.#editor = editor;
    this.#hooks = hooks;
    this.#watch = workspace.watch((changes) => this.#onChanges(changes));
    void this.refresh();
  }

  /** Takes what was typed in the editor. */
  edit(path: string, text: string): void {
    this.find(path)?.edit(text);
    this.#hooks.onText?.(path, text);
  }

  find(path: string): OpenDocument | undefined {
    return this.documents.peek().find((document) => document.path === path);
  }

  /** Shows a file, in a tab of its own, with the keyboard in it unless told otherwise. */
  async show(path: string, { focus = true } = {}): Promise<void> {
    await this.trying(async () => {
      if (this.find(path) === undefined) {
        const bytes = await this.#workspace.read(path, { signal: this.#stop.signal });
        if (bytes.length > largestBytes) throw new Error(editorWords.tooLargeToEdit(path));
        if (!isText(bytes)) throw new Error(editorWords.notText(path));
        // It may have been asked for twice.
        if (this.find(path) === undefined)
          this.documents.value = [...this.documents.peek(), this.#createDocument(path, readText(bytes))];
      }
      this.#turnTo(this.find(path));
      if (focus) this.focus();
      else this.wantsFocus = false;
    });
  }

  /** Opens again what was open before; what is no longer there is left out. */
  async restore(paths: readonly string[], shown: string | undefined): Promise<void> {
    for (const path of paths) await this.show(path, { focus: false });
    if (shown !== undefined && this.find(shown) !== undefined) await this.show(shown, { focus: false });
    this.problem.value = undefined;
  }

  /** Shows the next of the tabs, or the one before. */
  async turn(by: 1 | -1, options?: { focus: boolean }): Promise<void> {
    const all = this.documents.peek();
    const at = all.findIndex((document) => document === this.open.peek());
    const next = all[(at + by + all.length) % all.length];
    if (next !== undefined) await this.show(next.path, options);
  }

  focus(): void {
    this.wantsFocus = true;
    this.#editor.focus();
  }

  async save(): Promise<void> {
    await Promise.all(this.documents.peek().map((document) => document.save()));
  }

  /**
   * Saves a file that is open, and closes it. Where the machine's side is another one, or nothing can be written in its place,
   * what was typed here is written beside it. Rejects, and leaves it open, when that cannot be done either.
   */
  async close(path: string | undefined = this.open.peek()?.path): Promise<void> {
    const document = path === undefined ? undefined : this.find(path);
    if (document === undefined) return;
    if (document.state.peek().is !== "removed") await document.save();
    if (["conflict", "failed"].includes(document.state.peek().is) && document.isEdited)
      this.#sayKeptBeside(document.path, await writeBeside(this.#workspace, document.path, document.text));
    if (this.documents.peek().includes(document)) this.#forget(document);
  }

  /** The same for a tab that a person closes: why it stays is said. */
  async closeTab(path?: string): Promise<void> {
    await this.close(path).catch((error: unknown) => this.#say(error));
  }

  async closeAll(): Promise<void> {
    for (const { path } of this.documents.peek()) await this.close(path);
  }

  async create(path: string): Promise<void> {
    await this.trying(() => this.#workspace.write(path, new Uint8Array(), { signal: this.#stop.signal }));
    await this.refresh();
    await this.show(path);
  }

  async createFolder(path: string): Promise<void> {
    await this.trying(() => this.#workspace.makeFolder(path, { signal: this.#stop.signal }));
    await this.refresh();
  }

  /** Renames or moves a file, or a folder with all that is in it; what is open of it stays open. */
  async rename(from: string, to: string): Promise<void> {
    const moved = this.documents.peek().filter(({ path }) => isAt(path, from));
    await Promise.all(moved.map((document) => document.save()));
    const unsaved = moved.find(({ state }) => ["conflict", "failed"].includes(state.peek().is));
    if (unsaved !== undefined) {
      this.problem.value = editorWords.state.settleFirst(unsaved.path);
      return;
    }
    const saved = new Map(moved.map((document) => [document, document.text]));
    await this.trying(async () => {
      await this.#workspace.rename(from, to, { signal: this.#stop.signal });
      for (const document of moved)
        this.#putInPlace(document, to + document.path.slice(from.length), saved.get(document));
    });
    await this.refresh();
  }

  /** Removes it for good, with what was typed there. */
  async remove(path: string): Promise<void> {
    await this.trying(async () => {
      await this.#workspace.remove(path, { signal: this.#stop.signal });
      for (const document of this.documents.peek()) if (isAt(document.path, path)) this.#forget(document);
    });
    await this.refresh();
  }

  /** Gives the file that is shown another text, with the cursor at an offset, as if it had been typed. */
  replaceShown(text: string, cursor: number): void {
    const open = this.open.peek();
    if (open === undefined || open.text === text) return;
    open.edit(text);
    this.#editor.replace(open.path, text, cursor);
    this.#hooks.onText?.(open.path, text);
  }

  /** Does something with the files, and says why when it fails. */
  async trying(act: () => Promise<void>): Promise<void> {
    try {
      await act();
      this.problem.value = undefined;
    } catch (error) {
      this.#say(error);
    }
  }

  /** While nobody sees the tree it is not listed. */
  setShown(isShown: boolean): void {
    this.#isShown = isShown;
    if (isShown && this.#isStale && this.#listing === undefined) void this.refresh();
  }

  /** Lists again; changes that come meanwhile are listed after that. */
  refresh(): Promise<void> {
    if (this.#listing !== undefined) {
      this.#isStale = true;
      return this.#listing;
    }
    this.#listing = this.#list().finally(() => (this.#listing = undefined));
    return this.#listing;
  }

  [Symbol.dispose](): void {
    this.#watch[Symbol.dispose]();
    // Saves what is open on its way out.
    for (const document of this.documents.peek()) document[Symbol.dispose]();
    this.documents.value = [];
    this.open.value = undefined;
    this.#stop.abort();
  }

  async #list(): Promise<void> {
    try {
      do {
        this.#isStale = false;
        const { entries, isPartial } = await listTree(this.#workspace, { signal: this.#stop.signal });
        this.tree.value = entries;
        this.isPartial.value = isPartial;
      } while (this.#hasChanged());
    } catch (error) {
      this.#say(error);
    }
  }

  #hasChanged(): boolean {
    return this.#isStale && this.#isShown;
  }

  #onChanges(changes: readonly WorkspaceChange[]): void {
    for (const document of this.documents.peek())
      if (changes.some(({ path }) => isAt(document.path, path))) void document.changedOnMachine();
    const known = new Set(this.tree.peek().map(({ path }) => path));
    if (!changes.some(({ path, kind }) => kind === "removed" || !known.has(path))) return;
    if (this.#isShown) void this.refresh();
    else this.#isStale = true;
  }

  #createDocument(path: string, text: string): OpenDocument {
    this.#hooks.onText?.(path, text);
    return new OpenDocument({
      path,
      text,
      workspace: this.#workspace,
      clock: systemClock,
      onReplaced: (replaced) => {
        this.#editor.replace(path, replaced);
        this.#hooks.onText?.(path, replaced);
      },
      onKeptBeside: (beside) => this.#sayKeptBeside(path, beside),
    });
  }

  #turnTo(document: OpenDocument | undefined): void {
    if (document !== undefined) this.#editor.show(document.path, document.text);
    this.open.value = document;
  }

  /** Puts what is open in the place of a document that has another path now. `saved` is what lies in the workspace. */
  #putInPlace(document: OpenDocument, path: string, saved = document.text): void {
    const isShown = this.open.peek() === document;
    const { text } = document;
    document.abandon();
    this.#editor.forget(document.path);
    this.#hooks.onForgotten?.(document.path);
    const next = this.#createDocument(path, saved);
    this.documents.value = this.documents.peek().map((each) => (each === document ? next : each));
    // Typed while it was moved.
    next.edit(text);
    if (isShown) this.#turnTo(next);
  }

  /** Drops what is open without saving it, and shows the one beside it. */
  #forget(document: OpenDocument): void {
    const before = this.documents.peek();
    const at = before.indexOf(document);
    document.abandon();
    this.documents.value = before.filter((each) => each !== document);
    if (this.open.peek() === document) this.#turnTo(before[at + 1] ?? before[at - 1]);
    this.#editor.forget(document.path);
    this.#hooks.onForgotten?.(document.path);
  }

  #sayKeptBeside(path: string, beside: string): void {
    this.problem.value = editorWords.state.keptBeside(path, beside);
  }

  #say(error: unknown): void {
    if (!this.#stop.signal.aborted) this.problem.value = errorSentence(error);
  }
}

const largestBytes = 1024 * 1024;
