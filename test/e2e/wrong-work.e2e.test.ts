import { afterAll, beforeAll, expect, it } from "vitest";
import { openVisit, screenshot, type Visit } from "./browser.ts";
import { carryOut, lessonPageOf, type LessonPage, type LessonStep } from "./lesson-page.ts";

let visit: Visit;

beforeAll(async () => {
  visit = await openVisit();
});

afterAll(() => visit[Symbol.asyncDispose]());

it("does not tick wrong work, says what it saw, and ticks the right work after it", async () => {
  const { page, complaints } = await visit.newPage();
  await page.goto("/learn/containers/first-image/");
  const lesson = lessonPageOf(page);
  await lesson.terminal.waitForPrompt(120_000);

  const runAContainer = await stepCalled(lesson, "Run a container");
  await lesson.terminal.run("docker run busybox false");
  await expectOpen(runAContainer, /busybox/);
  await solve(lesson, runAContainer);

  const lookInside = await stepCalled(lesson, "Look at it while it runs");
  await lesson.terminal.run("docker run -d --name clock busybox true");
  await expectOpen(lookInside, /clock/);
  await screenshot(page, "wrong-work-1-container-that-exits");
  await lesson.terminal.run("docker rm clock");
  await solve(lesson, lookInside);

  const writeADockerfile = await stepCalled(lesson, "Write a Dockerfile");
  const [dockerfile] = await writeADockerfile.readSolution();
  if (dockerfile?.type !== "file") throw new Error("The step's solution is expected to be a file");
  await carryOut(lesson, { ...dockerfile, path: `elsewhere/${dockerfile.path}` });
  await expectOpen(writeADockerfile, /Dockerfile/);
  await screenshot(page, "wrong-work-2-file-in-the-wrong-place");
  await carryOut(lesson, dockerfile);
  await writeADockerfile.waitUntilDone(10_000);

  const build = await stepCalled(lesson, "Build it, and let it fail first");
  const [indexPage, ...rest] = await build.readSolution();
  if (indexPage === undefined) throw new Error("The step's solution is expected to begin with a file");
  await carryOut(lesson, indexPage);
  await lesson.terminal.run("docker build -q .");
  await expectOpen(build, /hello:1/);
  await screenshot(page, "wrong-work-3-image-without-the-tag");
  for (const action of rest) await carryOut(lesson, action);
  await build.waitUntilDone(10_000);
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
