import type { Histories, Point } from "./history.ts";
import { wholeMachine } from "./history.ts";
import type { Picture, SeenContainer } from "./sampler.ts";

/** What has a share of the machine, or is the machine, with what it uses and may use. */
export interface Subject {
  /** A container's id, or `machine`. */
  readonly id: string;
  /** Undefined for the machine. */
  readonly container: SeenContainer | undefined;
  /** Of a container: as the engine names it, else the beginning of its id. */
  readonly name: string;
  /** Which of the colours; undefined for the machine. */
  readonly tone: number | undefined;
  /** CPUs; what it may use, or undefined where only the machine is the limit. */
  readonly cpuLimit: number | undefined;
  readonly memoryLimit: number | undefined;
  readonly processCount: number;
  /** The newest comes last; there is one at least. */
  readonly points: readonly Point[];
}

/** The machine, then its containers by their names. */
export function subjectsOf(
  picture: Picture,
  histories: Histories,
  names: ReadonlyMap<string, string>,
  tones: ReadonlyMap<string, number>,
): readonly Subject[] {
  const containers = [...picture.containers.values()].map((container): Subject => {
    const { id, cpuLimit, memoryLimit, processCount } = container;
    const points = histories.get(id) ?? [];
    return { id, container, name: nameOf(id, names), tone: tones.get(id), cpuLimit, memoryLimit, processCount, points };
  });
  const { cpus, memoryBytes } = picture.machine;
  const machine: Subject = {
    id: wholeMachine,
    container: undefined,
    name: wholeMachine,
    tone: undefined,
    cpuLimit: cpus,
    memoryLimit: memoryBytes,
    processCount: picture.processes.length,
    points: histories.get(wholeMachine) ?? [],
  };
  return [machine, ...containers.sort((a, b) => (a.name < b.name ? -1 : 1))];
}

/** A container's name, or as much of its id as Docker shows. */
export function nameOf(id: string, names: ReadonlyMap<string, string>): string {
  return names.get(id) ?? id.slice(0, 12);
}
