import type { KeptWork, KeptWorkspace } from "./kept-work.ts";

/** Writes workspaces to what is kept, and is told of the changes that others make there, but not of its own. */
export class OwnWrites implements Disposable {
  readonly #kept: Pick<KeptWork, "saveWorkspace" | "forgetWorkspace">;
  readonly #listening: Disposable;
  #writing = 0;

  constructor(kept: Pick<KeptWork, "saveWorkspace" | "forgetWorkspace" | "onChange">, onOthers: () => void) {
    this.#kept = kept;
    this.#listening = kept.onChange(() => {
      if (this.#writing === 0) onOthers();
    });
  }

  save(workspace: KeptWorkspace): Promise<void> {
    return this.#write(() => this.#kept.saveWorkspace(workspace));
  }

  forget(key: string): Promise<void> {
    return this.#write(() => this.#kept.forgetWorkspace(key));
  }

  [Symbol.dispose](): void {
    this.#listening[Symbol.dispose]();
  }

  async #write(write: () => Promise<void>): Promise<void> {
    this.#writing++;
    try {
      await write();
    } finally {
      this.#writing--;
    }
  }
}
