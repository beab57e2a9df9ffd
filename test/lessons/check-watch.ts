import { EventEmitter, once } from "node:events";
import type { Outcomes } from "./outcomes.ts";

/** The latest answers of the open step's checks; `take` is for the runner's `onOutcomes`. */
export interface CheckWatch {
  readonly outcomes: Outcomes;
  take(outcomes: Outcomes): void;
  /** Before another step is opened. */
  forget(): void;
  /** Waits until the answers are as wanted. Rejects when `signal` is aborted. */
  until(condition: (outcomes: Outcomes) => boolean, signal: AbortSignal): Promise<void>;
}

export function createCheckWatch(): CheckWatch {
  const changes = new EventEmitter();
  let outcomes: Outcomes = [];
  return {
    get outcomes() {
      return outcomes;
    },
    take(latest) {
      outcomes = latest;
      changes.emit("change");
    },
    forget() {
      outcomes = [];
    },
    async until(condition, signal) {
      while (!condition(outcomes)) await once(changes, "change", { signal });
    },
  };
}
