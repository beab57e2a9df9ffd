import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openVisit, screenshot, type Visit } from "../e2e/browser.ts";

let visit: Visit;

beforeAll(async () => {
  visit = await openVisit();
});

afterAll(() => visit[Symbol.asyncDispose]());

it("the end of a course shows, prints and exports what this reader has done, and only then leads there from the home page", async () => {
  const { page, complaints } = await visit.newPage();
  await page.goto("/learn/containers/done/");
  await page.getByText("You have not done a step of it yet.").waitFor();
  const steps = await page
    .locator('[data-lesson="containers/first-image"] [data-step]')
    .evaluateAll((items) => items.map((item) => item.getAttribute("data-step") ?? ""));
  const lessons = await page.locator("[data-lesson]").evaluateAll((sections) =>
    sections.map((section) => ({
      id: section.getAttribute("data-lesson") ?? "",
      steps: [...section.querySelectorAll("[data-step]")].map((step) => step.getAttribute("data-step") ?? ""),
    })),
  );

  await keepProgress(page, [{ id: "containers/first-image", steps: steps.slice(0, 2) }]);
  await page.reload();
  await page.getByText(/You have done 2 of \d+ steps, 1 of them with the solution seen\./).waitFor();
  await page.goto("/");
  expect(await page.getByRole("link", { name: /All done: see your record/ }).count()).toBe(0);

  await keepProgress(page, lessons);
  await page.reload();
  await page
    .getByRole("link", { name: /All done: see your record/ })
    .first()
    .click();
  await page.waitForURL(/\/learn\/containers\/done\/$/);
  await page.getByText(/You have done all \d+ steps/).waitFor();
  await page.getByLabel(/Name to print/).fill("Grace Hopper");
  await screenshot(page, "course-record");

  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Export as a file" }).click(),
  ]);
  const chunks: Buffer[] = [];
  for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString();
  expect(JSON.parse(text)).toMatchObject({
    format: "drydock-course-record",
    version: 1,
    course: { id: "containers" },
  });
  expect(text).not.toContain("Grace Hopper");

  await page.emulateMedia({ media: "print" });
  expect(await page.getByText("Grace Hopper").isVisible()).toBe(true);
  expect(await page.getByRole("button", { name: "Print" }).isVisible()).toBe(false);
  expect(await page.getByText("no certificate").isVisible()).toBe(true);
  await screenshot(page, "course-record-printed");
  await page.emulateMedia({ media: "screen" });
  await page.reload();
  expect(await page.getByLabel(/Name to print/).inputValue()).toBe("");
  expect(complaints).toEqual([]);
  await page.context().close();
});

it("the end of a course is where the last lesson's foot leads", async () => {
  const { page } = await visit.newPage({ javaScriptEnabled: false });
  await page.goto("/learn/containers/done/");
  const last = page.locator("[data-lesson]").last().getByRole("link");
  await last.click();
  await page.getByRole("link", { name: /See what you have done/ }).click();
  await page.waitForURL(/\/learn\/containers\/done\/$/);
  await page.context().close();
});

/** As if the reader had done these steps, the first of each lesson with its solution seen. */
function keepProgress(page: Page, lessons: readonly { id: string; steps: readonly string[] }[]): Promise<void> {
  return page.evaluate((all) => {
    const progress = Object.fromEntries(
      all.map(({ id, steps }) => [
        id,
        Object.fromEntries(
          steps.map((step, index) => [
            step,
            { done: "2026-03-02T09:00:00.000Z", checks: [], ...(index === 0 && { solutionSeen: true }) },
          ]),
        ),
      ]),
    );
    localStorage.setItem("drydock:progress:v1", JSON.stringify(progress));
  }, lessons);
}
