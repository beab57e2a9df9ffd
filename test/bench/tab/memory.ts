import { readdir, readFile } from "node:fs/promises";

/**
 * The proportional set size of the tab's process, in MB: the renderer with the largest one below the browser whose profile is `profile`.
 * It holds the page, its worker and the machine's memory.
 */
export async function readTabMemory(profile: string): Promise<number> {
  const processes = await listProcesses();
  const browser = processes.find(
    ({ command }) => command.includes(`--user-data-dir=${profile}`) && !command.includes("--type="),
  );
  if (browser === undefined) throw new Error(`No browser runs with the profile ${profile}`);
  const isBelow = (parent: number): boolean => {
    if (parent === browser.pid) return true;
    const found = processes.find(({ pid }) => pid === parent);
    return found !== undefined && isBelow(found.parent);
  };
  const renderers = processes.filter(({ command, parent }) => command.includes("--type=renderer") && isBelow(parent));
  const sizes = await Promise.all(renderers.map(({ pid }) => readProportionalSize(pid)));
  if (sizes.length === 0) throw new Error("The browser has no renderer.");
  return Math.max(...sizes);
}

interface Process {
  readonly pid: number;
  readonly parent: number;
  readonly command: string;
}

async function listProcesses(): Promise<Process[]> {
  const found = await Promise.all(
    (await readdir("/proc"))
      .filter((name) => /^\d+$/.test(name))
      .map(async (name) => {
        const [status, command] = await Promise.all(
          ["status", "cmdline"].map((file) => readFile(`/proc/${name}/${file}`, "utf8").catch(() => "")),
        );
        const parent = /^PPid:\s*(\d+)$/m.exec(status ?? "")?.[1];
        return parent === undefined ? undefined : { pid: Number(name), parent: Number(parent), command: command ?? "" };
      }),
  );
  return found.filter((process) => process !== undefined);
}

async function readProportionalSize(pid: number): Promise<number> {
  const text = await readFile(`/proc/${pid}/smaps_rollup`, "utf8");
  const kibibytes = /^Pss:\s*(\d+) kB$/m.exec(text)?.[1];
  if (kibibytes === undefined) throw new Error(`The kernel does not tell how much memory process ${pid} has.`);
  return (Number(kibibytes) * 1024) / 1e6;
}
