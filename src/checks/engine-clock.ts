import type { Cancellable } from "../machine/contract.ts";
import type { Clock } from "./clock.ts";
import type { EngineQuestions } from "./world.ts";

/**
 * The engine's clock beside that of this side. What the engine tells was so at some time between the question and its answer, so how far
 * the two are apart is known to within one exchange. Of that the least is taken: nothing that happens after a point is ever lost, and
 * what happened before it counts only if that was within one exchange (the shortest of late).
 */
export class EngineClock {
  readonly #engine: Pick<EngineQuestions, "time">;
  readonly #clock: Clock;
  #ahead: Ahead | undefined;

  constructor(engine: Pick<EngineQuestions, "time">, clock: Clock) {
    this.#engine = engine;
    this.#clock = clock;
  }

  /** Asks the engine for its time. Rejects where it does not answer. */
  async learn(options?: Cancellable): Promise<void> {
    const before = this.#clock.now();
    const told = await this.#engine.time(options);
    const after = this.#clock.now();
    const found = { least: told - nanoseconds(after), most: told - nanoseconds(before), at: after };
    this.#ahead = narrowed(found, this.#ahead);
  }

  /** The engine's time, nanoseconds since 1970, when it was `now` by the clock of this side, or a little before that. */
  at(now: number): bigint | undefined {
    return this.#ahead === undefined ? undefined : nanoseconds(now) + this.#ahead.least;
  }
}

/** Between which nanoseconds the engine's clock is ahead, as found `at` a time of this side's clock. */
interface Ahead {
  readonly least: bigint;
  readonly most: bigint;
  readonly at: number;
}

/** What both say; if they contradict each other, because a clock was set or stood still, what was found last. */
function narrowed(found: Ahead, earlier: Ahead | undefined): Ahead {
  if (earlier === undefined) return found;
  const drift = nanoseconds(found.at - earlier.at) / clockAccuracy;
  const least = earlier.least - drift > found.least ? earlier.least - drift : found.least;
  const most = earlier.most + drift < found.most ? earlier.most + drift : found.most;
  return least > most ? found : { least, most, at: found.at };
}

/** One clock may gain a thousandth on the other; those of real computers differ by less than a tenth of that. */
const clockAccuracy = 1000n;

function nanoseconds(ms: number): bigint {
  return BigInt(Math.round(ms * 1e6));
}
