import type { CheckSpec, QuizAnswer } from "../lessons/model.ts";
import { growingPause, wait, type Clock } from "./clock.ts";
import { giveUpMs, Inquiry, type Moment } from "./inquiry.ts";
import type { AskContext, Change } from "./kind.ts";
import { bindCheck } from "./kinds.ts";
import { findWaits, type Waits } from "./order.ts";
import { passed, type Outcome } from "./outcome.ts";
import type { EngineEvent, TypedCommand, World } from "./world.ts";

export interface OpenStepOptions {
  checks: readonly CheckSpec[];
  /** It passed earlier and is not asked again. */
  hasPassed: (check: number) => boolean;
  world: World;
  clock: Clock;
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
  #events: readonly Numbered<EngineEvent>[] = [];
  #eventCount = 0;
  #commands: readonly TypedCommand[] = [];
  #commandCount = 0;
  #openedAt: bigint | undefined;
  #isLearningTime = false;

  constructor(options: OpenStepOptions) {
    const { checks: specs, hasPassed, clock } = options;
    this.#options = options;
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
          now: () => ({ events: this.#eventCount, commands: this.#commandCount }),
          context: () => this.#contextOf(n),
          onOutcome: (outcome, since) => this.#take(n, outcome, since),
        }),
    );
    this.#beginDue();
    this.#learnTime();
  }

  notice(change: Change): void {
    if (change.source === "engine" && this.#isSinceOpening(change.event)) {
      this.#eventCount++;
      this.#events = [...this.#events.slice(-keptEvents), { number: this.#eventCount, item: change.event }];
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
    return this.#inquiries.filter((inquiry, n) => this.#isTurnOf(n) && inquiry.begin());
  }

  #isTurnOf(check: number): boolean {
    return this.#waits[check]?.on.every((other) => this.#passedSince.has(other)) === true;
  }

  #contextOf(check: number): Omit<AskContext, "signal"> {
    const { world, answers } = this.#options;
    const after = this.#waits[check]?.after;
    const from = (after === undefined ? undefined : this.#passedSince.get(after)) ?? opening;
    const eventsKnown = this.#openedAt !== undefined;
    return {
      world,
      events: eventsKnown ? this.#events.filter(({ number }) => number > from.events).map(({ item }) => item) : [],
      eventsKnown,
      commands: this.#commands.filter(({ number }) => number > from.commands),
      answers,
    };
  }

  /** Whether the command was entered since the step was opened; the end of an earlier one is not the step's. */
  #record(command: TypedCommand): boolean {
    const place = this.#commands.findIndex(({ number }) => number === command.number);
    if (place >= 0) {
      this.#commands = this.#commands.with(place, command);
      return true;
    }
    if (command.exitCode !== undefined) return false;
    this.#commandCount = Math.max(this.#commandCount, command.number);
    this.#commands = [...this.#commands.slice(-keptCommands), command];
    return true;
  }

  /** Until the engine has told its time, events are kept and judged when it has. */
  #learnTime(): void {
    if (this.#openedAt !== undefined || this.#isLearningTime) return;
    this.#isLearningTime = true;
    void this.#askTime().finally(() => {
      this.#isLearningTime = false;
      // Asked now, as what is asked before would have to be asked again.
      if (this.#openedAt !== undefined) this.askAll();
    });
  }

  /** Gives up when the checks do; the next sign of the engine is heard by who follows its events. */
  async #askTime(): Promise<void> {
    const { clock, world } = this.#options;
    const { signal } = this.#stop;
    const pause = growingPause({ firstMs: 500, factor: 2, longestMs: 8000 });
    const start = clock.now();
    for (let failures = 0; !signal.aborted && clock.now() - start < giveUpMs; failures++) {
      try {
        this.#openedAt = await world.engine.time({ signal });
        this.#events = this.#events.filter(({ item }) => this.#isSinceOpening(item));
        return;
      } catch {
        if (failures === 0) this.askAll(); // says why nothing can be told
        await wait(clock, pause.next(), signal);
      }
    }
  }

  #isSinceOpening({ timeNano }: EngineEvent): boolean {
    return this.#openedAt === undefined || BigInt(timeNano ?? 0) >= this.#openedAt;
  }
}

interface Numbered<T> {
  readonly number: number;
  readonly item: T;
}

const opening: Moment = { events: 0, commands: 0 };

const waiting: Outcome = {
  result: "not-yet",
  seen: "Another part of this step comes first.",
  wanted: "This part is looked at when that is done.",
  waits: true,
};

/** Every event is judged as it comes; this many are kept for those checks that ask about several. */
const keptEvents = 2000;
const keptCommands = 500;
