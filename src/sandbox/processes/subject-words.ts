import { processWords as words } from "../../words/processes.ts";
import { memoryAmount } from "./memory-amount.ts";
import type { Subject } from "./subjects.ts";

/** What a subject is called in a sentence. */
export function subjectName({ container, name }: Subject): string {
  return container === undefined ? words.machine : words.container(name);
}

/** "0.49 of 0.5 CPU; throttled 12 times" */
export function cpuInWords({ points, cpuLimit, container }: Subject, machineCpus: number): string {
  const now = points.at(-1)?.cpu;
  const used = now === undefined ? words.notYet : now.toFixed(2);
  if (cpuLimit === undefined) return words.cpuNoLimit(used, machineCpus);
  const told = words.cpuOf(used, cpuLimit);
  if (container === undefined) return told;
  return `${told}; ${container.throttled > 0 ? words.throttled(container.throttled) : words.notThrottled}`;
}

/** "34 MB of 64 MB; 1 process killed for want of memory" */
export function memoryInWords({ points, memoryLimit, container }: Subject): string {
  const used = memoryAmount(points.at(-1)?.memoryBytes ?? 0);
  const told = memoryLimit === undefined ? words.memoryNoLimit(used) : words.memoryOf(used, memoryAmount(memoryLimit));
  const kills = container?.oomKills ?? 0;
  return kills > 0 ? `${told}; ${words.oomKills(kills)}` : told;
}

/** What stands at a chart's limit line. */
export function limitInWords(subject: Subject, measure: "cpu" | "memory"): string | undefined {
  const limit = measure === "cpu" ? subject.cpuLimit : subject.memoryLimit;
  if (limit === undefined) return undefined;
  const told = measure === "cpu" ? words.cpuLimit(limit) : memoryAmount(limit);
  return subject.container === undefined ? words.machineHas(told) : words.limit(told);
}
