import { signal, type ReadonlySignal } from "@preact/signals";
import type { Clock } from "../../checks/clock.ts";
import type { Workspace, WorkspaceEntry } from "../../machine/contract.ts";
import { editorWords } from "../../words/editor.ts";
import { codeOf } from "../error-code.ts";
import { errorSentence } from "../error-sentence.ts";
import { uploadProblem, type OfferedFile } from "./upload-limits.ts";
import { folderOf } from "./workspace-tree.ts";

export type UploadState =
  | { readonly is: "none" }
  /** Something was said about the last one. */
  | { readonly is: "said"; readonly words: string; readonly isProblem: boolean }
  /** Files of these names are there already. */
  | { readonly is: "asking"; readonly taken: readonly string[] }
  | { readonly is: "writing"; readonly done: number; readonly all: number };

/** Files on their way from the person's computer into the workspace. What is there already is only replaced when they say so. */
export class UploadDesk implements Disposable {
  readonly #workspace: Pick<Workspace, "list" | "write">;
  readonly #clock: Clock;
  readonly #state = signal<UploadState>({ is: "none" });
  readonly #gone = new AbortController();
  #stop = new AbortController();
  #asked: { readonly files: readonly OfferedFile[]; readonly taken: ReadonlySet<string> } | undefined;

  constructor(workspace: Pick<Workspace, "list" | "write">, clock: Clock) {
    this.#workspace = workspace;
    this.#clock = clock;
  }

  get state(): ReadonlySignal<UploadState> {
    return this.#state;
  }

  /** Takes what is offered into a folder. While an earlier upload runs, or is asked about, nothing is done. */
  async take(folder: string, offered: readonly OfferedFile[] | Promise<readonly OfferedFile[]>): Promise<void> {
    if (["writing", "asking"].includes(this.#state.peek().is)) return;
    this.#say(editorWords.upload.reading);
    try {
      const files = (await offered).map((file) => ({
        path: folder === "" ? file.path : `${folder}/${file.path}`,
        bytes: file.bytes,
        read: () => file.read(),
      }));
      const problem = uploadProblem(files);
      if (problem !== undefined) {
        this.#say(problem, true);
        return;
      }
      const known = await this.#look(new Set(files.map(({ path }) => folderOf(path))));
      const folderOfThatName = files.find(({ path }) => known.get(path) === "folder");
      if (folderOfThatName !== undefined) {
        this.#say(editorWords.upload.isFolder(folderOfThatName.path), true);
        return;
      }
      const taken = files.filter(({ path }) => known.has(path)).map(({ path }) => path);
      this.#asked = { files, taken: new Set(taken) };
      if (taken.length > 0) this.#state.value = { is: "asking", taken };
      else await this.#write(files);
    } catch (error) {
      this.#say(errorSentence(error), true);
    }
  }

  /** What is to become of the files whose names are taken. */
  async answer(answer: "replace" | "skip" | "cancel"): Promise<void> {
    const asked = this.#asked;
    if (asked === undefined || this.#state.peek().is !== "asking") return;
    if (answer === "cancel") this.dismiss();
    else await this.#write(asked.files.filter(({ path }) => answer === "replace" || !asked.taken.has(path)));
  }

  /** Ends it after the file that is being written. */
  stop(): void {
    this.#stop.abort();
  }

  dismiss(): void {
    this.#asked = undefined;
    this.#state.value = { is: "none" };
  }

  [Symbol.dispose](): void {
    this.#gone.abort();
  }

  /** What there is in these folders. */
  async #look(folders: ReadonlySet<string>): Promise<ReadonlyMap<string, WorkspaceEntry["kind"]>> {
    const known = new Map<string, WorkspaceEntry["kind"]>();
    for (const folder of folders) {
      // A folder that is not there yet has nothing in it.
      const entries = await this.#workspace.list(folder, { signal: this.#gone.signal }).catch((error: unknown) => {
        if (codeOf(error) === "not-found") return [];
        throw error;
      });
      for (const { name, kind } of entries) known.set(folder === "" ? name : `${folder}/${name}`, kind);
    }
    return known;
  }

  async #write(files: readonly OfferedFile[]): Promise<void> {
    this.#asked = undefined;
    this.#stop = new AbortController();
    const signal = AbortSignal.any([this.#stop.signal, this.#gone.signal]);
    let done = 0;
    try {
      for (const file of files) {
        if (signal.aborted) break;
        this.#state.value = { is: "writing", done, all: files.length };
        await this.#workspace.write(file.path, await file.read(), { signal: this.#gone.signal });
        done++;
      }
      this.#say(signal.aborted ? editorWords.upload.stopped(done) : editorWords.upload.done(done));
      const said = this.#state.peek();
      this.#clock.after(saidMs, () => {
        if (this.#state.peek() === said) this.dismiss();
      });
    } catch (error) {
      this.#say(errorSentence(error), true);
    }
  }

  #say(words: string, isProblem = false): void {
    this.#state.value = { is: "said", words, isProblem };
  }
}

/** That it went well need not stand there for long. */
const saidMs = 8000;
