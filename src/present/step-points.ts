import { signal, type ReadonlySignal } from "@preact/signals";
import { wait, type Clock } from "../checks/clock.ts";
import type { SavedState } from "../machine/contract.ts";
import { errorSentence } from "../sandbox/error-sentence.ts";
import { presentWords as words } from "../words/present.ts";

/** The machine as it was before a step. */
export interface StepPoint {
  readonly step: string;
  readonly state: SavedState;
  /** How long the saving took. */
  readonly ms: number;
}

export interface StepPointsOptions {
  /** The difference to the machine as it was released; undefined where there is none to be had now. */
  save: (signal: AbortSignal) => Promise<SavedState | undefined>;
  /** Takes files, ticks and machine back to before the step. */
  goBack: (point: StepPoint) => Promise<void>;
  clock: Clock;
  /** Bytes of all points together, above which the oldest goes. */
  mostBytes?: number;
}

/** States of the machine before the steps of a talk, in this window's memory: a reload forgets them. */
export class StepPoints implements Disposable {
  readonly #options: StepPointsOptions;
  readonly #points = signal<readonly StepPoint[]>([]);
  readonly #work = signal<"none" | "saving" | "going-back">("none");
  readonly #problem = signal<string | undefined>(undefined);
  #stop: AbortController | undefined;
  #saving: Promise<void> = Promise.resolve();

  constructor(options: StepPointsOptions) {
    this.#options = options;
  }

  get points(): ReadonlySignal<readonly StepPoint[]> {
    return this.#points;
  }

  get work(): ReadonlySignal<"none" | "saving" | "going-back"> {
    return this.#work;
  }

  get problem(): ReadonlySignal<string | undefined> {
    return this.#problem;
  }

  /** Saves the machine as it is before `step`, unless that is saved already or something is at work. */
  async take(step: string): Promise<void> {
    if (this.#work.peek() !== "none" || this.find(step) !== undefined) return;
    const stop = (this.#stop = new AbortController());
    this.#work.value = "saving";
    this.#problem.value = undefined;
    await (this.#saving = this.#save(step, stop));
  }

  /** Waits for what is being saved, and gives it up after `ms`: the machine is about to do something else. */
  async settle(ms: number): Promise<void> {
    if (this.#work.peek() !== "saving") return;
    const saved = new AbortController();
    await Promise.race([this.#saving, wait(this.#options.clock, ms, saved.signal)]);
    saved.abort();
    this.giveUp();
  }

  giveUp(): void {
    if (this.#work.peek() === "saving") this.#stop?.abort();
  }

  async #save(step: string, stop: AbortController): Promise<void> {
    const { save, clock, mostBytes = usualMostBytes } = this.#options;
    const start = clock.now();
    try {
      const state = await save(stop.signal);
      if (state === undefined || stop.signal.aborted) return;
      const points = [...this.#points.peek(), { step, state, ms: clock.now() - start }];
      while (points.length > 1 && bytesOf(points) > mostBytes) points.shift();
      this.#points.value = points;
    } catch (error) {
      if (!stop.signal.aborted) this.#problem.value = words.pointFailed(errorSentence(error));
    } finally {
      this.#end(stop);
    }
  }

  /** Answers whether the machine is as it was before `step`. Later points are forgotten: they no longer come about. */
  async goBack(step: string): Promise<boolean> {
    this.giveUp();
    const point = this.find(step);
    if (this.#work.peek() === "going-back") return false;
    if (point === undefined) {
      this.#problem.value = words.pointNone;
      return false;
    }
    this.#stop = undefined;
    this.#work.value = "going-back";
    this.#problem.value = undefined;
    try {
      await this.#options.goBack(point);
      this.#points.value = this.#points.peek().slice(0, this.#points.peek().indexOf(point) + 1);
      return true;
    } catch (error) {
      this.#problem.value = words.backFailed(errorSentence(error));
      return false;
    } finally {
      this.#work.value = "none";
    }
  }

  find(step: string): StepPoint | undefined {
    return this.#points.peek().find((point) => point.step === step);
  }

  [Symbol.dispose](): void {
    this.#stop?.abort();
    this.#points.value = [];
  }

  #end(stop: AbortController): void {
    if (this.#stop !== stop) return;
    this.#stop = undefined;
    this.#work.value = "none";
  }
}

function bytesOf(points: readonly StepPoint[]): number {
  return points.reduce((sum, { state }) => sum + state.bytes.size, 0);
}

const usualMostBytes = 256 * 2 ** 20;
