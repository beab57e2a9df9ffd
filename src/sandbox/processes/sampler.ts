import type { Cancellable, Machine } from "../../machine/contract.ts";
import { containerIdOf } from "./container-id.ts";
import {
  readSample,
  type GroupLimits,
  type GroupReading,
  type MachineReading,
  type ProcessDetails,
  type ProcessReading,
} from "./sample.ts";
import { sampleScript } from "./sample-script.ts";
import { processWords } from "../../words/processes.ts";

/** The machine at one moment. */
export interface Picture {
  readonly machine: MachineReading;
  readonly processes: readonly SeenProcess[];
  /** Running containers, by their ids. */
  readonly containers: ReadonlyMap<string, SeenContainer>;
  readonly namespaces: { readonly pid: number; readonly own: readonly string[] } | undefined;
}

export interface SeenProcess extends ProcessReading, ProcessDetails {
  /** The id of its container. */
  readonly container: string | undefined;
  /** Of its user; the number where the machine has no name for it. */
  readonly userName: string;
}

export interface SeenContainer extends GroupReading, GroupLimits {
  readonly id: string;
  readonly processCount: number;
}

export interface SampleWishes extends Cancellable {
  /** The process whose namespaces are wanted. */
  readonly pid?: number | undefined;
  /** The container whose limits are read each time, by its id. */
  readonly container?: string | undefined;
}

/** Looks at the machine's processes, and remembers from one look to the next what seldom changes, so that each look asks little of the machine. */
export class Sampler {
  readonly #machine: Pick<Machine, "run">;
  readonly #users = new Map<number, string>();
  #details = new Map<string, ProcessDetails>();
  #limits = new Map<string, GroupLimits>();
  #untilAll = 0;

  constructor(machine: Pick<Machine, "run">) {
    this.#machine = machine;
  }

  /** The next look reads everything anew, as after `docker update`. */
  forget(): void {
    this.#untilAll = 0;
  }

  /** Rejects when the machine cannot be looked at. */
  async look({ pid = 0, container = "", signal }: SampleWishes = {}): Promise<Picture> {
    const isAll = this.#untilAll === 0;
    this.#untilAll = isAll ? looksBetween : this.#untilAll - 1;
    const known = isAll ? "" : [...this.#details].map(([key, { folder }]) => `${key}\t${folder}\n`).join("");
    const argv = ["perl", "-e", sampleScript, isAll ? "all" : "new", String(pid), container];
    const result = await this.#machine.run(argv, { stdin: known, timeoutMs, ...(signal && { signal }) });
    if (result.exitCode !== 0) {
      const reason = result.stderr.trim() || `exit code ${result.exitCode}`;
      throw new Error(processWords.notRead(reason));
    }
    return this.#remember(readSample(result.stdout));
  }

  #remember(sample: ReturnType<typeof readSample>): Picture {
    for (const [user, name] of sample.users) this.#users.set(user, name);
    const details = new Map<string, ProcessDetails>();
    const processes = sample.processes.map((process): SeenProcess => {
      const key = `${process.pid} ${process.start} ${process.name}`;
      const found = sample.details.get(process.pid) ?? this.#details.get(key) ?? unknown(process);
      details.set(key, found);
      const userName = this.#users.get(process.user) ?? String(process.user);
      return { ...process, ...found, container: containerIdOf(found.folder), userName };
    });
    this.#details = details;
    const limits = new Map<string, GroupLimits>();
    const containers = new Map<string, SeenContainer>();
    for (const [folder, reading] of sample.groups) {
      const id = containerIdOf(folder);
      const found = sample.limits.get(folder) ?? this.#limits.get(folder);
      if (id === undefined || found === undefined) continue;
      limits.set(folder, found);
      const members = processes.filter(({ container }) => container === id);
      containers.set(id, { id, ...reading, ...found, processCount: members.length });
    }
    this.#limits = limits;
    return { machine: sample.machine, processes, containers, namespaces: sample.namespaces };
  }
}

/** A process may take up another program and keep its name, and a limit may be changed without the engine. */
const looksBetween = 9;
const timeoutMs = 30_000;

/** Of a process that ended while it was looked at. */
function unknown({ pid }: ProcessReading): ProcessDetails {
  return { innerPid: pid, folder: "", command: "" };
}
