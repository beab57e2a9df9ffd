import { signal, type ReadonlySignal } from "@preact/signals";
import type { Clock } from "../../checks/clock.ts";
import type { Workspace } from "../../machine/contract.ts";
import { codeOf } from "../error-code.ts";
import { readText } from "./read-text.ts";
import { writeBeside } from "./write-beside.ts";

export type DocumentState =
  | { readonly is: "saved" }
  | { readonly is: "unsaved" }
  | { readonly is: "saving" }
  /** It changed on the machine while it was edited here. `theirs` is `undefined` when it was removed there. */
  | { readonly is: "conflict"; readonly theirs: string | undefined }
  | { readonly is: "removed" }
  | { readonly is: "failed"; readonly message: string };

export interface OpenDocumentOptions {
  path: string;
  /** As it was read from the workspace. */
  text: string;
  workspace: Pick<Workspace, "read" | "write">;
  clock: Clock;
  /** The text is another one now, by the machine's side: show it. */
  onReplaced: (text: string) => void;
  /** What was typed lies under another name now. */
  onKeptBeside?: (path: string) => void;
}

/** A file that is edited here while the terminal may change it too. Neither side's work is ever dropped unasked. */
export class OpenDocument implements Disposable {
  readonly path: string;
  readonly #options: OpenDocumentOptions;
  readonly #state = signal<DocumentState>({ is: "saved" });
  /** What both sides last agreed on; `undefined` after it was removed on the machine. */
  #base: string | undefined;
  #text: string;
  #timer: Disposable | undefined;
  #work: Promise<void> = Promise.resolve();
  #isClosed = false;

  constructor(options: OpenDocumentOptions) {
    this.#options = options;
    this.path = options.path;
    this.#base = options.text;
    this.#text = options.text;
  }

  get state(): ReadonlySignal<DocumentState> {
    return this.#state;
  }

  get text(): string {
    return this.#text;
  }

  /** Whether something was typed that the machine does not have. */
  get isEdited(): boolean {
    return this.#text !== (this.#base ?? "");
  }

  /** The learner typed: saved a moment after the last key. */
  edit(text: string): void {
    if (text === this.#text) return;
    this.#text = text;
    if (this.#state.peek().is === "conflict") return;
    this.#state.value = { is: "unsaved" };
    this.#timer?.[Symbol.dispose]();
    this.#timer = this.#options.clock.after(autosaveMs, () => void this.save());
  }

  /** Writes now what is unsaved; resolves when it is written or could not be. */
  save(): Promise<void> {
    return this.#afterOthers(async () => {
      this.#timer?.[Symbol.dispose]();
      if (this.#state.peek().is === "conflict" || this.#text === this.#base) return;
      const theirs = await this.#read();
      if (theirs !== this.#base && theirs !== this.#text) this.#state.value = { is: "conflict", theirs };
      else await this.#write();
    });
  }

  /** Call when the workspace tells of a change to this file. */
  changedOnMachine(): Promise<void> {
    return this.#afterOthers(async () => {
      const theirs = await this.#read();
      if (theirs === this.#base) return;
      if (theirs === this.#text) this.#agreeOn(theirs);
      else if (this.isEdited) this.#state.value = { is: "conflict", theirs };
      else if (theirs === undefined) {
        this.#base = undefined;
        this.#state.value = { is: "removed" };
      } else this.#take(theirs);
    });
  }

  /**
   * Ends a conflict: writes what is in the editor, or shows what is on the machine. With `both`, what is in the editor is
   * written beside it first.
   */
  resolve(side: "mine" | "theirs" | "both"): Promise<void> {
    return this.#afterOthers(async () => {
      const state = this.#state.peek();
      if (state.is !== "conflict") return;
      if (side === "both")
        this.#options.onKeptBeside?.(await writeBeside(this.#options.workspace, this.path, this.#text));
      if (side === "mine") await this.#write();
      else if (state.theirs === undefined) {
        this.#base = undefined;
        this.#state.value = { is: "removed" };
      } else this.#take(state.theirs);
    });
  }

  /** Ends it without saving. */
  abandon(): void {
    this.#isClosed = true;
    this.#timer?.[Symbol.dispose]();
  }

  /** Saves what is unsaved on the way out. */
  [Symbol.dispose](): void {
    void this.save().finally(() => (this.#isClosed = true));
  }

  async #write(): Promise<void> {
    const text = this.#text;
    this.#state.value = { is: "saving" };
    await this.#options.workspace.write(this.path, new TextEncoder().encode(text));
    this.#base = text;
    if (this.#text === text) this.#state.value = { is: "saved" };
  }

  #take(theirs: string): void {
    this.#text = theirs;
    this.#agreeOn(theirs);
    this.#options.onReplaced(theirs);
  }

  #agreeOn(text: string): void {
    this.#base = text;
    this.#state.value = { is: "saved" };
  }

  async #read(): Promise<string | undefined> {
    try {
      return readText(await this.#options.workspace.read(this.path));
    } catch (error) {
      if (codeOf(error) === "not-found") return undefined;
      throw error;
    }
  }

  /** One thing at a time: a save and a change from the machine must not overtake each other. */
  #afterOthers(act: () => Promise<void>): Promise<void> {
    this.#work = this.#work.then(async () => {
      if (this.#isClosed) return;
      try {
        await act();
      } catch (error) {
        this.#state.value = { is: "failed", message: error instanceof Error ? error.message : String(error) };
      }
    });
    return this.#work;
  }
}

const autosaveMs = 300;
