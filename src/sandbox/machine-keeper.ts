// Over 250 lines because keeping, waking and forgetting a machine must each know what the others are at.
import { computed, effect, signal, type ReadonlySignal } from "@preact/signals";
import type { Machine, SavedState } from "../machine/contract.ts";
import type { Browser } from "./capability.ts";
import { codeOf } from "./error-code.ts";
import { errorSentence } from "./error-sentence.ts";
import type { KeptMachineInfo, KeptWork } from "./kept-work.ts";
import { amount, moment } from "./kept-words.ts";
import { createPauseTimer, type PauseTimer } from "./pause-timer.ts";
import { describeNotWoken, wakeMachine } from "./wake-machine.ts";
import { keptMachineWords } from "../words/kept-machine.ts";

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
  /** Without what is kept, which stays. */
  readonly isFresh: boolean;
}

/** What came of keeping a machine; it is given up when that is no longer wanted. */
type Outcome = "kept" | "no-room" | "given-up" | Error;

/**
 * Keeps the machine after a step was done, and goes on with the kept one on a later visit. What is kept for a lesson and is not
 * what this machine has become of it is never replaced unless the person says so.
 */
export class MachineKeeper {
  readonly #options: MachineKeeperOptions;
  readonly #last = signal<KeptMachineInfo | undefined>(undefined);
  readonly #isKeeping = signal(false);
  /** Places of which what is kept is an earlier state of the machine that runs, or may be replaced by it. */
  readonly #own = signal<ReadonlySet<string>>(new Set());
  readonly #other = computed(() => {
    const last = this.#last.value;
    return last === undefined || this.#own.value.has(last.lesson) ? undefined : last;
  });
  #keeping: Promise<unknown> = Promise.resolve();
  /** How often the machine has become another: what is being kept then is no longer wanted. */
  #resets = 0;
  /** How often what is kept for a place was forgotten: what is being kept or woken of it then is no longer wanted. */
  readonly #forgets = new Map<string, number>();
  #followed: { readonly machine: Machine; readonly pause?: PauseTimer; readonly stop: AbortController } | undefined;
  /** The last that was said of machines that could not be kept. */
  #said: string | undefined;
  /** The kept machine that this one is the continuation of, until that has been read or is no longer so. */
  readonly goesOn = signal<KeptMachineInfo | undefined>(undefined);

  constructor(options: MachineKeeperOptions) {
    this.#options = options;
    effect(() => {
      const { id } = options.place.value;
      if (this.#last.peek()?.lesson !== id) this.#last.value = undefined;
      void this.#look(id);
    });
    options.kept.onChange(() => void this.#look(options.place.peek().id));
  }

  /** What is kept for the place that is open. */
  get last(): ReadonlySignal<KeptMachineInfo | undefined> {
    return this.#last;
  }

  /** What is kept for the place that is open, if the machine that runs is not its continuation, and should not replace it. */
  get other(): ReadonlySignal<KeptMachineInfo | undefined> {
    return this.#other;
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
    this.#own.value = new Set();
    if (options.isFresh) return start(options);
    const { kept, place, say } = this.#options;
    const { id, title } = place.peek();
    const forgets = this.#forgets.get(id);
    // Storage that fails is no reason to have no machine.
    const found = await kept.loadMachine(id).catch(() => undefined);
    options.signal.throwIfAborted();
    if (found === undefined) return start(options);
    const woken = await wakeMachine(() => start({ ...options, savedState: found.state }), options.signal);
    if (!(woken instanceof Error)) {
      if (this.#forgets.get(id) === forgets) {
        this.goesOn.value = found.info;
        this.useThis(id);
        return woken;
      }
      await woken[Symbol.asyncDispose]();
    }
    const machine = await start(options);
    if (woken instanceof Error) {
      await kept.forgetMachine(id).catch(() => undefined);
      say(describeNotWoken(woken, title));
    }
    return machine;
  }

  /** Keeps `machine` after every step that is done from now on, as soon as the person pauses or goes to another lesson. */
  follow(machine: Machine): Disposable {
    const { place, browser, page } = this.#options;
    const stop = new AbortController();
    const hasLittleMemory = browser.deviceMemory !== undefined && browser.deviceMemory < 4;
    if (!machine.capabilities.save || browser.savesData || hasLittleMemory) {
      this.#followed = { machine, stop };
      return { [Symbol.dispose]: () => (this.#followed = undefined) };
    }
    let before = place.peek();
    let worked = before;
    const pause = createPauseTimer(page, () => void this.#keepByItself(machine, worked, stop.signal));
    this.#followed = { machine, pause, stop };
    const watching = effect(() => {
      const after = place.value;
      if (after.id !== before.id) pause.hurry();
      else if (after.done.length > before.done.length) {
        worked = after;
        pause.wait();
      }
      before = after;
    });
    return {
      [Symbol.dispose]: () => {
        stop.abort();
        pause[Symbol.dispose]();
        watching();
        this.#followed = undefined;
      },
    };
  }

  /** Lets the machine that runs replace what is kept for `lesson`, by default the place that is open. */
  useThis(lesson = this.#options.place.peek().id): void {
    this.#own.value = new Set(this.#own.peek()).add(lesson);
  }

  /** Keeps `machine` because somebody asked for it, and says how that went. */
  async keepNow(machine: Machine): Promise<void> {
    const { kept, place, say } = this.#options;
    const where = await kept.where();
    if (where.kind === "memory") {
      say(keptMachineWords.machineCannotKept(where.why));
      return;
    }
    const outcome = await this.#keep(machine, place.peek(), undefined);
    if (outcome === "kept") say(keptMachineWords.machineKeptBrowser(amount(this.#last.peek()?.bytes ?? 0)));
    else if (outcome === "no-room") {
      say(keptMachineWords.noRoomMachineBrowsers);
    } else if (outcome === "given-up") say(keptMachineWords.machineNotKeptReset);
    else say(keptMachineWords.machineCouldNotKept(errorSentence(outcome)));
  }

  /** Forgets what is kept for `lesson`, by default the place that is open: it no longer is what the person wants back. */
  async forget(lesson = this.#options.place.peek().id): Promise<void> {
    if (this.goesOn.peek()?.lesson === lesson) this.goesOn.value = undefined;
    this.#forgets.set(lesson, (this.#forgets.get(lesson) ?? 0) + 1);
    this.#followed?.pause?.forget();
    await this.#options.kept.forgetMachine(lesson);
  }

  /** The machine is as released again: what is kept of it for `lesson` goes, but not what is kept of another. */
  async noteReset(lesson: string): Promise<void> {
    this.goesOn.value = undefined;
    this.#resets++;
    this.#followed?.pause?.forget();
    const isOwn = this.#own.peek().has(lesson);
    this.#own.value = new Set();
    if (isOwn) await this.forget(lesson);
  }

  /** Ends what is being kept, and keeps nothing by itself any more: the machine is about to go. */
  async leave(): Promise<void> {
    this.#followed?.stop.abort();
    this.#followed?.pause?.[Symbol.dispose]();
    await this.#keeping;
  }

  async #keepByItself(machine: Machine, place: MachinePlace, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return;
    const outcome = await this.#keep(machine, place, signal);
    if (outcome === "kept") this.#said = undefined;
    if (outcome === "kept" || outcome === "given-up") return;
    if (outcome !== "no-room" && (codeOf(outcome) === "cancelled" || codeOf(outcome) === "disposed")) return;
    const words =
      outcome === "no-room"
        ? keptMachineWords.noRoomKeepMachine
        : keptMachineWords.machineCouldNotKeptAfter(errorSentence(outcome));
    if (words === this.#said) return;
    this.#said = words;
    this.#options.say(words);
  }

  /** One after the other. What is kept by itself has a `signal`. */
  #keep(machine: Machine, place: MachinePlace, signal: AbortSignal | undefined): Promise<Outcome> {
    const keeping = this.#keeping.then(() => this.#keepOne(machine, place, signal));
    this.#keeping = keeping;
    return keeping;
  }

  async #keepOne(machine: Machine, { id, done }: MachinePlace, signal: AbortSignal | undefined): Promise<Outcome> {
    const { kept, now } = this.#options;
    const resets = this.#resets;
    const forgets = this.#forgets.get(id);
    const isUnwanted = () => resets !== this.#resets || forgets !== this.#forgets.get(id);
    this.#isKeeping.value = true;
    try {
      if (signal !== undefined && (await this.#isOthers(id))) return "given-up";
      const savedAt = now().toISOString();
      const state = await machine.save(signal ? { signal } : {});
      if (isUnwanted() || signal?.aborted) return "given-up";
      const info = { lesson: id, step: done.at(-1), savedAt, imageId: state.imageId, bytes: state.bytes.size };
      const outcome = await kept.saveMachine(info, state);
      if (isUnwanted()) {
        // What is there if it found no room is of another.
        if (outcome === "kept") await kept.forgetMachine(id);
        return "given-up";
      }
      if (outcome === "kept" && this.#followed?.machine === machine) this.useThis(id);
      if (outcome === "kept" && this.#options.place.peek().id === id) this.#last.value = info;
      return outcome;
    } catch (error) {
      return error instanceof Error ? error : new Error(String(error));
    } finally {
      this.#isKeeping.value = false;
    }
  }

  /** Whether something else is kept for the place than an earlier state of the machine that runs. */
  async #isOthers(id: string): Promise<boolean> {
    if (this.#own.peek().has(id)) return false;
    return (await this.#options.kept.listMachines()).some(({ lesson }) => lesson === id);
  }

  async #look(lesson: string): Promise<void> {
    const { kept, place } = this.#options;
    const machines = await kept.listMachines().catch(() => []);
    if (place.peek().id === lesson) this.#last.value = machines.find((machine) => machine.lesson === lesson);
  }
}

/** In words, for the notice and the menu. */
export function describeKept({ savedAt, bytes }: KeptMachineInfo, now: Date): string {
  return keptMachineWords.kept(moment(savedAt, now), amount(bytes));
}
