import { signal, type ReadonlySignal } from "@preact/signals";
import type { Machine, MachineStatus } from "../machine/contract.ts";
import type { BootGuard } from "./boot-guard.ts";
import { missingIn, reasonToWait, type Browser, type WaitReason } from "./capability.ts";
import type { Claim, SingleTab, TakeOverReason } from "./single-tab.ts";
import { machineWords } from "../words/machine.ts";

/** Where the sandbox's machine is in its life, as the page shows it. */
export type SessionState =
  | { readonly phase: "idle" }
  | { readonly phase: "unsupported"; readonly missing: readonly string[] }
  | { readonly phase: "waiting"; readonly reason: WaitReason }
  /** Another tab has the machine. */
  | { readonly phase: "elsewhere" }
  | { readonly phase: "booting"; readonly status: MachineStatus | undefined }
  | { readonly phase: "ready"; readonly machine: Machine }
  | { readonly phase: "unresponsive"; readonly machine: Machine; readonly silentMs: number }
  | { readonly phase: "resetting"; readonly machine: Machine }
  /** Its work is being kept; then it goes. */
  | { readonly phase: "ending"; readonly machine: Machine }
  | { readonly phase: "failed"; readonly message: string; readonly hint: string };

export interface SessionOptions {
  start: (options: MachineStart) => Promise<Machine>;
  browser: Browser;
  tab: SingleTab;
  guard: BootGuard;
  /** Keeps what a machine that still runs holds of the learner's work, before it is given up; awaited, but not for long. */
  beforeEnd?: () => Promise<void>;
  /** Less than another tab waits before it takes the machine in any case. */
  endPatienceMs?: number;
}

export interface MachineStart {
  readonly signal: AbortSignal;
  readonly onStatus: (status: MachineStatus) => void;
  /** Without what is kept of an earlier one. */
  readonly isFresh: boolean;
}

/** The machine of this tab: when it starts, who else has one, and what is left when it fails. */
export class Session {
  readonly #options: SessionOptions;
  readonly #state = signal<SessionState>({ phase: "idle" });
  #boot: AbortController | undefined;
  #held: { machine: Machine; claim: Claim; status: Disposable } | undefined;
  #ending: { readonly machine: Machine; readonly done: Promise<void> } | undefined;
  /** Why another tab is to have the machine that is ending. */
  #letsGo: TakeOverReason | undefined;

  constructor(options: SessionOptions) {
    this.#options = options;
  }

  get state(): ReadonlySignal<SessionState> {
    return this.#state;
  }

  /** The machine, while there is one that can be used. */
  get machine(): Machine | undefined {
    return this.#held?.machine;
  }

  /** Starts the machine, unless something speaks for asking first. Only the first call does anything. */
  begin(): void {
    if (this.#state.peek().phase !== "idle") return;
    const { browser, guard } = this.#options;
    const missing = missingIn(browser);
    if (missing.length > 0) {
      this.#state.value = { phase: "unsupported", missing };
      return;
    }
    const reason = guard.wasKilled() ? "killed" : reasonToWait(browser);
    if (reason === undefined) void this.start();
    else this.#state.value = { phase: "waiting", reason };
  }

  /** Starts the machine because somebody asked for it. `takeOver` ends another tab's; `isFresh` leaves alone what is kept. */
  async start({ takeOver = false, isFresh = false } = {}): Promise<void> {
    const { phase } = this.#state.peek();
    if (this.#boot !== undefined || this.#held !== undefined || phase === "unsupported") return;
    const boot = new AbortController();
    this.#boot = boot;
    this.#state.value = { phase: "booting", status: undefined };
    let claim: Claim | undefined;
    let starting: Disposable | undefined;
    try {
      const { tab, guard, start } = this.#options;
      const letGo = (why: TakeOverReason) => void this.#letGo(why);
      claim = takeOver ? await tab.takeOver(letGo, boot.signal) : await tab.claim(letGo);
      if (claim === undefined) {
        this.#state.value = { phase: "elsewhere" };
        return;
      }
      boot.signal.throwIfAborted();
      starting = guard.watch();
      const machine = await start({
        isFresh,
        signal: boot.signal,
        onStatus: (status) => {
          if (this.#boot === boot && !boot.signal.aborted) this.#state.value = { phase: "booting", status };
        },
      });
      if (boot.signal.aborted) {
        await machine[Symbol.asyncDispose]();
        boot.signal.throwIfAborted();
      }
      this.#held = { machine, claim, status: machine.onStatus((status) => this.#follow(machine, status)) };
      this.#follow(machine, machine.status);
    } catch (error) {
      void claim?.release();
      this.#state.value = boot.signal.aborted
        ? { phase: "waiting", reason: boot.signal.reason as WaitReason }
        : failure(error);
    } finally {
      starting?.[Symbol.dispose]();
      if (this.#boot === boot) this.#boot = undefined;
    }
  }

  /** Stops a start that is under way or about to begin. */
  cancel(): void {
    if (this.#state.peek().phase === "idle") this.#state.value = { phase: "waiting", reason: "cancelled" };
    this.#boot?.abort("cancelled");
  }

  /** Ends the machine and starts another, unless another tab takes it meanwhile. */
  async restart(): Promise<void> {
    await this.#endMachine();
    if (this.#letsGo === undefined) await this.start();
  }

  #follow(machine: Machine, status: MachineStatus): void {
    if (this.#ending?.machine === machine) return;
    switch (status.phase) {
      case "ready":
        this.#state.value = { phase: "ready", machine };
        break;
      case "unresponsive":
        this.#state.value = { phase: "unresponsive", machine, silentMs: status.silentMs };
        break;
      case "resetting":
      case "downloading":
      case "restoring":
      case "starting":
        this.#state.value = { phase: "resetting", machine };
        break;
      case "failed":
        void this.#dropMachine();
        this.#state.value = failure(status.error);
        break;
      case "disposed":
        break;
    }
  }

  async #letGo(why: TakeOverReason): Promise<void> {
    if (this.#boot !== undefined) {
      this.#boot.abort(why);
      return;
    }
    // Who has waited long enough takes the lock, and so asks twice.
    if (this.#letsGo !== undefined) {
      this.#state.value = { phase: "waiting", reason: this.#letsGo };
      return;
    }
    this.#letsGo = why;
    try {
      await this.#endMachine();
    } finally {
      this.#letsGo = undefined;
    }
  }

  /** Gives up the machine once the learner's work is kept, or that takes too long: once, however many ask for it. */
  #endMachine(): Promise<void> {
    const machine = this.#held?.machine;
    if (machine !== undefined && this.#ending?.machine !== machine) {
      this.#state.value = { phase: "ending", machine };
      const done = this.#keepAndDrop().finally(() => {
        if (this.#ending?.machine === machine) this.#ending = undefined;
      });
      this.#ending = { machine, done };
    }
    return this.#ending?.done ?? Promise.resolve();
  }

  async #keepAndDrop(): Promise<void> {
    const { beforeEnd, endPatienceMs = 4000 } = this.#options;
    if (beforeEnd !== undefined) {
      const { promise: tooLong, resolve } = Promise.withResolvers<void>();
      const timer = setTimeout(resolve, endPatienceMs);
      await Promise.race([beforeEnd(), tooLong]).catch(() => undefined);
      clearTimeout(timer);
    }
    await this.#dropMachine();
  }

  async #dropMachine(): Promise<void> {
    const held = this.#held;
    if (held === undefined) return;
    this.#held = undefined;
    held.status[Symbol.dispose]();
    try {
      await held.machine[Symbol.asyncDispose]();
    } finally {
      // Before another tab can have one.
      if (this.#letsGo !== undefined) this.#state.value = { phase: "waiting", reason: this.#letsGo };
      await held.claim.release();
    }
  }
}

function failure(error: unknown): SessionState {
  const message = error instanceof Error ? error.message : String(error);
  const hint = error instanceof Error && "hint" in error ? String(error.hint) : machineWords.tryAgainReloadPage;
  return { phase: "failed", message, hint };
}
