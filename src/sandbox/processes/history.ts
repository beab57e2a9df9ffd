import type { CpuShares } from "./cpu-shares.ts";
import type { Picture } from "./sampler.ts";

/** What one thing used at one moment. */
export interface Point {
  /** Seconds since the machine's start. */
  readonly time: number;
  /** CPUs since the point before; undefined where that is not known. */
  readonly cpu: number | undefined;
  readonly memoryBytes: number;
}

/** By a container's id, and of the whole machine by `machine`. */
export type Histories = ReadonlyMap<string, readonly Point[]>;

/** The machine as a thing beside its containers. */
export const wholeMachine = "machine";

/** How long a point is kept. */
export const keptSeconds = 300;

/** The histories with one look more. What is not there any more has none; a machine that has begun anew, as after a reset, begins new ones. */
export function grownHistories(histories: Histories, picture: Picture, shares: CpuShares): Histories {
  const { uptime: time, memoryBytes, availableBytes } = picture.machine;
  const last = histories.get(wholeMachine)?.at(-1)?.time ?? 0;
  const old: Histories = time < last ? new Map() : histories;
  const grown = (id: string, point: Point): readonly Point[] => [
    ...(old.get(id) ?? []).filter((past) => past.time >= time - keptSeconds),
    point,
  ];
  const all = new Map<string, readonly Point[]>();
  const machine = { time, cpu: shares.machine, memoryBytes: memoryBytes - availableBytes };
  all.set(wholeMachine, grown(wholeMachine, machine));
  for (const [id, container] of picture.containers) {
    all.set(id, grown(id, { time, cpu: shares.containers.get(id), memoryBytes: container.memoryBytes }));
  }
  return all;
}
