import { openScope, type PartContext } from "../part.ts";
import { createThrottledProxy } from "./throttled-proxy.ts";
import { expectAnswer, lessonPath, startVisit } from "./visit.ts";

/** Visits of new readers over a slow line: nothing is in any cache. */
export async function measureCold(context: PartContext): Promise<void> {
  const { runs, mbit, ledger, url } = context;
  for (let run = 1; run <= runs; run++) {
    console.log(`Cold visit ${run} of ${runs} at ${mbit} Mbit/s`);
    await using scope = openScope(context);
    const line = scope.held.use(await createThrottledProxy(Number(new URL(url).port), mbit));
    const visit = await startVisit(scope);
    ledger.record("cold prompt", await visit.openToPrompt(line.url + lessonPath));
    ledger.record("cold bytes", line.sentBytes / 1e6);
    ledger.record("cold requests", line.requests);
    ledger.record("cold ps", await visit.time("docker ps"));
    await expectAnswer(visit);
  }
}
