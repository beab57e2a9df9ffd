import { afterAll, beforeAll, expect, it } from "vitest";
import { openVisit, screenshot, type Visit } from "./browser.ts";
import { carryOut, lessonPageOf } from "./lesson-page.ts";

let visit: Visit;

beforeAll(async () => {
  visit = await openVisit();
});

afterAll(() => visit[Symbol.asyncDispose]());

it("takes a new user from the home page through the first lesson, and keeps the progress", async () => {
  const { page, complaints } = await visit.newPage();
  await page.goto("/");
  await screenshot(page, "first-lesson-0-home");
  await page.getByRole("main").getByRole("link", { name: /start/i }).first().click();
  await page.waitForURL(/\/learn\/containers\/first-image\/$/);

  const lesson = lessonPageOf(page);
  await lesson.terminal.waitForPrompt(120_000);
  await screenshot(page, "first-lesson-1-prompt");
  const steps = await lesson.steps();
  expect(steps.length).toBeGreaterThanOrEqual(6);

  for (const [index, step] of steps.entries()) {
    expect(await Promise.all(steps.map((each) => each.isDone()))).toEqual(steps.map((_, other) => other < index));
    for (const action of await step.readSolution()) await carryOut(lesson, action);
    await step.answerQuizzes();
    await step.waitUntilDone(30_000);
    await screenshot(page, `first-lesson-2-step-${index + 1}`);
  }
  expect(complaints).toEqual([]);

  await page.reload();
  for (const step of await lesson.steps()) await step.waitUntilDone(10_000);
  await page.goto("/");
  await page
    .getByRole("main")
    .getByText(new RegExp(`${steps.length} of ${steps.length}`))
    .first()
    .waitFor();
  await screenshot(page, "first-lesson-3-home-again");
});
