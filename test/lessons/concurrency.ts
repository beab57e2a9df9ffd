import { availableParallelism, freemem } from "node:os";

/**
 * Lessons that are proven at the same time: a machine wants a core of its own and about 1.2 GB, with some room left over. On less than a core, what
 * Docker's own deadlines measure (a node's heartbeat, the start of containerd) goes wrong.
 */
export function concurrency(cores = availableParallelism(), freeBytes = freemem()): number {
  return Math.max(1, Math.min(cores, Math.floor(freeBytes / bytesPerMachine)));
}

const bytesPerMachine = 1.5e9;
