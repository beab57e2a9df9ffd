import { signal } from "@preact/signals";
import type { Machine } from "../../machine/contract.ts";
import { transferWords as words } from "../../words/transfer.ts";
import { errorSentence } from "../error-sentence.ts";
import { amount } from "../kept-words.ts";
import { putIntoMachine, takeFromMachine, type TransferOptions } from "./machine-files.ts";

export type TransferState =
  | { readonly is: "asking"; readonly problem?: string }
  | { readonly is: "working"; readonly words: string; readonly share?: number }
  | { readonly is: "done"; readonly words: string };

export interface TransferDeskOptions {
  readonly machine: () => Pick<Machine, "run" | "workspace"> | undefined;
  /** Hands a file to the browser's downloads. */
  readonly give: (file: File) => void;
}

/** One transfer at a time, with what is to be seen of it. */
export class TransferDesk implements Disposable {
  readonly state = signal<TransferState>({ is: "asking" });
  readonly #options: TransferDeskOptions;
  #stop: AbortController | undefined;

  constructor(options: TransferDeskOptions) {
    this.#options = options;
  }

  upload(files: readonly File[], folder: string): Promise<void> {
    if (files.length === 0) {
      this.state.value = { is: "asking", problem: words.upload.none };
      return Promise.resolve();
    }
    const names = namesOf(files);
    return this.#work(words.uploading(names), names, async (machine, options) => {
      const place = await putIntoMachine(machine, folder.trim(), files, options);
      return words.upload.done(names, place);
    });
  }

  download(path: string): Promise<void> {
    const wanted = path.trim();
    return this.#work(words.packing, wanted, async (machine, options) => {
      const file = await takeFromMachine(machine, wanted, options);
      this.#options.give(file);
      return words.download.done(file.name, amount(file.size));
    });
  }

  cancel(): void {
    this.#stop?.abort();
  }

  [Symbol.dispose](): void {
    this.cancel();
  }

  async #work(
    first: string,
    name: string,
    act: (machine: Pick<Machine, "run" | "workspace">, options: TransferOptions) => Promise<string>,
  ): Promise<void> {
    const machine = this.#options.machine();
    if (machine === undefined) {
      this.state.value = { is: "asking", problem: words.noMachine };
      return;
    }
    this.cancel();
    const stop = (this.#stop = new AbortController());
    this.state.value = { is: "working", words: first };
    const onProgress = (done: number, all: number) => {
      if (stop.signal.aborted) return;
      const share = all === 0 ? 1 : done / all;
      this.state.value = { is: "working", words: words.progress(name, amount(done), amount(all)), share };
    };
    try {
      const said = await act(machine, { signal: stop.signal, onProgress });
      if (this.#stop === stop) this.state.value = { is: "done", words: said };
    } catch (error) {
      if (this.#stop !== stop) return;
      this.state.value = { is: "asking", problem: stop.signal.aborted ? words.cancelled : errorSentence(error) };
    }
  }
}

function namesOf(files: readonly File[]): string {
  return files.length > 3 ? words.several(files.length) : words.and(files.map(({ name }) => name));
}
