import { join } from "node:path";
import { afterAll, beforeAll, describe, it } from "vitest";
import type { Lesson } from "../../src/lessons/model.ts";
import { root } from "../../src/server/build-site.ts";
import { againVariable, chooseLessons, loadLessons, namesVariable } from "./choose-lessons.ts";
import { openWorkplace, type LessonWorkplace } from "./lesson-workplace.ts";
import { openProofCache } from "./proof-cache.ts";
import { proveStep } from "./prove-step.ts";
import { describeRefusals, refusedNoWork } from "./step-proof.ts";

const minute = 60_000;
const imageFolder = join(root, "public/machine");
const names = (process.env[namesVariable] ?? "").split(",").filter(Boolean);
// The longest first, so that no core is idle while the last one is proven.
const lessons = chooseLessons(await loadLessons(), names).toSorted((a, b) => effort(b) - effort(a));
const proofs = await openProofCache();

/**
 * Lessons run side by side, as many as `maxConcurrency` allows, each on a machine of its own; the steps of one after another. What was
 * proven before and depends on nothing that has changed is not proven again.
 */
describe.concurrent.each(lessons)("$id", (lesson) => {
  const held = new AsyncDisposableStack();
  let workplace: LessonWorkplace;
  let hasFailed = false;
  let proven = 0;
  let before: Date | undefined;

  beforeAll(async () => {
    before = process.env[againVariable] === undefined ? await proofs.read(lesson) : undefined;
    if (before) return;
    workplace = held.use(await openWorkplace(lesson, { imageFolder, signal: AbortSignal.timeout(10 * minute) }));
  }, 11 * minute);

  afterAll(async () => {
    await held.disposeAsync();
    if (proven === lesson.steps.length) await proofs.write(lesson);
  });

  it.for(lesson.steps)(
    "$title",
    { concurrent: false, timeout: 15 * minute },
    async (step, { signal, skip, onTestFailed, annotate }) => {
      skip(
        before !== undefined,
        `proven on ${String(before?.toISOString().slice(0, 10))}, and nothing is different since`,
      );
      skip(hasFailed, "a step before it failed");
      onTestFailed(() => {
        hasFailed = true;
      });
      await workplace.write(step.files, signal);
      const proof = await proveStep(step, workplace, { signal });
      for (const refusal of describeRefusals(proof)) await annotate(refusal, "refused");
      const unshown = refusedNoWork(proof);
      if (unshown.length > 0)
        await annotate(unshown.join("\n"), "refused only before anything was done, no wrong work");
      proven += 1;
    },
  );
});

/** Commands that are typed in a lesson's proof; a second engine or a swarm makes each of them slower. */
function effort({ steps, machine }: Lesson): number {
  const work = steps.flatMap((step) => [step.solution, ...step.wrong.flatMap(({ actions, undo }) => [actions, undo])]);
  return work.flat().length * (machine.features.includes("swarm") ? 2 : 1);
}
