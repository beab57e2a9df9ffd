import type { CheckSpec } from "../lessons/model.ts";
import { growingPause, wait, type Clock } from "./clock.ts";
import { followEvents } from "./event-feed.ts";
import { Inquiry } from "./inquiry.ts";
import type { Change } from "./kind.ts";
import { bindCheck } from "./kinds.ts";
import { passed, type Outcome } from "./outcome.ts";
import type { EngineEvent, World } from "./world.ts";

export interface CheckRunnerOptions {
  world: World;
  clock: Clock;
  /** Called after every answer for the open step, with the latest answer of each of its checks. */
  onOutcomes: (outcomes: readonly (Outcome | undefined)[]) => void;
  /** Called with every change of whether the engine answers at all. */
  onAnswering?: (answers: boolean) => void;
  /** Everything that the engine did since the runner was made, each once. */
  onEvent?: (event: EngineEvent) => void;
}

/** Asks the checks of one open step, again whenever an event or a file save can have changed an answer. */
export interface CheckRunner extends Disposable {
  /**
   * Makes this the open step, from the engine's present time on. Answers of the one before are no longer reported. The
   * checks of which `hasPassed` is true passed earlier and are not asked again.
   */
  open(checks: readonly CheckSpec[], hasPassed?: (check: number) => boolean): void;
  close(): void;
  /** Asks all checks that have not passed. */
  checkAgain(): void;
}

export function createCheckRunner(options: CheckRunnerOptions): CheckRunner {
  const { world, clock } = options;
  let step: OpenStep | undefined;
  const notice = (change: Change) => step?.notice(change);
  const feed = followEvents({
    engine: world.engine,
    clock,
    onEvent: (event) => {
      notice({ source: "engine", event });
      options.onEvent?.(event);
    },
    onAnswering: options.onAnswering,
    onReconnect: () => step?.askAll(),
  });
  const files = world.workspace.watch((changes) => {
    for (const { path } of changes) notice({ source: "workspace", path });
  });
  return {
    open(checks, hasPassed = () => false) {
      step?.[Symbol.dispose]();
      step = new OpenStep(checks, hasPassed, options);
    },
    close() {
      step?.[Symbol.dispose]();
      step = undefined;
    },
    checkAgain: () => step?.askAll(),
    [Symbol.dispose]() {
      step?.[Symbol.dispose]();
      feed[Symbol.dispose]();
      files[Symbol.dispose]();
    },
  };
}

class OpenStep implements Disposable {
  readonly #inquiries: readonly Inquiry[];
  readonly #outcomes: (Outcome | undefined)[];
  readonly #stop = new AbortController();
  readonly #options: CheckRunnerOptions;
  #events: EngineEvent[] = [];
  #openedAt: bigint | undefined;

  constructor(checks: readonly CheckSpec[], hasPassed: (check: number) => boolean, options: CheckRunnerOptions) {
    this.#options = options;
    this.#outcomes = checks.map((_, n) => (hasPassed(n) ? passed : undefined));
    this.#inquiries = checks.map(
      (spec, n) =>
        new Inquiry({
          check: bindCheck(spec),
          hasPassed: hasPassed(n),
          clock: options.clock,
          context: () => ({
            world: options.world,
            events: this.#openedAt === undefined ? [] : this.#events,
            eventsKnown: this.#openedAt !== undefined,
          }),
          onOutcome: (outcome) => {
            this.#outcomes[n] = outcome;
            options.onOutcomes([...this.#outcomes]);
          },
        }),
    );
    void this.#learnTime().then(() => this.askAll());
  }

  notice(change: Change): void {
    if (change.source === "engine" && this.#isSinceOpening(change.event)) this.#events.push(change.event);
    for (const inquiry of this.#inquiries) inquiry.notice(change);
  }

  askAll(): void {
    for (const inquiry of this.#inquiries) inquiry.askAgain();
  }

  [Symbol.dispose](): void {
    this.#stop.abort();
    for (const inquiry of this.#inquiries) inquiry[Symbol.dispose]();
  }

  /** Until the engine has told its time, events are kept and judged when it has. */
  async #learnTime(): Promise<void> {
    const { clock, world } = this.#options;
    const { signal } = this.#stop;
    const pause = growingPause({ firstMs: 500, factor: 2, longestMs: 8000 });
    while (!signal.aborted) {
      try {
        this.#openedAt = await world.engine.time({ signal });
        this.#events = this.#events.filter((event) => this.#isSinceOpening(event));
        return;
      } catch {
        this.askAll(); // says why nothing can be told, and goes on trying
        await wait(clock, pause.next(), signal);
      }
    }
  }

  #isSinceOpening({ timeNano }: EngineEvent): boolean {
    return this.#openedAt === undefined || BigInt(timeNano ?? 0) >= this.#openedAt;
  }
}
