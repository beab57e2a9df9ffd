/** What the view of processes and limits says. */
export const processWords = {
  chooserLabel: "Limits of",
  all: "The machine and its containers",
  machine: "The machine",
  containers: "Containers",
  pause: "Pause",
  goOn: "Go on",
  paused: "Paused. The machine is looked at again when you choose a process, or go on.",
  looking: (percent: number) => `Looked at every few seconds, which takes ${percent} % of a CPU.`,
  opening: "Looking at the processes…",
  notRunning: (name: string) => `No container named ${name} is running. Its limits are shown here as soon as it runs.`,
  noneRunning: "No container is running. Start one, and it gets a colour here and in the tree.",
  more: (count: number) => `and ${count} more: choose one above to see it`,
  moreLeftOut: (count: number) => `and ${count} more`,
  moreRows: (count: number) => `and ${count} more; close some of those above to see them`,

  tree: "Processes",
  columns: { process: "Process", pid: "PID", inner: "PID in container", cpu: "CPU", memory: "Memory" },
  kernelThreads: (count: number) => `Kernel threads (${count})`,
  kernelFacts: (count: number) =>
    `The kernel does work of its own in ${count} threads. They are no programs, have no memory of their own, and belong to no container: there is one kernel for all.`,
  percent: (share: number) => `${Math.round(share * 100)} %`,
  row: (row: { command: string; pid: number; user: string; cpu: string | undefined; memory: string }) =>
    `${row.command}, PID ${row.pid}, user ${row.user}, ${row.memory}${row.cpu === undefined ? "" : `, ${row.cpu} of a CPU`}`,
  rowInContainer: (row: string, container: string, innerPid: number) =>
    `${row}; in container ${container}, where it is PID ${innerPid}`,

  usage: "What they use and may use",
  container: (name: string) => `Container ${name}`,
  processes: (count: number, limit: number | undefined) =>
    `${count} ${count === 1 ? "process" : "processes"}${limit === undefined ? "" : `, at most ${limit}`}`,
  cpu: "CPU",
  memory: "Memory",
  cpuOf: (used: string, limit: number) => `${used} of ${decimal(limit)} CPU`,
  cpuNoLimit: (used: string, machine: number) => `${used} CPU; no limit of its own, the machine has ${machine}`,
  notYet: "…",
  memoryOf: (used: string, limit: string) => `${used} of ${limit}`,
  memoryNoLimit: (used: string) => `${used}; no limit of its own`,
  throttled: (times: number) => `throttled ${timesInWords(times)}`,
  notThrottled: "not throttled",
  oomKills: (count: number) => `${count} ${count === 1 ? "process" : "processes"} killed for want of memory`,
  limit: (limit: string) => `limit ${limit}`,
  cpuLimit: (limit: number) => `${decimal(limit)} CPU`,
  machineHas: (limit: string) => `all: ${limit}`,
  ago: (seconds: number) => (seconds >= 120 ? `${Math.round(seconds / 60)} min ago` : `${seconds} s ago`),
  now: "now",
  chart: (measure: string, name: string, words: string) => `${measure} of ${name} over time: ${words}`,

  facts: "The process",
  factNames: {
    command: "Command",
    pid: "PID",
    inner: "PID in its container",
    parent: "Parent",
    user: "User",
    state: "State",
    container: "Container",
    memory: "Memory",
    cpu: "CPU",
    namespaces: "Namespaces of its own",
  },
  innerFact: (innerPid: number, pid: number) => `${innerPid} (the same process as ${pid} on the machine)`,
  noContainer: "none: it runs on the machine itself",
  sharesNamespaces: "none: it sees what the machine’s first process sees",
  reading: "…",
  unknownState: (letter: string) => letter,
  states: {
    R: "runs, or waits for a CPU",
    S: "sleeps until something happens",
    D: "waits for a device",
    Z: "has ended; its parent has not asked how",
    T: "is stopped",
    t: "is stopped by a debugger",
    I: "is idle",
    X: "is dead",
  } as Readonly<Record<string, string>>,
  namespaces: {
    pid: "process ids",
    mnt: "mounts",
    net: "network",
    uts: "host name",
    ipc: "shared memory",
    cgroup: "cgroups",
    user: "users",
  } as Readonly<Record<string, string>>,
  gone: "The process has ended.",
  showsIt: "Shown in the terminal by:",
  run: "Run",
  runCommand: (command: string) => `Run ${command} in the terminal`,
  close: "Close",

  title: (seconds: number) => `Processes and limits, ${Math.round(seconds)} s after the machine’s start`,
  fileName: (name: string | undefined) => `processes${name === undefined ? "" : `-${name}`}`,
  noSample: (line: string) => `This is no line of a sample: ${line}`,
  brokeOff: "The look at the processes broke off.",
  notRead: (why: string) => `The processes could not be read: ${why}`,
};

function decimal(value: number): string {
  return String(Math.round(value * 100) / 100);
}

function timesInWords(times: number): string {
  return times === 1 ? "once" : times === 2 ? "twice" : `${times} times`;
}
