import type { Check } from "./check.ts";
import { growingPause, type Clock } from "./clock.ts";
import type { AskContext, Change } from "./kind.ts";
import { latest, type Moment } from "./moment.ts";
import { passed, unknown, type Outcome } from "./outcome.ts";

export interface InquiryOptions {
  check: Check;
  /** It passed earlier, and is not asked. */
  hasPassed: boolean;
  clock: Clock;
  now: () => Moment;
  /** What the check may see at this moment. */
  context: () => Omit<AskContext, "signal">;
  /** `since`: from when on it has been so, as far as is known. */
  onOutcome: (outcome: Outcome, since: Moment) => void;
}

/**
 * One check of the open step, asked from `begin` on whenever its answer can have changed until it has passed. At most one
 * question is under way; a pass only counts if nothing that concerns it happened since the question was put.
 */
export class Inquiry implements Disposable {
  readonly #options: InquiryOptions;
  readonly #stop = new AbortController();
  readonly #pause = growingPause({ firstMs: 500, factor: 1.6, longestMs: 5000 });
  #timer: Disposable | undefined;
  #hasBegun = false;
  #asking = false;
  #stale = false;
  /** The first of the passes that have come without another answer between them. */
  #passing: { readonly at: number; readonly since: Moment } | undefined;
  #isUnknown = false;
  #hasPassed: boolean;
  #lastChange: number;
  /** The latest moment at which the answer may have become another one. */
  #since: Moment;

  constructor(options: InquiryOptions) {
    this.#options = options;
    this.#hasPassed = options.hasPassed;
    this.#lastChange = options.clock.now();
    this.#since = options.now();
  }

  /** From now on it may be asked, about what is so from `turn` on. Answers whether that is new. */
  begin(turn: Moment): boolean {
    if (this.#hasBegun) return false;
    this.#hasBegun = true;
    this.#since = latest(this.#since, turn);
    return true;
  }

  notice(change: Change): void {
    if (this.#options.check.concerns(change)) {
      this.#since = this.#options.now();
      this.askAgain();
    } else if (change.source === "terminal" || change.source === "workspace") this.#stayAwake();
  }

  /** Asks at once, or right after the question under way. */
  askAgain(): void {
    this.#pause.reset();
    this.#lastChange = this.#options.clock.now();
    this.#doubtSince();
    this.#ask();
  }

  [Symbol.dispose](): void {
    this.#stop.abort();
    this.#cancelTimer();
  }

  /** The learner is at work: what has no event, or could not be told, may be asked for longer, or again. */
  #stayAwake(): void {
    const { check, clock } = this.#options;
    if ((!check.hasNoEvent && !this.#isUnknown) || !this.#isOpen) return;
    this.#lastChange = clock.now();
    if (this.#timer === undefined && !this.#asking) this.#askAfter(this.#pause.next());
  }

  get #isOpen(): boolean {
    return this.#hasBegun && !this.#hasPassed && !this.#stop.signal.aborted;
  }

  #ask(): void {
    if (!this.#isOpen) return;
    if (this.#asking) {
      this.#stale = true;
      return;
    }
    this.#cancelTimer();
    this.#asking = true;
    this.#stale = false;
    const since = this.#since;
    const start = this.#options.clock.now();
    void this.#answer().then((outcome) => {
      this.#asking = false;
      if (!this.#stop.signal.aborted) this.#take(outcome, since, this.#options.clock.now() - start);
    });
  }

  #take(outcome: Outcome, since: Moment, tookMs: number): void {
    const { check, clock, onOutcome } = this.#options;
    this.#isUnknown = outcome.result === "unknown";
    if (outcome.result === "passed") {
      if (this.#stale && !check.staysTrue) {
        this.#ask();
        return;
      }
      this.#passing ??= { at: clock.now(), since: outcome.since ?? since };
      const leftMs = this.#passing.at + check.settleMs - clock.now();
      if (leftMs > 0) {
        this.#askAfter(leftMs);
        return;
      }
      this.#hasPassed = true;
      onOutcome(passed, this.#passing.since);
      return;
    }
    this.#passing = undefined;
    onOutcome(outcome, since);
    if (this.#stale) {
      this.#ask();
      return;
    }
    const isLate = clock.now() - this.#lastChange > giveUpMs;
    if (!isLate && (this.#isUnknown || check.hasNoEvent)) {
      this.#askAfter(Math.max(this.#pause.next(), idleShare * tookMs));
    }
  }

  async #answer(): Promise<Outcome> {
    const { check, clock, context } = this.#options;
    const late = new AbortController();
    const timer = clock.after(check.answerMs, () => late.abort());
    const timeout = new Promise<Outcome>((resolve) => {
      late.signal.addEventListener("abort", () =>
        resolve(unknown(`The machine has not answered for ${Math.round(check.answerMs / 1000)} seconds.`)),
      );
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
    this.#timer = this.#options.clock.after(ms, () => {
      this.#timer = undefined;
      this.#doubtSince();
      this.#ask();
    });
  }

  /** What has no event can have become so at any time since the question before. */
  #doubtSince(): void {
    if (this.#options.check.hasNoEvent && this.#passing === undefined) this.#since = this.#options.now();
  }

  #cancelTimer(): void {
    this.#timer?.[Symbol.dispose]();
    this.#timer = undefined;
  }
}

/** After this long without any change, what has no event or cannot be told waits for a change, the engine's return or "Check again". */
export const giveUpMs = 10 * 60_000;
/** A question that takes long is put less often: the machine is the learner's for four fifths of the time. */
const idleShare = 4;
