import { effect, signal, type ReadonlySignal } from "@preact/signals";
import type { Machine, SavedState } from "../machine/contract.ts";
import type { Browser } from "./capability.ts";
import type { KeptMachineInfo, KeptWork } from "./kept-work.ts";
import { amount, moment } from "./kept-words.ts";

/** What a machine is kept for. */
export interface MachinePlace {
  /** The lesson's id, or `playground`. */
  readonly id: string;
  readonly title: string;
  /** Ids of the steps that are done, in order. */
  readonly done: readonly string[];
}

export interface MachineKeeperOptions {
  kept: KeptWork;
  /** Of what is open now. */
  place: ReadonlySignal<MachinePlace>;
  browser: Pick<Browser, "savesData" | "deviceMemory">;
  /** Tells of keys, pointers and its being hidden. */
  page: Pick<Document, "addEventListener" | "visibilityState">;
  now: () => Date;
  /** Tells the person. */
  say: (words: string) => void;
}

interface StartOptions {
  readonly signal: AbortSignal;
}

/** Keeps the machine after a step was done, and goes on with the kept one on a later visit. */
export class MachineKeeper {
  readonly #options: MachineKeeperOptions;
  readonly #last = signal<KeptMachineInfo | undefined>(undefined);
  readonly #isKeeping = signal(false);
  #keeping: Promise<unknown> = Promise.resolve();
  /** How often the machine has become another: what is being kept then is no longer wanted. */
  #resets = 0;
  #stopWaiting: (() => void) | undefined;
  /** The kept machine that this one is the continuation of, until that has been read or is no longer so. */
  readonly goesOn = signal<KeptMachineInfo | undefined>(undefined);

  constructor(options: MachineKeeperOptions) {
    this.#options = options;
    effect(() => void this.#look(options.place.value.id));
    options.kept.onChange(() => void this.#look(options.place.peek().id));
  }

  /** What is kept for the place that is open. */
  get last(): ReadonlySignal<KeptMachineInfo | undefined> {
    return this.#last;
  }

  get isKeeping(): ReadonlySignal<boolean> {
    return this.#isKeeping;
  }

  /** Starts the machine that is kept for the place that is open; a fresh one if there is none, or it cannot be used. */
  async start<T extends StartOptions>(
    options: T,
    start: (options: T & { savedState?: SavedState }) => Promise<Machine>,
  ): Promise<Machine> {
    this.goesOn.value = undefined;
    const { kept, place, say } = this.#options;
    const { id, title } = place.peek();
    // Storage that fails is no reason to have no machine.
    const found = await kept.loadMachine(id).catch(() => undefined);
    options.signal.throwIfAborted();
    if (found === undefined) return start(options);
    try {
      const machine = await start({ ...options, savedState: found.state });
      this.goesOn.value = found.info;
      return machine;
    } catch (error) {
      if (options.signal.aborted || othersFault.has(codeOf(error))) throw error;
      const machine = await start(options);
      await kept.forgetMachine(id).catch(() => undefined);
      const message = error instanceof Error ? error.message : String(error);
      say(
        codeOf(error) === "state-mismatch"
          ? `The machine has been updated since, so the kept one of “${title}” could not be used. Your files and progress are all there.`
          : `The kept machine of “${title}” could not be used, so this is a fresh one. Your files and progress are all there. (${message})`,
      );
      return machine;
    }
  }

  /** Keeps `machine` after every step that is done from now on, as soon as the person pauses. */
  follow(machine: Machine): Disposable {
    const { place, browser, page } = this.#options;
    const hasLittleMemory = browser.deviceMemory !== undefined && browser.deviceMemory < 4;
    if (!machine.capabilities.save || browser.savesData || hasLittleMemory)
      return { [Symbol.dispose]: () => undefined };
    const stop = new AbortController();
    const { signal } = stop;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let since: number | undefined;
    const keep = () => {
      clearTimeout(timer);
      since = undefined;
      void this.#keep(machine, signal);
    };
    const wait = () => {
      since ??= performance.now();
      clearTimeout(timer);
      timer = setTimeout(keep, Math.min(idleMs, Math.max(0, since + patienceMs - performance.now())));
    };
    for (const type of ["keydown", "pointerdown"]) {
      page.addEventListener(type, () => since !== undefined && wait(), { signal, capture: true, passive: true });
    }
    page.addEventListener(
      "visibilitychange",
      // They may be about to leave.
      () => since !== undefined && page.visibilityState === "hidden" && keep(),
      { signal },
    );
    this.#stopWaiting = () => {
      clearTimeout(timer);
      since = undefined;
    };
    let before = place.peek();
    const watching = effect(() => {
      const after = place.value;
      if (after.id === before.id && after.done.length > before.done.length) wait();
      before = after;
    });
    return {
      [Symbol.dispose]() {
        stop.abort();
        clearTimeout(timer);
        watching();
      },
    };
  }

  /** Keeps `machine` because somebody asked for it, and says how that went. */
  async keepNow(machine: Machine): Promise<void> {
    const { kept, say } = this.#options;
    const where = await kept.where();
    if (where.kind === "memory") {
      say(`The machine cannot be kept. ${where.why}`);
      return;
    }
    const outcome = await this.#keep(machine, undefined);
    if (outcome === "kept") say(`The machine is kept in this browser (${amount(this.#last.peek()?.bytes ?? 0)}).`);
    else if (outcome === "no-room") {
      say("There is no room for this machine in this browser’s storage. “Your work” shows what takes room there.");
    } else say(`The machine could not be kept. ${outcome.message}`);
  }

  /** Forgets the kept machine of the place that is open: it no longer is what the person wants back. */
  async forget(): Promise<void> {
    this.goesOn.value = undefined;
    this.#resets++;
    this.#stopWaiting?.();
    await this.#options.kept.forgetMachine(this.#options.place.peek().id);
  }

  /** One after the other. */
  #keep(machine: Machine, signal: AbortSignal | undefined): Promise<"kept" | "no-room" | Error> {
    const keeping = this.#keeping.then(() => this.#keepOne(machine, signal));
    this.#keeping = keeping;
    return keeping;
  }

  async #keepOne(machine: Machine, signal: AbortSignal | undefined): Promise<"kept" | "no-room" | Error> {
    const { kept, place, now } = this.#options;
    const { id, done } = place.peek();
    const resets = this.#resets;
    this.#isKeeping.value = true;
    try {
      const savedAt = now().toISOString();
      const state = await machine.save(signal ? { signal } : {});
      if (resets !== this.#resets) return new Error("It was reset meanwhile.");
      const info = { lesson: id, step: done.at(-1), savedAt, imageId: state.imageId, bytes: state.bytes.size };
      return await kept.saveMachine(info, state);
    } catch (error) {
      return error instanceof Error ? error : new Error(String(error));
    } finally {
      this.#isKeeping.value = false;
    }
  }

  async #look(lesson: string): Promise<void> {
    const { kept, place } = this.#options;
    const machines = await kept.listMachines().catch(() => []);
    if (place.peek().id === lesson) this.#last.value = machines.find((machine) => machine.lesson === lesson);
  }
}

/** In words, for the notice and the menu. */
export function describeKept({ savedAt, bytes }: KeptMachineInfo, now: Date): string {
  return `Kept ${moment(savedAt, now)}, ${amount(bytes)}`;
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}

/** Errors that a fresh machine would meet just as well. */
const othersFault = new Set([
  "cancelled",
  "disposed",
  "download-failed",
  "image-mismatch",
  "no-webassembly",
  "not-enough-memory",
  "unsupported",
]);

/** A pause of the person's, in which the moment that saving takes is not noticed. */
const idleMs = 4000;
/** Somebody who never pauses is not waited for any longer. */
const patienceMs = 60_000;
