import { availableParallelism, freemem } from "node:os";

/**
 * Lessons that are proven at the same time: a machine wants a core of its own and about 1.2 GB, with some room left over. One more than there are cores,
 * because a lesson also waits, for a check that may still change its mind or for a program that sleeps.
 */
export function concurrency(cores = availableParallelism(), freeBytes = freemem()): number {
  return Math.max(1, Math.min(cores + 1, Math.floor(freeBytes / bytesPerMachine)));
}

const bytesPerMachine = 1.5e9;
