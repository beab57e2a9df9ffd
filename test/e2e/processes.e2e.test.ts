import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { AxeResults } from "axe-core";
import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openVisit, screenshot, type Visit } from "./browser.ts";
import { terminalOf } from "./terminal.ts";

const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

let visit: Visit;

beforeAll(async () => {
  visit = await openVisit();
});

afterAll(() => visit[Symbol.asyncDispose]());

it("marks containers in the machine's process tree, and tells what they use against their limits until they are gone", async () => {
  const { page, complaints } = await visit.newPage();
  await page.addInitScript(axeSource);
  await page.goto("/learn/containers/what-a-container-is/");
  const terminal = terminalOf(page);
  await terminal.waitForPrompt(120_000);
  await terminal.run("docker run -d --name box busybox sleep 7000", 120_000);

  // In the lesson's text, as soon as it is looked at.
  const figure = page.getByRole("group", { name: /^The process of your container box/ });
  await figure.scrollIntoViewIfNeeded();
  await figure.getByRole("treeitem", { name: /^box ?sleep 7000 ?, PID \d+ ?, PID in container 1\b/ }).waitFor();
  await screenshot(page, "processes-figure");

  await terminal.run("docker run -d --name burn -m 32m --cpus 0.5 busybox sh -c 'while :; do :; done'", 120_000);
  const pid = /^\d+$/m.exec(await terminal.run("clear; docker inspect -f '{{.State.Pid}}' burn"))?.[0];
  await page.getByRole("tab", { name: "Processes" }).click();
  const panel = page.getByRole("tabpanel", { name: "Processes" });
  const tree = panel.getByRole("tree", { name: "Processes" });
  const burning = tree.getByRole("treeitem", { name: /^burn ?sh -c while/ });
  await burning.waitFor();
  expect(await burning.textContent()).toMatch(new RegExp(`, PID ${pid ?? "?"}, PID in container 1,`));
  await tree.getByRole("treeitem", { name: /^box ?sleep 7000 ?, PID \d+ ?, PID in container 1\b/ }).waitFor();
  await tree.getByRole("treeitem", { name: /^Kernel threads \(\d+\)$/ }).waitFor();
  const meter = panel.getByRole("article", { name: "Container burn" });
  await meter.getByText(/ of 32 MB$/).waitFor();
  await meter.getByText(/^CPU \d\.\d\d of 0\.5 CPU; throttled/).waitFor({ timeout: 120_000 });
  const used = Number(/([\d.]+) of 0\.5 CPU/.exec(await meter.innerText())?.[1]);
  expect(used).toBeGreaterThan(0);
  expect(used).toBeLessThan(0.9);
  await page.waitForFunction(
    () =>
      (document.querySelector(".processes-panel .use-chart-line")?.getAttribute("d")?.match(/L/g)?.length ?? 0) >= 2,
    undefined,
    { timeout: 120_000 },
  );
  await screenshot(page, "processes-wide");

  await walkByKeyboard(page, tree, panel);
  await screenshot(page, "processes-facts");
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    const results = await page.evaluate<AxeResults>("axe.run()");
    const serious = results.violations.filter(({ impact }) => impact === "serious" || impact === "critical");
    expect(serious.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ html }) => html) }))).toEqual([]);
  }
  await screenshot(page, "processes-dark");
  await page.emulateMedia({ colorScheme: "light" });

  // The command that shows the same, in the terminal.
  await panel.getByRole("button", { name: "Run docker top burn in the terminal" }).click();
  await expect.poll(() => terminal.text(), { timeout: 60_000 }).toMatch(new RegExp(`^root +${pid ?? "?"}\\b`, "m"));
  await terminal.waitForPrompt(60_000);

  // A link leads to one container; what is taken away tells of it.
  await page.evaluate(() => (location.hash = "#panel=processes&of=burn"));
  await expect.poll(() => panel.getByRole("article").count(), { timeout: 30_000 }).toBe(1);
  const saved = page.waitForEvent("download");
  await panel.getByRole("button", { name: "Save as SVG" }).click();
  expect((await saved).suggestedFilename()).toBe("processes-burn.svg");

  // Nothing is asked for when it ends: it goes by itself.
  await page.getByRole("tab", { name: "Terminal 1" }).click();
  await terminal.run("clear; (sleep 6; docker rm -f burn) >/dev/null 2>&1 &");
  await page.getByRole("tab", { name: "Processes" }).click();
  await burning.waitFor();
  await panel.getByText("No container named burn is running.").waitFor({ timeout: 120_000 });
  await burning.waitFor({ state: "detached" });

  await panel.getByLabel("Limits of").selectOption("The machine and its containers");
  await page.setViewportSize({ width: 390, height: 844 });
  await page.getByRole("button", { name: "Sandbox", exact: true }).click();
  await screenshot(page, "processes-narrow");
  await panel.getByRole("article", { name: "Container box" }).scrollIntoViewIfNeeded();
  await screenshot(page, "processes-narrow-meters");
  expect(complaints).toEqual([]);
});

/** From the tree's first row to the burning process and its facts, without the mouse. */
async function walkByKeyboard(page: Page, tree: Locator, panel: Locator): Promise<void> {
  const focused = () =>
    page.evaluate(() => document.activeElement?.getAttribute("aria-label") ?? document.activeElement?.textContent);
  await panel.getByRole("button", { name: "Save as PNG" }).focus();
  await page.keyboard.press("Tab");
  expect(await focused()).toMatch(/^busybox init, PID 1\b/);
  await page.keyboard.press("End");
  expect(await focused()).toMatch(/^Kernel threads/);
  await page.keyboard.press("Home");
  await page.keyboard.press("ArrowLeft");
  await page.waitForFunction(() => document.activeElement?.getAttribute("aria-expanded") === "false");
  expect(await tree.getByRole("treeitem").count()).toBe(2);
  await page.keyboard.press("ArrowRight");
  await page.waitForFunction(() => document.activeElement?.getAttribute("aria-expanded") === "true");
  for (let n = 0; n < 60 && !(await focused())?.startsWith("burn"); n++) await page.keyboard.press("ArrowDown");
  expect(await focused()).toMatch(/^burn ?sh -c while/);
  await page.keyboard.press("Enter");
  const facts = panel.getByRole("region", { name: "The process" });
  await facts.getByText(/process ids, mounts, network/).waitFor();
  await panel.getByRole("button", { name: "Pause" }).focus();
  await page.keyboard.press("Enter");
  await panel.getByText(/^Paused\./).waitFor();
  await page.keyboard.press("Enter");
  await panel.getByText(/^Looked at every few seconds/).waitFor();
}
