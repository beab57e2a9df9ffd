import { afterAll, beforeAll, expect, it } from "vitest";
import { openVisit, screenshot, type Visit } from "./browser.ts";
import { lessonPageOf } from "./lesson-page.ts";

let visit: Visit;

beforeAll(async () => {
  visit = await openVisit();
});

afterAll(() => visit[Symbol.asyncDispose]());

it("boots a small machine beside a container, and shows what each of them took", async () => {
  const { page, complaints } = await visit.newPage();
  await page.goto("/learn/containers/virtual-machines/");
  const step = (await lessonPageOf(page).steps()).find(({ id }) => id === "two-stopwatches");
  if (step === undefined) throw new Error("the lesson has no such step");
  const small = page.getByRole("region", { name: "Small virtual machine" });
  const cell = (row: string, column: 0 | 1) =>
    small
      .getByRole("row")
      .filter({ has: page.getByRole("rowheader", { name: row, exact: true }) })
      .getByRole("cell")
      .nth(column);

  await step.region.getByRole("button", { name: "Open this step" }).click();
  await step.region.locator("figure", { hasText: "docker run" }).first().getByRole("button", { name: "Run" }).click();
  await expect.poll(() => cell("Start", 0).innerText(), { timeout: 180_000 }).toMatch(/^\d+\.\d s\n.*docker run/s);
  await expect.poll(() => cell("On disk", 0).innerText(), { timeout: 30_000 }).toMatch(/ MB\n.*busybox/s);

  await small.getByRole("button", { name: "Start the small machine" }).click();
  await small.getByText("The small machine runs.").waitFor({ timeout: 180_000 });
  expect(await cell("Start", 1).innerText()).toMatch(/^\d+\.\d s\n.*kernel \d/s);
  expect(await cell("On disk", 1).innerText()).toMatch(/^7\.8 MB\n/);
  expect(await cell("Memory", 1).innerText()).toMatch(/^75 MB\n/);
  await screenshot(page, "small-machine-1-running");

  await step.region.getByRole("button", { name: "Run in the small machine" }).first().click();
  await step.waitUntilDone(60_000);
  await small
    .getByText(/Linux small 6\./)
    .first()
    .waitFor();

  await small.getByRole("textbox", { name: "Terminal of the small machine" }).focus();
  await page.keyboard.type("exit\n");
  await small.getByText("The small machine is switched off.").waitFor({ timeout: 30_000 });
  await small.getByRole("button", { name: "Start it again" }).waitFor();
  expect(complaints).toEqual([]);
});
