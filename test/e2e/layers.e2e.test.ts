import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { AxeResults } from "axe-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openVisit, screenshot, type Visit } from "./browser.ts";
import { terminalOf } from "./terminal.ts";

const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

let visit: Visit;

beforeAll(async () => {
  visit = await openVisit();
});

afterAll(() => visit[Symbol.asyncDispose]());

it("shows the layers of what was just built, a deleted file, and what a running container writes", async () => {
  const { page, complaints } = await visit.newPage();
  await page.addInitScript(axeSource);
  await page.goto("/playground/");
  const terminal = terminalOf(page);
  await terminal.waitForPrompt(120_000);
  await terminal.run(
    "printf 'FROM busybox\\nRUN echo rope > /rope; echo lamp > /lamp\\nRUN rm /rope\\n' | docker build -q -t ship -",
    240_000,
  );
  await terminal.run("docker run -d --name crew ship sh -c 'sleep 4; echo log > /log; sleep 1000'", 120_000);

  await page.getByRole("tab", { name: "Layers" }).click();
  const panel = page.getByRole("tabpanel", { name: "Layers" });
  const chooser = panel.getByLabel("Layers of");
  await chooser.selectOption({ label: "ship:latest" });
  await panel.getByRole("button", { name: /rm \/rope.*1 deleted/ }).waitFor();
  await panel.getByText("rope", { exact: true }).waitFor();
  await screenshot(page, "layers-deleted");

  // By keyboard: to the layer below, and to a file in it.
  const below = panel.getByRole("button", { name: /echo lamp/ });
  await below.focus();
  await page.keyboard.press("Enter");
  expect(await below.getAttribute("aria-current")).toBe("true");
  const file = panel.getByRole("button", { name: "lamp", exact: true });
  await file.focus();
  await page.keyboard.press("Enter");
  expect(await panel.getByRole("region", { name: "/lamp" }).locator("pre").innerText()).toBe("lamp\n");
  await screenshot(page, "layers-file");

  await chooser.selectOption({ label: "crew" });
  await panel.getByRole("button", { name: "log", exact: true }).waitFor({ timeout: 60_000 });
  await screenshot(page, "layers-container");
  const saved = page.waitForEvent("download");
  await panel.getByRole("button", { name: "Save as SVG" }).click();
  expect((await saved).suggestedFilename()).toBe("crew.svg");
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    const results = await page.evaluate<AxeResults>("axe.run()");
    const serious = results.violations.filter(({ impact }) => impact === "serious" || impact === "critical");
    expect(serious.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ html }) => html) }))).toEqual([]);
  }
  await screenshot(page, "layers-dark");
  await page.setViewportSize({ width: 390, height: 844 });
  await page.getByRole("button", { name: "Sandbox" }).click();
  await screenshot(page, "layers-narrow");
  expect(complaints).toEqual([]);
});
