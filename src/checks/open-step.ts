import type { CheckSpec, QuizAnswer } from "../lessons/model.ts";
import { growingPause, wait, type Clock } from "./clock.ts";
import type { EngineClock } from "./engine-clock.ts";
import { giveUpMs, Inquiry } from "./inquiry.ts";
import type { AskContext, Change, HeardCommand, HeardEvent } from "./kind.ts";
import { bindCheck } from "./kinds.ts";
import { latest, opening, type Moment } from "./moment.ts";
import { findWaits, type Waits } from "./order.ts";
import { passed, type Outcome } from "./outcome.ts";
import type { TypedCommand, World } from "./world.ts";

export interface OpenStepOptions {
  checks: readonly CheckSpec[];
  /** It passed earlier and is not asked again. */
  hasPassed: (check: number) => boolean;
  world: World;
  clock: Clock;
  engineClock: EngineClock;
  answers: ReadonlyMap<string, QuizAnswer>;
  onOutcomes: (outcomes: readonly (Outcome | undefined)[]) => void;
}

/** The checks of the step that is open, and what happened since it was opened. */
export class OpenStep implements Disposable {
  readonly #options: OpenStepOptions;
  readonly #inquiries: readonly Inquiry[];
  readonly #waits: readonly Waits[];
  readonly #outcomes: (Outcome | undefined)[];
  /** From when on each passed check has been true. */
  readonly #passedSince = new Map<number, Moment>();
  readonly #stop = new AbortController();
  readonly #opened: number;
  /** All that were heard of, also those from before the opening. */
  #events: readonly HeardEvent[] = [];
  #commands: readonly HeardCommand[] = [];
  #now = opening;
  /** By the engine's clock; from what was known of it before until it has been asked. */
  #openedAt: bigint | undefined;
  #hasLearntTime = false;
  #isLearningTime = false;

  constructor(options: OpenStepOptions) {
    const { checks: specs, hasPassed, clock, engineClock } = options;
    this.#options = options;
    this.#opened = clock.now();
    this.#openedAt = engineClock.at(this.#opened);
    const checks = specs.map(bindCheck);
    this.#waits = findWaits(specs, (n) => checks[n]?.isAbsence === true);
    for (const n of specs.keys()) if (hasPassed(n)) this.#passedSince.set(n, opening);
    this.#outcomes = specs.map((_, n) => (hasPassed(n) ? passed : this.#isTurnOf(n) ? undefined : waiting));
    this.#inquiries = checks.map(
      (check, n) =>
        new Inquiry({
          check,
          hasPassed: hasPassed(n),
          clock,
          now: () => this.#now,
          context: () => this.#contextOf(n),
          onOutcome: (outcome, since) => this.#take(n, outcome, since),
        }),
    );
    this.#beginDue();
    this.#learnTime();
  }

  notice(change: Change): void {
    if (change.source === "engine") {
      this.#now = { ...this.#now, events: this.#now.events + 1 };
      this.#events = [...this.#events.slice(-keptEvents), { event: change.event, moment: this.#now }];
    }
    if (change.source === "terminal" && !this.#record(change.command)) return;
    for (const inquiry of this.#inquiries) inquiry.notice(change);
  }

  /** It can be asked again: what it did meanwhile need not have been an event. */
  engineIsBack(): void {
    this.askAll();
    this.#learnTime();
  }

  askAll(): void {
    for (const inquiry of this.#inquiries) inquiry.askAgain();
  }

  [Symbol.dispose](): void {
    this.#stop.abort();
    for (const inquiry of this.#inquiries) inquiry[Symbol.dispose]();
  }

  #take(n: number, outcome: Outcome, since: Moment): void {
    this.#outcomes[n] = outcome;
    if (outcome.result === "passed") this.#passedSince.set(n, since);
    this.#options.onOutcomes([...this.#outcomes]);
    if (outcome.result === "passed" && !this.#stop.signal.aborted) {
      for (const inquiry of this.#beginDue()) inquiry.askAgain();
    }
  }

  /** Answers those whose turn has come just now. */
  #beginDue(): readonly Inquiry[] {
    return this.#inquiries.filter((inquiry, n) => {
      const turn = this.#turnOf(n);
      return turn !== undefined && inquiry.begin(turn);
    });
  }

  #isTurnOf(check: number): boolean {
    return this.#turnOf(check) !== undefined;
  }

  /** From when on all that it waits for has been so, or `undefined`. */
  #turnOf(check: number): Moment | undefined {
    const moments = (this.#waits[check]?.on ?? []).map((other) => this.#passedSince.get(other));
    const known = moments.filter((moment) => moment !== undefined);
    return known.length < moments.length ? undefined : latest(...known);
  }

  #contextOf(check: number): Omit<AskContext, "signal"> {
    const { world, answers } = this.#options;
    const after = this.#waits[check]?.after;
    const from = (after === undefined ? undefined : this.#passedSince.get(after)) ?? opening;
    return {
      world,
      events: this.#events.filter((heard) => heard.moment.events > from.events && this.#isSinceOpening(heard)),
      eventsKnown: this.#hasLearntTime,
      commands: this.#commands.filter(({ entered }) => entered.commands > from.commands),
      answers,
    };
  }

  /** Whether the command was entered since the step was opened; the end of an earlier one is not the step's. */
  #record(command: TypedCommand): boolean {
    const place = this.#commands.findIndex((heard) => heard.command.number === command.number);
    const earlier = this.#commands[place];
    if (earlier !== undefined) {
      this.#commands = this.#commands.with(place, { ...earlier, command, ended: this.#now });
      return true;
    }
    if (command.exitCode !== undefined) return false;
    this.#now = { ...this.#now, commands: this.#now.commands + 1 };
    this.#commands = [...this.#commands.slice(-keptCommands), { command, entered: this.#now, ended: undefined }];
    return true;
  }

  /** Until the engine has told its time, no check says that something has not happened. */
  #learnTime(): void {
    if (this.#hasLearntTime || this.#isLearningTime) return;
    this.#isLearningTime = true;
    void this.#askTime().finally(() => {
      this.#isLearningTime = false;
      // Asked now, as what is asked before would have to be asked again.
      if (this.#hasLearntTime) this.askAll();
    });
  }

  /** Gives up when the checks do; the next sign of the engine is heard by who follows its events. */
  async #askTime(): Promise<void> {
    const { clock, engineClock } = this.#options;
    const { signal } = this.#stop;
    const pause = growingPause({ firstMs: 500, factor: 2, longestMs: 8000 });
    const start = clock.now();
    for (let failures = 0; !signal.aborted && clock.now() - start < giveUpMs; failures++) {
      try {
        await engineClock.learn({ signal });
        this.#openedAt = engineClock.at(this.#opened);
        this.#hasLearntTime = true;
        return;
      } catch {
        if (failures === 0) this.askAll(); // says why nothing can be told
        await wait(clock, pause.next(), signal);
      }
    }
  }

  #isSinceOpening({ event }: HeardEvent): boolean {
    return this.#openedAt !== undefined && BigInt(event.timeNano ?? 0) >= this.#openedAt;
  }
}

const waiting: Outcome = {
  result: "not-yet",
  seen: "Another part of this step comes first.",
  wanted: "This part is looked at when that is done.",
  waits: true,
};

/** Every event is judged as it comes; this many are kept for those checks that ask about several. */
const keptEvents = 2000;
const keptCommands = 500;
