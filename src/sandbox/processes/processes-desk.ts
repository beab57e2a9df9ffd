import { computed, signal } from "@preact/signals";
import { wait, type Clock } from "../../checks/clock.ts";
import type { Engine } from "../../engine/engine.ts";
import type { Machine } from "../../machine/contract.ts";
import { FreshLook } from "../fresh-look.ts";
import { cpuShares, type CpuShares } from "./cpu-shares.ts";
import { grownHistories, wholeMachine, type Histories } from "./history.ts";
import { keyOf } from "./process-tree.ts";
import { Sampler, type Picture } from "./sampler.ts";
import { subjectsOf } from "./subjects.ts";

/** Looks at the processes of the learner's own machine, and at what its containers use and may use. */
export class ProcessesDesk implements Disposable {
  readonly picture = signal<Picture | undefined>(undefined);
  readonly shares = signal<CpuShares | undefined>(undefined);
  readonly histories = signal<Histories>(new Map());
  /** Of containers, by their ids. */
  readonly names = signal<ReadonlyMap<string, string>>(new Map());
  /** Numbers that tell containers apart by colour, by their ids; a container keeps its own. */
  readonly tones = signal<ReadonlyMap<string, number>>(new Map());
  /** `machine`, a container's name, or undefined for all; it may name a container that does not run. */
  readonly chosen = signal<string | undefined>(undefined);
  /** The row of the tree whose facts are shown, by its key. */
  readonly process = signal<string | undefined>(undefined);
  /** Processes in the tree that keep their children to themselves. */
  readonly closed = signal<ReadonlySet<string>>(new Set());
  readonly isPaused = signal(false);
  readonly problem = signal<string | undefined>(undefined);
  /** The machine, and each running container. */
  readonly subjects = computed(() => {
    const picture = this.picture.value;
    if (picture === undefined) return [];
    return subjectsOf(picture, this.histories.value, this.names.value, this.tones.value);
  });
  /** What was chosen of them. */
  readonly shown = computed(() => {
    const chosen = this.chosen.value;
    if (chosen === undefined) return this.subjects.value;
    return this.subjects.value.filter(
      ({ name, id }) => name === chosen || (id !== wholeMachine && id.startsWith(chosen)),
    );
  });
  readonly chosenProcess = computed(() => {
    const key = this.process.value;
    return this.picture.value?.processes.find((process) => keyOf(process) === key);
  });
  readonly #engine: Pick<Engine, "containers">;
  readonly #sampler: Sampler;
  readonly #clock: Clock;
  readonly #gone = new AbortController();
  readonly #fresh: FreshLook;
  #needsNames = true;

  constructor(engine: Pick<Engine, "containers">, machine: Pick<Machine, "run">, clock: Clock) {
    this.#engine = engine;
    this.#sampler = new Sampler(machine);
    this.#clock = clock;
    this.#fresh = new FreshLook(() => this.#lookOnce(), {
      signal: this.#gone.signal,
      tell: (problem) => (this.problem.value = problem),
    });
  }

  /** Looks again. While it looks, further wishes become one. */
  look(): Promise<void> {
    return this.#fresh.again();
  }

  /** The engine's containers have changed: their names are asked for, and their limits read, with the next look. */
  noteChange(): void {
    this.#needsNames = true;
    this.#sampler.forget();
  }

  /** The machine is another than it was: nothing that was seen holds any more. */
  beginAnew(): void {
    this.picture.value = this.shares.value = undefined;
    this.histories.value = new Map();
    this.noteChange();
  }

  /** Looks again and again, until it is disposed. The machine is left alone for four times as long as a look takes, and for two seconds at least. */
  watch(): Disposable {
    const stop = new AbortController();
    void this.#keepLooking(AbortSignal.any([stop.signal, this.#gone.signal]));
    return { [Symbol.dispose]: () => stop.abort() };
  }

  choose(name: string | undefined): void {
    this.chosen.value = name;
  }

  /** Shows the facts of a row of the tree, by its key, or of none. */
  showRow(key: string | undefined): void {
    this.process.value = key;
    // Namespaces are read of the chosen process alone.
    if (this.chosenProcess.peek() !== undefined) void this.look();
  }

  setOpen(key: string, isOpen: boolean): void {
    const closed = new Set(this.closed.peek());
    if (isOpen) closed.delete(key);
    else closed.add(key);
    this.closed.value = closed;
  }

  [Symbol.dispose](): void {
    this.#gone.abort();
  }

  async #keepLooking(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const began = this.#clock.now();
      await this.look();
      const tookMs = this.#clock.now() - began;
      await wait(this.#clock, Math.max(shortestPauseMs, tookMs * 4), signal);
    }
  }

  async #lookOnce(): Promise<void> {
    const { signal } = this.#gone;
    if (this.#needsNames) {
      this.#needsNames = false;
      await this.#readNames();
    }
    const picture = await this.#sampler.look({
      pid: this.chosenProcess.peek()?.pid,
      container: this.chosen.peek() === undefined ? undefined : this.shown.peek()[0]?.container?.id,
      signal,
    });
    const shares = cpuShares(this.picture.peek(), picture);
    this.histories.value = grownHistories(this.histories.peek(), picture, shares);
    this.shares.value = shares;
    this.#giveTones(picture);
    this.picture.value = picture;
  }

  /** An engine that does not answer leaves containers with the names that are known, or with their ids. */
  async #readNames(): Promise<void> {
    const { signal } = this.#gone;
    try {
      const containers = await this.#engine.containers.list({ signal });
      this.names.value = new Map(containers.map(({ Id, Names }) => [Id, (Names[0] ?? `/${Id.slice(0, 12)}`).slice(1)]));
    } catch {
      this.#needsNames = true;
    }
  }

  #giveTones({ containers }: Picture): void {
    const known = this.tones.peek();
    const fresh = [...containers.keys()].filter((id) => !known.has(id));
    if (fresh.length === 0) return;
    const tones = new Map(known);
    for (const id of fresh) tones.set(id, tones.size);
    this.tones.value = tones;
  }
}

const shortestPauseMs = 2000;
