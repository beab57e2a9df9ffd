import { growingPause, type Clock } from "./clock.ts";
import type { AskContext, Change } from "./kind.ts";
import type { Check } from "./kinds.ts";
import { unknown, type Outcome } from "./outcome.ts";

export interface InquiryOptions {
  check: Check;
  /** It passed earlier, and is not asked. */
  hasPassed: boolean;
  clock: Clock;
  /** What the check may see at this moment. */
  context: () => Omit<AskContext, "signal">;
  onOutcome: (outcome: Outcome) => void;
}

/**
 * One check of the open step, asked whenever its answer can have changed until it has passed. At most one question is
 * under way; a pass only counts if nothing that concerns it happened since the question was put.
 */
export class Inquiry implements Disposable {
  readonly #options: InquiryOptions;
  readonly #stop = new AbortController();
  readonly #pause = growingPause({ firstMs: 500, factor: 1.6, longestMs: 5000 });
  #timer: Disposable | undefined;
  #asking = false;
  #stale = false;
  #settled = false;
  #hasPassed: boolean;
  #lastChange: number;

  constructor(options: InquiryOptions) {
    this.#options = options;
    this.#hasPassed = options.hasPassed;
    this.#lastChange = options.clock.now();
  }

  notice(change: Change): void {
    if (this.#options.check.concerns(change)) this.askAgain();
  }

  /** Asks at once, or right after the question under way. */
  askAgain(): void {
    this.#pause.reset();
    this.#lastChange = this.#options.clock.now();
    this.#settled = false;
    this.#ask();
  }

  [Symbol.dispose](): void {
    this.#stop.abort();
    this.#cancelTimer();
  }

  #ask(): void {
    if (this.#hasPassed || this.#stop.signal.aborted) return;
    if (this.#asking) {
      this.#stale = true;
      return;
    }
    this.#cancelTimer();
    this.#asking = true;
    this.#stale = false;
    void this.#answer().then((outcome) => {
      this.#asking = false;
      if (!this.#stop.signal.aborted) this.#take(outcome);
    });
  }

  #take(outcome: Outcome): void {
    const { check, onOutcome } = this.#options;
    if (outcome.result === "passed") {
      if (this.#stale) {
        this.#ask();
        return;
      }
      if (check.settleMs > 0 && !this.#settled) {
        this.#settled = true;
        this.#askAfter(check.settleMs);
        return;
      }
      this.#hasPassed = true;
      onOutcome(outcome);
      return;
    }
    this.#settled = false;
    onOutcome(outcome);
    if (this.#stale) {
      this.#ask();
      return;
    }
    const isLate = this.#options.clock.now() - this.#lastChange > giveUpMs;
    if (outcome.result === "unknown" || (check.hasNoEvent && !isLate)) this.#askAfter(this.#pause.next());
  }

  async #answer(): Promise<Outcome> {
    const { check, clock, context } = this.#options;
    const late = new AbortController();
    const timer = clock.after(answerMs, () => late.abort());
    const timeout = new Promise<Outcome>((resolve) => {
      late.signal.addEventListener("abort", () => resolve(unknown("The machine has not answered for 15 seconds.")));
    });
    try {
      const signal = AbortSignal.any([this.#stop.signal, late.signal]);
      return await Promise.race([check.ask({ ...context(), signal }), timeout]);
    } catch (error) {
      return unknown(error instanceof Error ? error.message : String(error));
    } finally {
      timer[Symbol.dispose]();
    }
  }

  #askAfter(ms: number): void {
    this.#timer = this.#options.clock.after(ms, () => this.#ask());
  }

  #cancelTimer(): void {
    this.#timer?.[Symbol.dispose]();
    this.#timer = undefined;
  }
}

const answerMs = 15_000;
/** After this long without any change, a check without events waits for one or for "Check again". */
const giveUpMs = 10 * 60_000;
