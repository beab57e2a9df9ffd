import { growthId } from "../figures.ts";
import { growths, type Growing } from "../growths.ts";
import type { PartContext } from "../part.ts";
import { measureTicks } from "./tick.ts";
import { expectAnswer, fillProfile, lessonPath, startVisit, type Visit } from "./visit.ts";

/** One visit whose sandbox is filled more and more: what its commands and the engine's lists take then, and at the end the steps' ticks. */
export async function measureGrowth(context: PartContext): Promise<void> {
  const { runs, ledger, url } = context;
  const profile = await fillProfile(context);
  const visit = await startVisit(context, profile);
  await visit.openToPrompt(url + lessonPath);
  await expectAnswer(visit);
  await visit.run(
    "mkdir -p /workspace/grown && cd /workspace/grown && printf 'FROM busybox\\nCOPY . /grown\\n' >Dockerfile",
  );
  for (const { of, sizes } of growths) {
    let reached = 0;
    for (const size of sizes) {
      if (size > reached) await visit.run(grow(of, reached + 1, size));
      reached = size;
      for (const [measure, command] of Object.entries(asked[of])) {
        // Once unmeasured: what has just been made is in no cache.
        for (let run = -1; run < runs; run++) {
          const seconds = await measureOnce(visit, command);
          if (run >= 0) ledger.record(growthId(of, size, measure), seconds);
        }
      }
    }
  }
  await visit.run("cd /workspace && clear");
  for (const { ms, isWatched } of await measureTicks(visit.page, visit.watch)) {
    if (!isWatched) ledger.record("tick grown", ms / 1000);
  }
}

const engine = "http://192.168.86.100:2375";

/** What makes numbers `from` to `to`, in the engine's own words where a client for each would take long. */
function grow(of: Growing, from: number, to: number): string {
  const each = (command: string): string => `for n in $(seq ${from} ${to}); do ${command}; done`;
  switch (of) {
    case "images":
      return each(
        `echo $n >/tmp/n; tar -cC /tmp n | curl -sS -o /dev/null --data-binary @- -H content-type:application/x-tar "${engine}/images/create?fromSrc=-&repo=grown&tag=$n"`,
      );
    case "containers":
      return each(
        // Not of an image that the lesson's steps ask about.
        `curl -sS -o /dev/null -H content-type:application/json -d '{"Image":"grown:1","Cmd":["/n"]}' "${engine}/containers/create?name=grown-$n"`,
      );
    case "workspace files":
      return each("mkdir -p $((n / 20)) && echo $n >$((n / 20))/$n");
  }
}

const asked: Record<Growing, { command: string; list: string }> = {
  images: { command: "docker images", list: list("images/json") },
  containers: { command: "docker ps -a", list: list("containers/json?all=1") },
  "workspace files": { command: "ls -R >/tmp/ls", list: "docker build -q -t grown ." },
};

/** The engine's answer without a client's start; curl tells how long it took. */
function list(path: string): string {
  return `curl -sS -o /dev/null -w 'took %{time_total}\\n' '${engine}/${path}'`;
}

async function measureOnce(visit: Visit, command: string): Promise<number> {
  // Long lists would leave the screen in which the next command is looked for.
  await visit.run("clear");
  if (!command.startsWith("curl")) return visit.time(command);
  const seconds = /^took ([\d.]+)$/m.exec(await visit.run(command))?.[1];
  if (seconds === undefined) throw new Error(`The engine did not answer: ${command}`);
  return Number(seconds);
}
