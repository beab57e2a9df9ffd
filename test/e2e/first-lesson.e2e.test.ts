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

// A whole lesson is done in `offline.e2e.test.ts`; what solves each is proven by `npm run lessons`.
it("takes a new user from the home page to the first step of the first lesson by keyboard alone, and keeps the progress", async () => {
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

  const [first] = lesson.steps;
  if (!first) throw new Error("The lesson has no steps");
  await reader.solve(first);
  expect(await Promise.all(steps.map((each) => each.isDone()))).toEqual(steps.map((_, n) => n === 0));
  await screenshot(page, "first-lesson-2-step");
  expect(complaints).toEqual([]);

  await page.reload();
  await steps[0]?.waitUntilDone(10_000);
  await page.goto("/");
  await page
    .getByRole("main")
    .getByText(new RegExp(`1 of ${steps.length}`))
    .first()
    .waitFor();
  await screenshot(page, "first-lesson-3-home-again");
});
