import type { Machine } from "../../src/machine/contract.ts";

/** Ids of containers, as long as Docker's. */
export const webId = "a".repeat(64);
export const dbId = "b".repeat(64);

/** What the machine's own script prints, of a machine with two containers. Records and fields as `sample-script.ts` has them. */
export interface FakeMachine {
  uptime: number;
  cpuTicks: number;
  processes: FakeProcess[];
  groups: FakeGroup[];
  /** Those that are there at first. */
  readonly httpd: FakeProcess;
  readonly worker: FakeProcess;
  readonly web: FakeGroup;
  /** What was asked, each time: the arguments after the script, and the standard input. */
  readonly asked: { readonly how: string[]; readonly stdin: string }[];
  fails: string | undefined;
}

interface FakeProcess {
  pid: number;
  ppid: number;
  ticks: number;
  name: string;
  start?: number;
  inner?: number;
  /** Of its container. */
  id?: string;
}

interface FakeGroup {
  id: string;
  micros: number;
  memory: number;
  quota?: string;
  most?: string;
  kills?: number;
}

export function fakeMachine(): FakeMachine & Pick<Machine, "run"> {
  const httpd: FakeProcess = { pid: 812, ppid: 811, ticks: 50, name: "httpd", inner: 1, id: webId };
  const worker: FakeProcess = { pid: 820, ppid: 812, ticks: 0, name: "worker", inner: 7, id: webId };
  const web: FakeGroup = { id: webId, micros: 1_000_000, memory: 1_048_576, quota: "50000", most: "33554432" };
  const machine: FakeMachine & Pick<Machine, "run"> = {
    uptime: 100,
    cpuTicks: 1000,
    processes: [
      { pid: 1, ppid: 0, ticks: 10, name: "busybox" },
      { pid: 60, ppid: 1, ticks: 90, name: "dockerd" },
      { pid: 811, ppid: 1, ticks: 3, name: "containerd-shim" },
      httpd,
      worker,
    ],
    groups: [web],
    httpd,
    worker,
    web,
    asked: [],
    fails: undefined,
    run(argv, { stdin = "" } = {}) {
      const how = argv.slice(3);
      this.asked.push({ how, stdin: String(stdin) });
      if (this.fails !== undefined) return Promise.resolve({ exitCode: 1, stdout: "", stderr: this.fails });
      return Promise.resolve({ exitCode: 0, stdout: print(this, how, String(stdin)), stderr: "" });
    },
  };
  return machine;
}

function print({ uptime, cpuTicks, processes, groups }: FakeMachine, [how, wanted]: string[], stdin: string): string {
  const records: (string | number)[][] = [];
  const known = how === "all" ? "" : stdin;
  for (const { pid, ppid, ticks, name, start = pid, inner = pid, id } of processes) {
    records.push(["p", pid, ppid, "S", 0, 4096 * pid, ticks, start, name]);
    if (known.includes(`${pid} ${start} ${name}\t`)) continue;
    records.push(["d", pid, inner, id === undefined ? "" : `/docker/${id}`, `${name} --flag`]);
  }
  records.push(["u", 0, "root"]);
  for (const { id, micros, memory, quota = "max", most = "max", kills = 0 } of groups) {
    records.push(["g", `/docker/${id}`, micros, 12, memory]);
    if (!known.includes(id)) records.push(["l", `/docker/${id}`, quota, 100_000, most, kills, "max"]);
  }
  if (wanted !== "0") records.push(["n", wanted ?? "", "pid,mnt"]);
  records.push(["m", uptime.toFixed(2), 100, cpuTicks, 1, 500_000, 400_000, 42, 2, 8]);
  return records.map((fields) => `${fields.join("\t")}\0`).join("");
}
