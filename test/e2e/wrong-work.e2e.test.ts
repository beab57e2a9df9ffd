import { afterAll, beforeAll, expect, it } from "vitest";
import { openVisit, screenshot, type Visit } from "./browser.ts";
import { carryOut, lessonPageOf, type LessonPage, type LessonStep } from "./lesson-page.ts";

let visit: Visit;

beforeAll(async () => {
  visit = await openVisit();
});

afterAll(() => visit[Symbol.asyncDispose]());

// That each lesson's checks refuse the wrong work that its author declared, the lesson tests prove; here it is what the page makes of it.
it("does not tick wrong work, says what it saw, and ticks the right work after it", async () => {
  const { page, complaints } = await visit.newPage();
  await page.goto("/learn/containers/first-image/");
  const lesson = lessonPageOf(page);
  await lesson.terminal.waitForPrompt(120_000);
  const runAContainer = await stepCalled(lesson, "Run a container");
  await lesson.terminal.run("docker run busybox false");
  await expectOpen(runAContainer, /busybox/);
  await screenshot(page, "wrong-work-1-container-that-fails");
  await solve(lesson, runAContainer);

  const writeADockerfile = await stepCalled(lesson, "Write a Dockerfile");
  await writeADockerfile.region.getByRole("button", { name: /^Open this step/ }).click();
  const [dockerfile] = await writeADockerfile.readSolution();
  if (dockerfile?.type !== "file") throw new Error("The step's solution is expected to be a file");
  await carryOut(lesson, { ...dockerfile, path: `elsewhere/${dockerfile.path}` });
  await expectOpen(writeADockerfile, /Dockerfile/);
  await screenshot(page, "wrong-work-2-file-in-the-wrong-place");
  await carryOut(lesson, dockerfile);
  await writeADockerfile.waitUntilDone(10_000);

  expect(complaints).toEqual([]);
});

async function stepCalled(lesson: LessonPage, title: string): Promise<LessonStep> {
  const step = (await lesson.steps()).find((each) => each.title === title);
  if (step === undefined) throw new Error(`The lesson has no step called “${title}”`);
  return step;
}

async function solve(lesson: LessonPage, step: LessonStep): Promise<void> {
  for (const action of await step.readSolution()) await carryOut(lesson, action);
  await step.waitUntilDone(10_000);
}

/** A tick comes within a second of the event; three without one are a no. What the step says names what is missing. */
async function expectOpen(step: LessonStep, says: RegExp): Promise<void> {
  await expect(step.waitUntilDone(3_000)).rejects.toThrow(new RegExp(`It says: [^]*${says.source}`));
}
