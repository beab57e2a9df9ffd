import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type { AxeResults } from "axe-core";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openVisit, screenshot, screenshotIfFailed, type Visit } from "./browser.ts";
import { terminalOf, type TerminalScreen } from "./terminal.ts";

const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

// One machine for all: a test goes on where the one before it ended.
let visit: Visit;
let page: Page;
let complaints: string[];
let terminal: TerminalScreen;

beforeAll(async () => {
  visit = await openVisit();
  ({ page, complaints } = await visit.newPage({ permissions: ["clipboard-read", "clipboard-write"] }));
  await page.addInitScript(axeSource);
  await page.goto("/learn/containers/images-and-layers/");
  terminal = terminalOf(page);
  await terminal.waitForPrompt(180_000);
});

afterAll(() => visit[Symbol.asyncDispose]());

const patience = { timeout: 30_000 };
const panelOf = () => page.getByRole("tabpanel", { name: "Layers" });
const figureOf = () => page.getByRole("group", { name: /^The layers of ship:1 and ship:3/ });

it("says in the text which images are not there yet, and draws them there when they are", async () => {
  screenshotIfFailed(page);
  const figure = figureOf();
  await figure.scrollIntoViewIfNeeded();
  await figure.getByText("There is no image or container ship:1, nor ship:3 yet.").waitFor();
  await build("ship:1", "FROM busybox\\nRUN echo rope > /rope; echo lamp > /lamp\\nRUN rm /rope\\n");
  await figure.getByText("There is no image or container ship:3 yet.").waitFor({ timeout: 60_000 });
  await build(
    "ship:3",
    "FROM busybox\\nRUN echo rope > /rope; echo lamp > /lamp\\nRUN mkdir /hold; for i in $(seq 1000); do echo $i > /hold/$i; done\\n",
  );
  const shared = figure.getByRole("region", { name: "In both, and on the disk once" });
  await shared.getByRole("button", { name: /echo lamp/ }).waitFor({ timeout: 60_000 });
  await figure
    .getByRole("region", { name: "Only in ship:1" })
    .getByRole("button", { name: /rm \/rope/ })
    .waitFor();

  // By keyboard: a layer opens, and closes again.
  const deleted = figure.getByRole("button", { name: /rm \/rope/ });
  await deleted.focus();
  await page.keyboard.press("Enter");
  await figure.getByText("rope", { exact: true }).waitFor();
  await screenshot(page, "layers-figure");
  await page.keyboard.press("Enter");
  await figure.getByText("rope", { exact: true }).waitFor({ state: "hidden" });
});

it("goes from the text to the same in the workbench, and a link leads back to it", async () => {
  screenshotIfFailed(page);
  await figureOf().getByRole("link", { name: "Open in the workbench" }).click();
  const panel = panelOf();
  await panel.getByRole("region", { name: "Comparison" }).waitFor();
  expect(await selected("Layers of")).toBe("ship:1");
  expect(await selected("Compare with")).toBe("ship:3");
  await panel.getByText(/^Together they take .* on the disk; apart it would be/).waitFor();
  await screenshot(page, "layers-comparison");
  await panel.getByRole("button", { name: "Copy link" }).click();
  const link = await copied();
  expect(new URL(link).hash).toBe("#panel=layers&of=ship:1&with=ship:3");
  await panel.getByRole("button", { name: "Copy as text" }).click();
  await expect
    .poll(copied, patience)
    .toMatch(/^ship:1 beside ship:3\n\nOnly in ship:1: .*\n {2}layer \d .*RUN rm \/rope\n {6}1 deleted/);

  // The address says the link already, since it was clicked; only another one is news to the page.
  await page.evaluate(() => (location.hash = "#panel=layers&of=boat:9"));
  await panel.getByText("There is no image or container called boat:9.").waitFor();
  await panel.getByRole("region", { name: "Stack" }).waitFor();
  await page.evaluate((hash) => (location.hash = hash), new URL(link).hash);
  await panel.getByRole("region", { name: "Comparison" }).waitFor();
  await panel.getByLabel("Compare with").selectOption("");
  await panel.getByRole("region", { name: "Stack" }).waitFor();
});

it("shows a deleted file, a file of a layer, what a build found there, and a thousand files in parts", async () => {
  screenshotIfFailed(page);
  const panel = panelOf();
  await choose("ship:1");
  const deleting = panel.getByRole("button", { name: /rm \/rope.*1 deleted/ });
  await deleting.click();
  await panel.getByText("rope", { exact: true }).waitFor();
  expect(await panel.locator('[data-change="deleted"]').allInnerTexts()).toEqual([
    expect.stringMatching(/^rope\s*deleted/),
  ]);
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

  await choose("ship:3");
  // The page saw the engine between the two builds.
  await panel.getByRole("button", { name: /mkdir \/hold.*new since \d\d:\d\d/ }).waitFor();
  await panel.getByRole("button", { name: /echo lamp.*already there/ }).waitFor();
  const folder = panel.locator("summary", { hasText: "hold/" });
  await folder.waitFor();
  expect(await folder.innerText()).toContain("1,001");
  await folder.focus();
  await page.keyboard.press("Enter");
  const items = panel.locator(".change-tree details li");
  await expect.poll(() => items.count(), patience).toBe(100);
  const more = panel.getByRole("button", { name: "Show all 1,000" });
  await more.focus();
  await page.keyboard.press("Enter");
  await expect.poll(() => items.count(), patience).toBe(1000);
  expect(await page.evaluate(() => document.activeElement?.closest("li") !== null)).toBe(true);
  await screenshot(page, "layers-thousand");
});

it("shows what a running container writes, and leaves as a picture", async () => {
  screenshotIfFailed(page);
  await page.getByRole("tab", { name: "Terminal 1" }).click();
  await terminal.run(
    "docker run -d --name crew ship:1 sh -c 'sleep 6; echo log > /log; echo new >> /lamp; sleep 1000'",
    120_000,
  );
  await page.getByRole("tab", { name: "Layers" }).click();
  const panel = panelOf();
  await choose("crew");
  await panel.getByRole("button", { name: /Writable layer.*1 added, 1 changed/ }).waitFor({ timeout: 60_000 });
  await panel.getByRole("button", { name: "log", exact: true }).waitFor();
  await screenshot(page, "layers-container");
  const svg = await save("Save as SVG");
  expect(svg.name).toBe("crew.svg");
  expect(svg.bytes.toString()).toContain("Writable layer of the container");
  const png = await save("Save as PNG");
  expect(png.name).toBe("crew.png");
  expect(png.bytes.subarray(1, 4).toString()).toBe("PNG");
  // Twice as wide as the SVG, which is 760.
  expect(png.bytes.readUInt32BE(16)).toBe(1520);
});

it("passes axe in the light and in the dark, beside each other and under each other", async () => {
  screenshotIfFailed(page);
  const panel = panelOf();
  await panel.getByLabel("Compare with").selectOption({ label: "ship:3" });
  await panel
    .getByRole("region", { name: "Only in crew" })
    .getByRole("button", { name: /rm \/rope/ })
    .click();
  const svg = await save("Save as SVG");
  expect(svg.name).toBe("crew-ship-3.svg");
  await figureOf().scrollIntoViewIfNeeded();
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    const results = await page.evaluate<AxeResults>("axe.run()");
    const serious = results.violations.filter(({ impact }) => impact === "serious" || impact === "critical");
    expect(serious.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ html }) => html) }))).toEqual([]);
  }
  await screenshot(page, "layers-comparison-dark");
  await page.setViewportSize({ width: 390, height: 844 });
  await page.getByRole("button", { name: "Sandbox" }).click();
  await screenshot(page, "layers-narrow");
  const boxes = await Promise.all(
    ["Only in crew", "Only in ship:3"].map((name) => panel.getByRole("region", { name }).boundingBox()),
  );
  expect(boxes[1]?.y).toBeGreaterThanOrEqual((boxes[0]?.y ?? 0) + (boxes[0]?.height ?? 0));
  await page.getByRole("button", { name: "Text", exact: true }).click();
  await figureOf().scrollIntoViewIfNeeded();
  await screenshot(page, "layers-figure-narrow");
  expect(complaints).toEqual([]);
});

async function build(tag: string, dockerfile: string): Promise<void> {
  await terminal.run(`printf '${dockerfile}' | docker build -q -t ${tag} -`, 240_000);
}

async function choose(label: string): Promise<void> {
  await panelOf().getByLabel("Layers of").selectOption({ label });
}

function selected(chooser: string): Promise<string> {
  return panelOf()
    .getByLabel(chooser)
    .evaluate((select: HTMLSelectElement) => select.selectedOptions[0]?.text ?? "");
}

function copied(): Promise<string> {
  return page.evaluate(() => navigator.clipboard.readText());
}

async function save(button: string): Promise<{ name: string; bytes: Buffer }> {
  const saved = page.waitForEvent("download");
  await panelOf().getByRole("button", { name: button }).click();
  const download = await saved;
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
}
