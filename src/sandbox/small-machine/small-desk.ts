import { signal, type ReadonlySignal } from "@preact/signals";
import type {
  SmallMachine,
  SmallMachineFacts,
  SmallMachineOptions,
  SmallMachineStatus,
  SmallMachineTimes,
} from "../../machine/small-machine.ts";
import { errorSentence } from "../error-sentence.ts";
import { PageSmallConsole } from "./small-console.ts";

export type SmallState =
  | { readonly phase: "off" }
  /** `since`: when it was started, by `now`. */
  | { readonly phase: "starting"; readonly since: number; readonly status: SmallMachineStatus | undefined }
  | { readonly phase: "running" }
  | { readonly phase: "failed"; readonly words: string };

export interface SmallDeskOptions {
  start: (options: SmallMachineOptions) => Promise<SmallMachine>;
  now: () => number;
}

/** The small machine of the lesson on the page: started, typed into and switched off. */
export class SmallDesk {
  readonly console = new PageSmallConsole();
  readonly #options: SmallDeskOptions;
  readonly #state = signal<SmallState>({ phase: "off" });
  readonly #times = signal<SmallMachineTimes>({});
  readonly #facts = signal<SmallMachineFacts | undefined>(undefined);
  readonly #starts = signal(0);
  #shown = Promise.withResolvers<void>();
  #starting: AbortController | undefined;
  #machine: SmallMachine | undefined;
  /** Commands that are to be typed at the first prompt. */
  #waiting: string[] = [];

  constructor(options: SmallDeskOptions) {
    this.#options = options;
  }

  get state(): ReadonlySignal<SmallState> {
    return this.#state;
  }

  /** Of the start under way, or the last one. */
  get times(): ReadonlySignal<SmallMachineTimes> {
    return this.#times;
  }

  /** Once one has been started. */
  get facts(): ReadonlySignal<SmallMachineFacts | undefined> {
    return this.#facts;
  }

  /** How many have been started. */
  get starts(): ReadonlySignal<number> {
    return this.#starts;
  }

  /** Its console is on the page now, in its size, until disposed: then there is no machine either. */
  show(): Disposable {
    this.#shown.resolve();
    return {
      [Symbol.dispose]: () => {
        this.#shown = Promise.withResolvers();
        this.stop();
      },
    };
  }

  /** Boots one from nothing, unless there is one. */
  async start(): Promise<void> {
    const { phase } = this.#state.peek();
    if (phase === "starting" || phase === "running") return;
    await this.#shown.promise;
    if (this.#starting !== undefined) return;
    const { start, now } = this.#options;
    const starting = new AbortController();
    this.#starting = starting;
    const since = now();
    const isCurrent = () => this.#starting === starting;
    this.#starts.value++;
    this.#times.value = {};
    this.#state.value = { phase: "starting", since, status: undefined };
    try {
      const machine = await start({
        ...this.console.size,
        signal: starting.signal,
        onOutput: (bytes) => isCurrent() && this.console.take(bytes),
        onStatus: (status, times) => isCurrent() && this.#follow(status, times, since),
      });
      if (!isCurrent()) {
        await machine[Symbol.asyncDispose]();
        return;
      }
      this.#machine = machine;
      this.#facts.value = machine.facts;
      this.console.connect((bytes) => machine.write(bytes));
      if (machine.status.phase !== "ready") return;
      for (const command of this.#waiting.splice(0)) this.#type(command);
    } catch (error) {
      if (isCurrent()) this.#end({ phase: "failed", words: errorSentence(error) });
    }
  }

  /** Types a command and enters it, at the first prompt of one that is started for it if need be. */
  run(command: string): void {
    if (this.#machine !== undefined) this.#type(command);
    else {
      this.#waiting.push(command);
      void this.start();
    }
  }

  /** Switches it off, as if its plug were pulled. */
  stop(): void {
    this.#end({ phase: "off" });
  }

  #type(command: string): void {
    this.console.write(new TextEncoder().encode(`${clearLine}${command}\r`));
  }

  #follow(status: SmallMachineStatus, times: SmallMachineTimes, since: number): void {
    this.#times.value = times;
    if (status.phase === "ready") this.#state.value = { phase: "running" };
    else if (status.phase === "ended") this.#end({ phase: "off" });
    else if (status.phase === "failed") this.#end({ phase: "failed", words: errorSentence(status.error) });
    else this.#state.value = { phase: "starting", since, status };
  }

  #end(state: SmallState): void {
    const machine = this.#machine;
    this.#machine = undefined;
    this.#waiting = [];
    const starting = this.#starting;
    this.#starting = undefined;
    this.console.connect(undefined);
    this.#state.value = state;
    starting?.abort();
    void machine?.[Symbol.asyncDispose]();
  }
}

/** Ctrl+E, Ctrl+U: to the end of the line, and away with what was half typed. */
const clearLine = "\u0005\u0015";
