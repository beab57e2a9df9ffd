import type { NoPage, PublishedPorts } from "../../checks/world.ts";
import { pauseFor } from "../../machine/signal.ts";

/** Why there is no page yet. */
export type Heard = NoPage["failed"];

export interface WaitOptions {
  readonly signal: AbortSignal;
  /** Called after each try in vain. */
  readonly onHeard: (heard: Heard) => void;
  readonly patienceMs?: number;
}

/**
 * Asks until something speaks HTTP on the port, whatever it answers: what listens tells nobody. Resolves to whether it did in time; rejects as the
 * signal, or the machine, does.
 */
export async function waitForServer(
  ports: PublishedPorts,
  port: number,
  { signal, onHeard, patienceMs = 120_000 }: WaitOptions,
): Promise<boolean> {
  const end = Date.now() + patienceMs;
  for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(pauseMs * 2, longestPauseMs)) {
    const answer = await ports.request(port, { method: "HEAD", path: "/", timeoutMs: 10_000 }, { signal });
    signal.throwIfAborted();
    if (!("failed" in answer)) return true;
    onHeard(answer.failed);
    if (Date.now() + pauseMs >= end) return false;
    await pauseFor(pauseMs, signal);
  }
}

const firstPauseMs = 250;
const longestPauseMs = 3000;
