import * as z from "zod/mini";
import { processWords } from "../../words/processes.ts";

/** What one look at the machine found. All times are by the machine's own clock. */
export interface Sample {
  readonly machine: MachineReading;
  /** All but kernel threads and the look itself. */
  readonly processes: readonly ProcessReading[];
  /** What seldom changes of a process, of those that were read anew, by id. */
  readonly details: ReadonlyMap<number, ProcessDetails>;
  /** Names by user id, of those that were read anew. */
  readonly users: ReadonlyMap<number, string>;
  /** The cgroups of containers, by their folders. */
  readonly groups: ReadonlyMap<string, GroupReading>;
  /** Of those that were read anew. */
  readonly limits: ReadonlyMap<string, GroupLimits>;
  readonly namespaces: { readonly pid: number; readonly own: readonly string[] } | undefined;
}

export interface MachineReading {
  /** Seconds since its start. */
  readonly uptime: number;
  /** In a second. */
  readonly ticks: number;
  /** Of all CPUs, since its start. */
  readonly cpuTicks: number;
  readonly cpus: number;
  readonly memoryBytes: number;
  readonly availableBytes: number;
  readonly kernelThreads: number;
  /** The process that all kernel threads belong to; 0 where there is none to be seen. */
  readonly kernelPid: number;
  /** What the look took of the CPU. */
  readonly ownTicks: number;
}

export interface ProcessReading {
  readonly pid: number;
  readonly ppid: number;
  /** The kernel's letter for it, such as `S`. */
  readonly state: string;
  readonly user: number;
  readonly memoryBytes: number;
  readonly cpuTicks: number;
  /** Ticks after the machine's own start. */
  readonly start: number;
  /** At most 15 letters. */
  readonly name: string;
}

export interface ProcessDetails {
  /** As it sees itself. */
  readonly innerPid: number;
  /** Of its container's cgroup; empty for what is in none. */
  readonly folder: string;
  /** Empty for what has given it up. */
  readonly command: string;
}

export interface GroupReading {
  readonly cpuMicroseconds: number;
  /** Periods in which it wanted more CPU than it may have. */
  readonly throttled: number;
  readonly memoryBytes: number;
}

/** Undefined where there is no limit. */
export interface GroupLimits {
  /** CPUs, such as 0.5. */
  readonly cpuLimit: number | undefined;
  readonly memoryLimit: number | undefined;
  readonly processLimit: number | undefined;
  /** Processes that the kernel killed for want of memory. */
  readonly oomKills: number;
}

/** Reads what `sampleScript` prints. Rejects what is not as it should be. */
export function readSample(text: string): Sample {
  const processes: ProcessReading[] = [];
  const details = new Map<number, ProcessDetails>();
  const users = new Map<number, string>();
  const groups = new Map<string, GroupReading>();
  const limits = new Map<string, GroupLimits>();
  let namespaces: Sample["namespaces"];
  let machine: MachineReading | undefined;
  for (const line of text.split("\0").slice(0, -1)) {
    const [kind = "", ...fields] = line.split("\t");
    const read = <T extends z.core.$ZodType>(schema: T): z.output<T> => {
      const found = z.safeParse(schema, fields);
      if (!found.success) throw new Error(processWords.noSample(line));
      return found.data;
    };
    switch (kind) {
      case "p": {
        const [pid, ppid, state, user, memoryBytes, cpuTicks, start, name] = read(processLine);
        processes.push({ pid, ppid, state, user, memoryBytes, cpuTicks, start, name });
        break;
      }
      case "d": {
        const [pid, innerPid, folder, ...command] = read(detailsLine);
        details.set(pid, { innerPid, folder, command: command.join("\t") });
        break;
      }
      case "u": {
        const [user, name] = read(userLine);
        users.set(user, name);
        break;
      }
      case "g": {
        const [folder, cpuMicroseconds, throttled, memoryBytes] = read(groupLine);
        groups.set(folder, { cpuMicroseconds, throttled, memoryBytes });
        break;
      }
      case "l": {
        const [folder, quota, period, memoryLimit, oomKills, processLimit] = read(limitsLine);
        const cpuLimit = quota === undefined ? undefined : quota / period;
        limits.set(folder, { cpuLimit, memoryLimit, processLimit, oomKills });
        break;
      }
      case "n": {
        const [pid, own] = read(namespacesLine);
        namespaces = { pid, own: own === "" ? [] : own.split(",") };
        break;
      }
      case "m": {
        const [uptime, ticks, cpuTicks, cpus, total, available, kernelThreads, kernelPid, ownTicks] = read(machineLine);
        const memory = { memoryBytes: total * 1024, availableBytes: available * 1024 };
        machine = { uptime, ticks, cpuTicks, cpus, ...memory, kernelThreads, kernelPid, ownTicks };
        break;
      }
      default:
        throw new Error(processWords.noSample(line));
    }
  }
  if (machine === undefined) throw new Error(processWords.brokeOff);
  return { machine, processes, details, users, groups, limits, namespaces };
}

const word = z.string();
const count = z.pipe(
  z.string().check(z.regex(/^\d{1,18}$/)),
  z.transform((digits: string) => Number(digits)),
);
const seconds = z.pipe(
  z.string().check(z.regex(/^\d+(?:\.\d+)?$/)),
  z.transform((digits: string) => Number(digits)),
);
const most = z.union([
  z.pipe(
    z.literal("max"),
    z.transform(() => undefined),
  ),
  count,
]);

const processLine = z.tuple([count, count, word, count, count, count, count, word]);
const detailsLine = z.tuple([count, count, word], word);
const userLine = z.tuple([count, word]);
const groupLine = z.tuple([word, count, count, count]);
const limitsLine = z.tuple([word, most, count, most, count, most]);
const namespacesLine = z.tuple([count, word]);
const machineLine = z.tuple([seconds, count, count, count, count, count, count, count, count]);
