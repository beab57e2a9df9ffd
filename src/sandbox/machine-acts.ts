import { computed, signal } from "@preact/signals";
import type { Machine } from "../machine/contract.ts";
import { errorSentence } from "./error-sentence.ts";

/** What is being done to the machine on request. */
export type MachineWork = "new-shell" | "restart-engine" | "reset";

/** `none`: there is no machine. `failed`: it was said why. */
export type ActOutcome = "done" | "none" | "failed";

export interface MachineActsOptions {
  machine: () => Machine | undefined;
  /** Tells the person. */
  say: (words: string) => void;
}

/** What is done to the machine on request, one after the other. */
export class MachineActs {
  readonly #options: MachineActsOptions;
  readonly #asked = signal<readonly MachineWork[]>([]);
  readonly busy = computed(() => this.#asked.value[0]);
  /** From the request on. */
  readonly isResetting = computed(() => this.#asked.value.includes("reset"));
  #last: Promise<unknown> = Promise.resolve();

  constructor(options: MachineActsOptions) {
    this.#options = options;
  }

  do(work: MachineWork, act: (machine: Machine) => Promise<void>): Promise<ActOutcome> {
    if (this.#options.machine() === undefined) return Promise.resolve("none");
    this.#asked.value = [...this.#asked.peek(), work];
    const outcome = this.#last.then(() => this.#do(act));
    this.#last = outcome;
    return outcome;
  }

  async #do(act: (machine: Machine) => Promise<void>): Promise<ActOutcome> {
    const { machine: find, say } = this.#options;
    try {
      const machine = find();
      if (machine === undefined) return "none";
      await act(machine);
      return "done";
    } catch (error) {
      say(errorSentence(error));
      return "failed";
    } finally {
      this.#asked.value = this.#asked.peek().slice(1);
    }
  }
}
