import { setTimeout as delay } from "node:timers/promises";
import { openScope, type PartContext } from "../part.ts";
import { longest } from "./long-tasks.ts";
import { readTabMemory } from "./memory.ts";
import { dockerRun, fillProfile, lessonPath, settle, startVisit } from "./visit.ts";

const quietMs = 10_000;

/** Visits by a browser process that has just been started, with all that the lesson needs in its caches: half of them type at once, half read first. */
export async function measureWarm(context: PartContext): Promise<void> {
  const { runs, ledger, url } = context;
  const profile = await fillProfile(context);
  for (let run = 1; run <= runs; run++) {
    for (const isQuiet of [false, true]) {
      console.log(
        `Warm visit ${run} of ${runs}, ${isQuiet ? "that begins with ten quiet seconds" : "that types at once"}`,
      );
      await using scope = openScope(context);
      const visit = await startVisit(scope, profile);
      ledger.record("warm prompt", await visit.openToPrompt(url + lessonPath));
      ledger.record("boot longest", longest(await visit.longTasks.take()));
      if (!isQuiet) ledger.record("first run", await visit.time(dockerRun));
      else {
        await delay(quietMs);
        ledger.record("memory prompt", await readTabMemory(profile));
        ledger.record("quiet run", await visit.time(dockerRun));
        ledger.record("memory run", await readTabMemory(profile));
      }
      await settle(visit.page);
    }
  }
}
