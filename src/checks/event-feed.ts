import { growingPause, wait, type Clock } from "./clock.ts";
import type { EngineClock } from "./engine-clock.ts";
import type { EngineEvent, EngineQuestions } from "./world.ts";

export interface EventFeedOptions {
  engine: Pick<EngineQuestions, "events">;
  clock: Clock;
  /** Learns the engine's time whenever the stream is opened. */
  engineClock: EngineClock;
  onEvent: (event: EngineEvent) => void;
  /** The stream is open after it was lost, or could not be opened; what changed meanwhile need not have been an event. */
  onReconnect: () => void;
  /** Called with every change of whether the engine answers; one lost connection is not yet a silence. */
  onAnswering?: ((answers: boolean) => void) | undefined;
}

/** The engine's events from now on, each once. A lost stream is opened again where it ended, so that nothing is lost. */
export function followEvents({
  engine,
  clock,
  engineClock,
  onEvent,
  onReconnect,
  onAnswering,
}: EventFeedOptions): Disposable {
  const stop = new AbortController();
  const { signal } = stop;
  const isStopped = () => signal.aborted;
  const pause = growingPause({ firstMs: 500, factor: 2, longestMs: 8000 });
  const seen = new RecentKeys(512);
  const start = clock.now();
  let since: bigint | undefined;
  let failures = 0;

  void (async () => {
    while (!isStopped()) {
      try {
        const again = since !== undefined || failures > 0;
        await engineClock.learn({ signal });
        since ??= engineClock.at(start) ?? 0n;
        const events = await engine.events({ since: since - overlapNs, signal });
        if (failures >= silentAfter) onAnswering?.(true);
        failures = 0;
        if (again) onReconnect();
        for await (const event of events) {
          pause.reset();
          const time = BigInt(event.timeNano ?? 0);
          if (time > since) since = time;
          if (!isStopped() && seen.add(JSON.stringify(event))) onEvent(event);
        }
      } catch {
        // A machine that restarts its engine drops the stream: the next connection tells whether it is back.
        failures++;
        if (failures === silentAfter && !isStopped()) onAnswering?.(false);
      }
      await wait(clock, pause.next(), signal);
    }
  })();

  return { [Symbol.dispose]: () => stop.abort() };
}

/** Attempts to connect in a row, about four seconds. */
const silentAfter = 3;
/** More than a JSON number rounds a time in nanoseconds by (256 ns). */
const overlapNs = 1000n;

/** Remembers the latest `limit` keys. */
class RecentKeys {
  readonly #keys = new Set<string>();
  readonly #limit: number;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Whether `key` is new. */
  add(key: string): boolean {
    if (this.#keys.has(key)) return false;
    this.#keys.add(key);
    if (this.#keys.size > this.#limit) {
      for (const oldest of this.#keys) {
        this.#keys.delete(oldest);
        break;
      }
    }
    return true;
  }
}
