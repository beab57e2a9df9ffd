import { computed, signal } from "@preact/signals";
import type { Machine } from "../machine/contract.ts";
import { errorSentence } from "./error-sentence.ts";

/** What is being done to the machine on request. */
export type MachineWork = "new-shell" | "restart-engine" | "reset";

type MachineAct = (machine: Machine, signal: AbortSignal) => Promise<void>;

/** `none`: there is no machine. `failed`: it was said why. `given-up`: a reset has taken its place. */
export type ActOutcome = "done" | "none" | "failed" | "given-up";

export interface MachineActsOptions {
  machine: () => Machine | undefined;
  /** Tells the person. */
  say: (words: string) => void;
}

/**
 * What is done to the machine on request, one after the other. A reset waits for another only: it ends what is being done, and
 * whatever else was asked for before, as nothing of that would be left.
 */
export class MachineActs {
  readonly #options: MachineActsOptions;
  readonly #asked = signal<readonly MachineWork[]>([]);
  readonly busy = computed(() => this.#asked.value[0]);
  /** From the request on. */
  readonly isResetting = computed(() => this.#asked.value.includes("reset"));
  #last: Promise<unknown> = Promise.resolve();
  /** Aborted by the next reset. */
  #untilReset = new AbortController();

  constructor(options: MachineActsOptions) {
    this.#options = options;
  }

  do(work: MachineWork, act: MachineAct): Promise<ActOutcome> {
    if (this.#options.machine() === undefined) return Promise.resolve("none");
    this.#asked.value = [...this.#asked.peek(), work];
    if (work === "reset") {
      this.#untilReset.abort();
      this.#untilReset = new AbortController();
    }
    const signal = work === "reset" ? new AbortController().signal : this.#untilReset.signal;
    const outcome = this.#last.then(() => this.#do(act, signal));
    this.#last = outcome;
    return outcome;
  }

  async #do(act: MachineAct, signal: AbortSignal): Promise<ActOutcome> {
    const { machine: find, say } = this.#options;
    const reset = Promise.withResolvers<"given-up">();
    signal.addEventListener("abort", () => reset.resolve("given-up"), { once: true });
    try {
      if (signal.aborted) return "given-up";
      const machine = find();
      if (machine === undefined) return "none";
      return await Promise.race([act(machine, signal).then(() => "done" as const), reset.promise]);
    } catch (error) {
      if (signal.aborted) return "given-up";
      say(errorSentence(error));
      return "failed";
    } finally {
      this.#asked.value = this.#asked.peek().slice(1);
    }
  }
}
