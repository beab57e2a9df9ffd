import { afterAll, beforeAll, expect, it } from "vitest";
import { loadLessons } from "../lessons/choose-lessons.ts";
import { openVisit, screenshot, type Visit } from "./browser.ts";
import { keyboardReader } from "./keyboard-reader.ts";
import { lessonPageOf } from "./lesson-page.ts";

let visit: Visit;

beforeAll(async () => {
  visit = await openVisit();
});

afterAll(() => visit[Symbol.asyncDispose]());

// It has commands, files to write and quizzes. What solves the other lessons is proven by `npm run lessons`.
it("takes a new user from the home page through the first lesson by keyboard alone, and keeps the progress", async () => {
  const { page, complaints } = await visit.newPage();
  await page.goto("/");
  await screenshot(page, "first-lesson-0-home");
  await page.getByRole("main").getByRole("link", { name: /start/i }).first().press("Enter");
  await page.waitForURL(/\/learn\/containers\/first-image\/$/);

  const lesson = (await loadLessons()).find(({ id }) => id === "containers/first-image");
  if (!lesson) throw new Error("There is no first lesson");
  const lessonPage = lessonPageOf(page);
  const steps = await lessonPage.steps();
  expect(steps.map(({ id }) => id)).toEqual(lesson.steps.map(({ id }) => id));
  expect(steps.length).toBeGreaterThanOrEqual(6);
  const reader = keyboardReader(page, lesson);
  await reader.begin(120_000);
  await screenshot(page, "first-lesson-1-prompt");

  for (const [index, step] of lesson.steps.entries()) {
    expect(await Promise.all(steps.map((each) => each.isDone()))).toEqual(steps.map((_, other) => other < index));
    await reader.solve(step);
    await screenshot(page, `first-lesson-2-step-${index + 1}`);
  }
  expect(complaints).toEqual([]);

  await page.reload();
  for (const step of await lessonPage.steps()) await step.waitUntilDone(10_000);
  await page.goto("/");
  await page
    .getByRole("main")
    .getByText(new RegExp(`${steps.length} of ${steps.length}`))
    .first()
    .waitFor();
  await screenshot(page, "first-lesson-3-home-again");
});
