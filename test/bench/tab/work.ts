import { cp } from "node:fs/promises";
import { measureCommands, prepareCommands } from "../docker-commands.ts";
import { floorScript, readFloor } from "../floor-programs.ts";
import { holdFolder, openScope, type PartContext } from "../part.ts";
import { carryOut } from "../../e2e/lesson-page.ts";
import { longest } from "./long-tasks.ts";
import { readTabMemory } from "./memory.ts";
import { measureTicks } from "./tick.ts";
import { expectAnswer, fillProfile, lessonPath, startVisit, type Visit } from "./visit.ts";

/** One long visit: the commands, the terminal and the steps of a reader who is at work. */
export async function measureWork(context: PartContext): Promise<void> {
  const { runs, ledger, url } = context;
  const profile = await fillProfile(context);
  for (let pass = 1; pass < tickPasses; pass++) {
    await using scope = openScope(context);
    // The progress of one pass would be in the next one's way.
    const copy = await holdFolder(scope);
    await cp(profile, copy, { recursive: true });
    const visit = await startVisit(scope, copy);
    await visit.openToPrompt(url + lessonPath);
    await recordTicks(visit, context);
  }
  const visit = await startVisit(context, profile);
  await visit.openToPrompt(url + lessonPath);
  await expectAnswer(visit);
  await recordTicks(visit, context);
  await measureEcho(visit, "echo", context);

  await visit.run(`mkdir -p /workspace/bench && cd /workspace/bench && ${prepareCommands}`);
  await visit.longTasks.take();
  await measureCommands(
    runs,
    visit,
    (name, seconds) => ledger.record(name, seconds),
    async () => ledger.record("work longest", longest(await visit.longTasks.take())),
  );
  ledger.record("memory worked", await readTabMemory(profile));
  for (let run = 0; run <= runs; run++) {
    const seconds = await visit.time("docker pull nginx");
    // The first one downloads.
    if (run > 0) ledger.record("pull", seconds);
    await visit.run("docker rmi nginx");
  }

  await visit.run("(while :; do docker build --no-cache -t echo . >/dev/null 2>&1; done) &");
  await measureEcho(visit, "echo build", context);
  await visit.run("kill %1; wait; docker rm -f bench");

  await carryOut(visit.lesson, { type: "file", path: "/tmp/floor.sh", content: floorScript });
  for (let run = 0; run < runs; run++) {
    await visit.run("clear");
    for (const [name, seconds] of readFloor(await visit.run("bash /tmp/floor.sh")))
      ledger.record(`floor tab ${name}`, seconds);
  }
}

/** How often the lesson is gone through, the last time in the visit of all the rest. Each pass has six steps with events. */
const tickPasses = 2;

async function recordTicks({ page, watch }: Visit, { ledger }: PartContext): Promise<void> {
  for (const { step, ms, isWatched } of await measureTicks(page, watch)) {
    console.log(`  step ${step}`);
    ledger.record(isWatched ? "tick watched" : "tick", ms / 1000);
  }
}

const typed = "the quick brown fox jumps over the lazy dog".replaceAll(" ", "");

async function measureEcho({ page, watch, lesson }: Visit, id: string, { runs, ledger }: PartContext): Promise<void> {
  for (let run = 0; run < runs; run++) {
    for (const letter of typed) ledger.record(id, await watch.echo(letter));
    await page.keyboard.press("Control+C");
    await lesson.terminal.waitForPrompt(60_000);
  }
}
