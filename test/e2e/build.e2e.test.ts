import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { AxeResults } from "axe-core";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openVisit, screenshot, type Visit } from "./browser.ts";
import { terminalOf } from "./terminal.ts";

const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

let visit: Visit;

beforeAll(async () => {
  visit = await openVisit();
});

afterAll(() => visit[Symbol.asyncDispose]());

/** The list entry of a step, by its instruction. */
const stepOf = (page: Page, words: string) =>
  page.getByRole("tabpanel", { name: "Build" }).locator("li", { has: page.locator("code", { hasText: words }) });

it("draws builds typed in the terminal, live, and says why each step was run again", async () => {
  const { page, complaints } = await visit.newPage();
  await page.addInitScript(axeSource);
  await page.goto("/playground/");
  const terminal = terminalOf(page);
  await terminal.waitForPrompt(120_000);
  const panel = page.getByRole("tabpanel", { name: "Build" });
  const list = panel.getByRole("navigation", { name: "Builds, newest first" });
  const show = (name: string) => page.getByRole("tab", { name, exact: true }).click();
  /** Builds again, and looks at the newest build once it has ended. */
  const build = async (command: string, builds: number) => {
    await show("Terminal 1");
    await terminal.run(command, 240_000);
    await show("Build");
    await list
      .getByRole("button")
      .nth(builds - 1)
      .waitFor({ timeout: 120_000 });
    expect(await list.getByRole("button").count()).toBe(builds);
  };

  await show("Build");
  await panel.getByText("No builds yet.").waitFor({ timeout: 120_000 });
  await panel.getByText("DOCKER_BUILDKIT=0").waitFor();
  await show("Terminal 1");
  await terminal.run("mkdir ship && cd ship && echo hemp > rope.txt && echo bowline > knots.txt");
  await terminal.run(
    String.raw`printf 'FROM busybox\nCOPY rope.txt /rope\nCOPY knots.txt /srv/\nRUN cat /rope && sleep 2\n' > Dockerfile`,
  );
  await terminal.type("docker build -t ship .");
  await page.keyboard.press("Enter");
  await page.locator(".xterm-rows:visible", { hasText: "[+] Building" }).waitFor({ timeout: 240_000 });
  await show("Build");
  const run = stepOf(page, "RUN cat /rope");
  await run.getByText("Running", { exact: true }).waitFor({ timeout: 240_000 });
  await run.getByText("hemp").first().waitFor({ timeout: 120_000 });
  await screenshot(page, "build-running");
  await list.getByRole("button", { name: /^ship.*done.*none from the cache/ }).waitFor({ timeout: 240_000 });
  await stepOf(page, "COPY rope.txt").getByText("BuildKit knows of no earlier build of this Dockerfile").waitFor();

  await show("Terminal 1");
  await terminal.waitForPrompt(120_000);
  await build("docker build -t ship .", 2);
  await list
    .getByRole("button", { name: /^ship.*3 steps after FROM, all from the cache/ })
    .waitFor({ timeout: 120_000 });
  await run.getByText("Cached", { exact: true }).waitFor();
  await run.getByText("From the cache: nothing that it depends on has changed.").waitFor();
  await screenshot(page, "build-cached");

  await build("echo hitch >> knots.txt; docker build -t ship .", 3);
  await stepOf(page, "COPY rope.txt").getByText("Cached", { exact: true }).waitFor({ timeout: 120_000 });
  await stepOf(page, "COPY knots.txt")
    .getByText("Run again because a file that it copies has changed: knots.txt")
    .waitFor({ timeout: 120_000 });
  await run.getByText("Run again because a step above it was: 3/4 COPY knots.txt /srv/").waitFor();
  await screenshot(page, "build-missed");

  await build("sed -i 's/sleep 2/exit 3/' Dockerfile; docker build -t ship .", 4);
  const failing = stepOf(page, "exit 3");
  await failing.getByText("Failed", { exact: true }).waitFor({ timeout: 120_000 });
  await failing.getByText("Run because its instruction has changed.").waitFor();
  expect(await failing.locator("del").innerText()).toBe("RUN cat /rope && sleep 2");
  expect(await failing.locator("ins").innerText()).toBe("RUN cat /rope && exit 3");
  await failing.getByText(/It failed: .*exit code: 3/).waitFor();
  expect(await failing.locator("pre").innerText()).toBe("hemp\n");
  await screenshot(page, "build-failed");

  // It has no image with layers to compare, so the folder is what tells, once it has been looked at.
  await build("sleep 3; echo reef >> knots.txt; docker build -t ship .", 5);
  await stepOf(page, "COPY knots.txt")
    .getByText("Run again because a file that it copies has changed: knots.txt")
    .waitFor({ timeout: 120_000 });

  // By keyboard: to an earlier build, and into what a step of it printed.
  const first = list.getByRole("button").last();
  await first.focus();
  await page.keyboard.press("Enter");
  expect(await first.getAttribute("aria-current")).toBe("true");
  const summary = run.locator("summary");
  await summary.focus();
  await page.keyboard.press("Enter");
  await run.getByText("hemp").waitFor();
  const saved = page.waitForEvent("download");
  await panel.getByRole("button", { name: "Save as SVG" }).click();
  expect((await saved).suggestedFilename()).toBe("build-ship.svg");

  // A link leads to the newest build of an image.
  await show("Terminal 1");
  await page.evaluate(() => (location.hash = "#panel=build&of=ship"));
  await failing.waitFor();
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    const results = await page.evaluate<AxeResults>("axe.run()");
    const serious = results.violations.filter(({ impact }) => impact === "serious" || impact === "critical");
    expect(serious.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ html }) => html) }))).toEqual([]);
  }
  await screenshot(page, "build-dark");
  await page.setViewportSize({ width: 390, height: 844 });
  await page.getByRole("button", { name: "Sandbox" }).click();
  await screenshot(page, "build-narrow");
  expect(complaints).toEqual([]);
});
