import { afterAll, beforeAll, expect, it } from "vitest";
import { loadLessons } from "../lessons/choose-lessons.ts";
import { openVisit, screenshot, type Visit } from "./browser.ts";
import { keyboardReader } from "./keyboard-reader.ts";

// What solves each lesson is proven by `npm run lessons`; here a person without a mouse goes all the way through the page, in one that
// has commands, files to write and quizzes.

const minute = 60_000;
const lessons = await loadLessons();
let visit: Visit;

beforeAll(async () => {
  visit = await openVisit();
});

afterAll(() => visit[Symbol.asyncDispose]());

it(
  "a whole lesson can be done from beginning to end by keyboard alone",
  async () => {
    const id = "containers/images-and-layers";
    const lesson = lessons.find((each) => each.id === id);
    if (!lesson) throw new Error(`There is no lesson ${id}.`);
    const { page, complaints } = await visit.newPage();
    await page.goto(`/learn/${id}/`);
    const reader = keyboardReader(page, lesson);
    await reader.begin(2 * minute);
    for (const [n, step] of lesson.steps.entries()) {
      await reader.solve(step);
      await screenshot(page, `whole-${lesson.id.replace("/", "-")}-${String(n + 1)}-${step.id}`);
    }
    expect(await page.locator('[data-step][data-state="done"]').count()).toBe(lesson.steps.length);
    expect(complaints).toEqual([]);
    await page.context().close();
  },
  20 * minute,
);
