import { afterAll, beforeAll, expect, it } from "vitest";
import { loadLessons } from "../lessons/choose-lessons.ts";
import { openVisit, screenshot, type Visit } from "./browser.ts";
import { keyboardReader } from "./keyboard-reader.ts";

// What solves each lesson is proven by `npm run lessons`; here a person without a mouse goes all the way through the page.

const minute = 60_000;
const lessons = await loadLessons();
let visit: Visit;

beforeAll(async () => {
  visit = await openVisit();
});

afterAll(() => visit[Symbol.asyncDispose]());

// Side by side, because each of them waits for its machine most of the time.
it.concurrent.each(["containers/images-and-layers", "containers/registries", "containers/orchestration"])(
  "%s can be done from beginning to end by keyboard alone",
  async (id) => {
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
