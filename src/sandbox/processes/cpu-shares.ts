import type { Picture } from "./sampler.ts";

/** Shares of one CPU between two looks, by the machine's own clock. What was not there at both has none. */
export interface CpuShares {
  readonly machine: number | undefined;
  /** What the looking itself takes. */
  readonly look: number | undefined;
  readonly containers: ReadonlyMap<string, number>;
  readonly processes: ReadonlyMap<number, number>;
}

export function cpuShares(before: Picture | undefined, after: Picture): CpuShares {
  const containers = new Map<string, number>();
  const processes = new Map<number, number>();
  const seconds = before === undefined ? 0 : after.machine.uptime - before.machine.uptime;
  if (before === undefined || seconds <= 0) return { machine: undefined, look: undefined, containers, processes };
  const { ticks, cpus } = after.machine;
  // The clock and what counts are not read in the same instant, which must not make more of a CPU than there is.
  const share = (used: number) => Math.min(used / seconds, cpus);
  for (const [id, { cpuMicroseconds }] of after.containers) {
    const then = before.containers.get(id)?.cpuMicroseconds;
    // It began anew where it has used less than before.
    if (then !== undefined && cpuMicroseconds >= then) containers.set(id, share((cpuMicroseconds - then) / 1e6));
  }
  const known = new Map(before.processes.map((process) => [process.pid, process]));
  for (const { pid, start, cpuTicks } of after.processes) {
    const then = known.get(pid);
    if (then?.start === start) processes.set(pid, share((cpuTicks - then.cpuTicks) / ticks));
  }
  const machine = share((after.machine.cpuTicks - before.machine.cpuTicks) / ticks);
  return { machine, look: share(after.machine.ownTicks / ticks), containers, processes };
}
