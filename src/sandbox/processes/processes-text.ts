import { processWords as words } from "../../words/processes.ts";
import type { CpuShares } from "./cpu-shares.ts";
import { memoryAmount } from "./memory-amount.ts";
import { treeRows } from "./process-tree.ts";
import type { Picture } from "./sampler.ts";
import { cpuInWords, memoryInWords, subjectName } from "./subject-words.ts";
import { nameOf, type Subject } from "./subjects.ts";

export interface TakenView {
  readonly picture: Picture;
  readonly shares: CpuShares | undefined;
  readonly subjects: readonly Subject[];
  readonly names: ReadonlyMap<string, string>;
  readonly tones: ReadonlyMap<string, number>;
}

/** What the view shows, in lines for copying: limits first, then the whole tree. */
export function processesAsText(view: TakenView): string {
  const { picture, subjects } = view;
  const lines = [words.title(picture.machine.uptime)];
  for (const subject of subjects) {
    lines.push("", subjectName(subject));
    lines.push(`  ${words.cpu}: ${cpuInWords(subject, picture.machine.cpus)}`);
    lines.push(`  ${words.memory}: ${memoryInWords(subject)}`);
    lines.push(`  ${words.processes(subject.processCount, subject.container?.processLimit)}`);
  }
  lines.push("", ...treeLines(view));
  return `${lines.join("\n")}\n`;
}

/** Each process in a line, with how deep it is in the tree. */
export function treeLines({ picture, shares, names }: TakenView): string[] {
  return treeRows(picture, new Set()).map((row) => {
    const indent = "  ".repeat(row.level - 1);
    if (row.kind === "kernel") return `${indent}${words.kernelThreads(row.threads)}`;
    const { process } = row;
    const cpu = shares?.processes.get(process.pid);
    const line = words.row({
      command: commandOf(process),
      pid: process.pid,
      user: process.userName,
      memory: memoryAmount(process.memoryBytes),
      cpu: cpu === undefined ? undefined : words.percent(cpu),
    });
    if (process.container === undefined) return indent + line;
    return indent + words.rowInContainer(line, nameOf(process.container, names), process.innerPid);
  });
}

/** The command line, or the name where the process has none. */
export function commandOf({ command, name }: { readonly command: string; readonly name: string }): string {
  return command === "" ? `[${name}]` : command;
}
