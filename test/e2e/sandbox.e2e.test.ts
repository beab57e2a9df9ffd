import { afterAll, beforeAll, expect, it } from "vitest";
import { openVisit, screenshot, type Visit } from "./browser.ts";
import { terminalOf } from "./terminal.ts";

let visit: Visit;

beforeAll(async () => {
  visit = await openVisit();
});

afterAll(() => visit[Symbol.asyncDispose]());

it("gives the playground a Docker Engine, keeps it over to a lesson, and tells a second tab that one is running", async () => {
  const { page, complaints } = await visit.newPage();
  await page.goto("/playground/");
  const terminal = terminalOf(page);
  await terminal.waitForPrompt(120_000);
  expect(await terminal.run("docker version --format '{{.Server.Version}}'")).toMatch(/^26\./);
  await terminal.run("echo kept > /root/note");

  const second = await page.context().newPage();
  await second.goto("/playground/");
  await second
    .getByText(/another tab/i)
    .first()
    .waitFor();
  await screenshot(second, "sandbox-second-tab");
  await second.close();

  await page.getByRole("navigation", { name: "Site" }).getByRole("link", { name: "Lessons" }).click();
  await page.getByRole("main").getByRole("link", { name: "Build and run your first image" }).click();
  await page.waitForURL(/\/learn\/containers\/first-image\/$/);
  expect(await terminal.run("cat /root/note")).toBe("kept");
  expect(complaints).toEqual([]);
});
