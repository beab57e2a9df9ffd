import * as z from "zod/mini";
import type { Cancellable, Machine } from "../../machine/contract.ts";
import { stacksWords } from "../../words/stacks.ts";

/** What the machine says of itself; sizes in bytes. What it does not say is absent. */
export interface MachineFigures {
  /** As `uname -r` says it. */
  readonly kernel?: string;
  readonly processors?: number;
  /** As the processor names itself to Linux. */
  readonly processor?: string;
  readonly uptimeSeconds?: number;
  readonly memory?: number;
  /** Not to be had by anybody else just now. */
  readonly usedMemory?: number;
  /** What dockerd, containerd and containerd's shims hold, and how many processes these are. */
  readonly engineMemory?: number;
  readonly engineProcesses?: number;
  readonly containers: ReadonlyMap<string, ContainerFigures>;
}

/** By the container's control group. */
export interface ContainerFigures {
  /** As `docker stats` counts it: without cached files that nobody uses. */
  readonly memory?: number;
  readonly processes?: number;
  /** Since its first process was started. */
  readonly seconds?: number;
}

/** Asks for all of them at once. `containers` are full ids. Rejects when the machine does not answer. */
export async function readMachine(
  machine: Pick<Machine, "run">,
  containers: readonly string[],
  { signal }: Cancellable = {},
): Promise<MachineFigures> {
  const options = { folder: "/", timeoutMs: 20_000, ...(signal && { signal }) };
  const { exitCode, stdout, stderr } = await machine.run(["perl", "-e", script, "--", ...containers], options);
  if (exitCode !== 0) throw new Error(stacksWords.notMeasured(stderr.trim() || `exit code ${exitCode}`));
  return readFigures(stdout);
}

/** A line for each, fields separated by tabs; a field that is not known is empty. */
export function readFigures(text: string): MachineFigures {
  const lines = text.split("\n").map((line) => line.split("\t"));
  const found = new Map(lines.map(([name = "", value = ""]) => [name, value]));
  const containers = new Map<string, ContainerFigures>();
  for (const [name, id = "", memory, processes, seconds] of lines) {
    if (name !== "container") continue;
    containers.set(id, some({ memory: numberOf(memory), processes: numberOf(processes), seconds: numberOf(seconds) }));
  }
  return {
    ...some({
      kernel: textOf(found.get("kernel")),
      processors: numberOf(found.get("processors")),
      processor: textOf(found.get("processor")),
      uptimeSeconds: numberOf(found.get("uptime")),
      memory: numberOf(found.get("memory")),
      usedMemory: numberOf(found.get("used")),
      engineMemory: numberOf(found.get("engine-memory")),
      engineProcesses: numberOf(found.get("engine-processes")),
    }),
    containers,
  };
}

function numberOf(text: string | undefined): number | undefined {
  return text === undefined || text === "" ? undefined : amount.safeParse(Number(text)).data;
}

function textOf(text: string | undefined): string | undefined {
  return text === "" ? undefined : text;
}

const amount = z.number().check(z.gte(0));

/** Without what is not known. */
function some<T extends object>(values: { [Name in keyof T]: T[Name] | undefined }): T {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as T;
}

/** Perl, as it is in every Debian: one process, where a shell would start dozens. Linux counts a process's start in hundredths of a second since its own. */
const script = String.raw`
sub text { open(my $file, "<", $_[0]) or return ""; local $/; return scalar(<$file>) // "" }
sub first { my ($text, $pattern) = @_; return $text =~ $pattern ? $1 : "" }
my $processors = text("/proc/cpuinfo");
my $count = () = $processors =~ /^processor\s*:/mg;
my $memory = text("/proc/meminfo");
my $total = first($memory, qr/^MemTotal:\s*(\d+)/m) * 1024;
my $uptime = first(text("/proc/uptime"), qr/^([\d.]+)/);
print "kernel\t", first(text("/proc/sys/kernel/osrelease"), qr/^(.+)$/m), "\n";
print "processors\t$count\nprocessor\t", first($processors, qr/^model name\s*:\s*(.+)$/m), "\n";
print "uptime\t$uptime\nmemory\t$total\nused\t", $total - first($memory, qr/^MemAvailable:\s*(\d+)/m) * 1024, "\n";
my ($held, $engine) = (0, 0);
for my $folder (glob "/proc/[0-9]*") {
  text("$folder/comm") =~ /^(dockerd|containerd)/ or next;
  $held += first(text("$folder/status"), qr/^VmRSS:\s*(\d+)/m) * 1024;
  $engine++;
}
print "engine-memory\t$held\nengine-processes\t$engine\n" if $engine;
my $groups = "/sys/fs/cgroup";
for my $id (@ARGV) {
  my ($v2) = grep { -d } "$groups/docker/$id", "$groups/system.slice/docker-$id.scope";
  my ($v1) = grep { -d } "$groups/memory/docker/$id", "$groups/memory/system.slice/docker-$id.scope";
  my $of = $v2 // $v1 // next;
  my $used = text($v2 ? "$of/memory.current" : "$of/memory.usage_in_bytes");
  chomp $used;
  my $idle = first(text("$of/memory.stat"), $v2 ? qr/^inactive_file (\d+)/m : qr/^total_inactive_file (\d+)/m) || 0;
  $used = $used > $idle ? $used - $idle : 0 if length $used;
  my @processes = split ' ', text("$of/cgroup.procs");
  my ($began) = map { (split ' ', first(text("/proc/$_/stat"), qr/\) (.*)/s))[19] } @processes[0 .. ($#processes < 0 ? -1 : 0)];
  print "container\t$id\t$used\t", scalar(@processes), "\t", (defined $began ? $uptime - $began / 100 : ""), "\n";
}
`;
