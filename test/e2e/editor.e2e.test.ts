// Over 250 lines because one machine serves all of it: each part goes on with the files of the one before.
import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { gunzipSync } from "node:zlib";
import type { AxeResults } from "axe-core";
import { unpackTar } from "modern-tar";
import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { openVisit, screenshot, screenshotIfFailed, type Visit } from "./browser.ts";
import { lessonPageOf } from "./lesson-page.ts";
import { terminalOf, type TerminalScreen } from "./terminal.ts";

const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

let visit: Visit;
let page: Page;
let complaints: string[];
let terminal: TerminalScreen;
let panel: Locator;

beforeAll(async () => {
  visit = await openVisit();
  ({ page, complaints } = await visit.newPage());
  await page.addInitScript(axeSource);
  await page.goto("/learn/containers/dockerfile/");
  terminal = terminalOf(page);
  await terminal.waitForPrompt(120_000);
  panel = page.getByRole("tabpanel", { name: "Editor", exact: true });
});

beforeEach(() => screenshotIfFailed(page));

afterAll(() => visit[Symbol.asyncDispose]());

it("tells what is wrong in a Dockerfile, completes, explains and formats it", async () => {
  await showEditor();
  await panel.getByRole("button", { name: "New file" }).focus();
  await page.keyboard.press("Enter");
  await panel.getByRole("textbox", { name: "Name of the new file" }).waitFor();
  await page.keyboard.type("web/Dockerfile.dev");
  await page.keyboard.press("Enter");
  await isOpen("web/Dockerfile.dev");
  await expect.poll(() => focusIsIn(".monaco-editor")).toBe(true);
  await page.keyboard.type("FROM busybox\nEXEC echo hi\n");
  const count = panel.getByRole("button", { name: "1 problem" });
  await count.click();
  await panel.getByRole("button", { name: "Error Line 2 Unknown instruction: EXEC" }).click();
  await panel.locator(".squiggly-error").first().waitFor({ state: "attached" });
  await screenshot(page, "editor-problem");
  // The list put the cursor at the word.
  await page.keyboard.press("Control+Shift+ArrowRight");
  await page.keyboard.type("RUN");
  await panel.getByRole("button", { name: "No problems" }).waitFor();

  await page.keyboard.press("Control+End");
  await page.keyboard.type("WO");
  const offered = panel.locator(".suggest-widget.visible");
  await offered.getByText("WORKDIR", { exact: false }).first().waitFor();
  await screenshot(page, "editor-completion");
  await page.keyboard.press("Enter");
  await page.keyboard.type("/app\n   COPY . .");
  // Escape first leaves the completion, not the text.
  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+Home");
  await page.keyboard.press("Control+K");
  await page.keyboard.press("Control+I");
  await page.locator(".monaco-hover").getByText("Set the baseImage").waitFor();
  await screenshot(page, "editor-hover");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+End");
  await page.keyboard.press("Shift+Alt+F");
  await panel.getByText("Formatted", { exact: true }).waitFor();
  await panel.locator(".save-state").getByText("Saved", { exact: true }).waitFor();
  await showTerminal();
  expect(await terminal.run("clear; cat web/Dockerfile.dev")).toMatch(
    /^FROM busybox\nRUN echo hi\nWORKDIR \/app\nCOPY \. \.$/,
  );
});

it("follows the terminal in every tab, and keeps both sides of what is changed at once", async () => {
  await terminal.run("clear; echo start > shared.txt");
  await showEditor();
  await row("shared.txt").click();
  await isOpen("shared.txt");
  await row("show.sh").click();
  await isOpen("show.sh");
  expect(await panel.getByRole("tab").allTextContents()).toEqual(["Dockerfile.dev", "shared.txt", "show.sh"]);
  await showTerminal();
  await terminal.run(
    "clear; echo from-terminal > shared.txt; echo made > made.txt; (sleep 6; echo theirs > shared.txt) &",
  );
  await showEditor();
  await row("made.txt").waitFor();
  await panel.getByRole("tab", { name: "shared.txt" }).click();
  await panel.locator(".view-line").getByText("from-terminal").waitFor();

  await textOf("shared.txt").focus();
  const conflict = panel.getByRole("alert").filter({ hasText: "shared.txt was changed in the terminal" });
  // Whoever types without a pause has unsaved words when the other side writes.
  for (let keys = 0; keys < 400 && !(await conflict.isVisible()); keys++) {
    await page.keyboard.press("m");
    await page.waitForTimeout(50);
  }
  await panel.getByText("Not saved: it was changed in the terminal too").waitFor();
  await conflict.getByRole("button", { name: "Compare" }).click();
  await panel.locator(".solution-view .view-line").getByText("theirs").first().waitFor();
  await screenshot(page, "editor-conflict");
  await conflict.getByRole("button", { name: "Keep both" }).click();
  await panel.getByText("What you typed is in shared.txt.mine").waitFor();
  await showTerminal();
  expect(await terminal.run("clear; cat shared.txt; grep -c m shared.txt.mine")).toMatch(/theirs\n1$/);
});

it("takes files in and gives them out", async () => {
  await showEditor();
  await row("web").click();
  await row("web").click();
  await panel
    .locator("input[type=file]")
    .first()
    .setInputFiles([
      { name: "index.html", mimeType: "text/html", buffer: Buffer.from("<p>hello</p>\n") },
      { name: "site.css", mimeType: "text/css", buffer: Buffer.from("p { color: red }\n") },
    ]);
  await panel.getByText("2 files uploaded").waitFor();
  await row("index.html").waitFor();
  await panel
    .locator("input[type=file]")
    .first()
    .setInputFiles([{ name: "broken.json", mimeType: "application/json", buffer: Buffer.from('{\n  "a": \n}\n') }]);
  await row("broken.json").click();
  await panel.getByRole("button", { name: "1 problem" }).waitFor();
  await page.keyboard.press("F8");
  await panel.getByRole("button", { name: /^Error Line [23]/ }).waitFor();
  // Dropped on the tree, from the desktop; one of the names is taken.
  await panel.getByRole("tree").evaluate((tree) => {
    const data = new DataTransfer();
    data.items.add(new File(["replaced"], "made.txt"));
    data.items.add(new File(["dropped"], "dropped.txt"));
    for (const type of ["dragover", "drop"])
      tree.dispatchEvent(new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true }));
  });
  await panel.getByText("made.txt is already in /workspace.").waitFor();
  await screenshot(page, "editor-upload");
  await panel.getByRole("button", { name: "Leave them out" }).click();
  await panel.getByText("1 file uploaded").waitFor();

  await row("web").click();
  const saved = page.waitForEvent("download");
  await panel.getByRole("button", { name: "Download web" }).click();
  const download = await saved;
  expect(download.suggestedFilename()).toBe("web.tar.gz");
  const entries = await unpackTar(gunzipSync(await readFile(await download.path())));
  expect(entries.map(({ header }) => header.name)).toEqual([
    "web/Dockerfile.dev",
    "web/broken.json",
    "web/index.html",
    "web/site.css",
  ]);
  expect(new TextDecoder().decode(entries[2]?.data)).toBe("<p>hello</p>\n");
  await row("web").click();
});

it("moves by dragging, and is worked by keyboard alone, into the text and out of it", async () => {
  await row("dropped.txt").dragTo(row("web"));
  await expect.poll(() => row("dropped.txt").getAttribute("aria-level")).toBe("2");

  await row("dropped.txt").focus();
  await page.keyboard.press("F2");
  await panel.getByRole("textbox", { name: "New path of web/dropped.txt" }).fill("notes/moved.txt");
  await page.keyboard.press("Enter");
  await row("moved.txt").waitFor();
  await expect.poll(() => focusedName()).toBe("moved.txt");
  await page.keyboard.press("ArrowLeft");
  await expect.poll(() => focusedName()).toBe("notes");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Delete");
  await page.getByRole("alertdialog", { name: "Delete notes/moved.txt?" }).waitFor();
  await page.keyboard.press("Enter");
  await row("moved.txt").waitFor({ state: "detached" });
  await expect.poll(() => focusedName()).toBe("web");
  await page.keyboard.press("End");
  await page.keyboard.press("Enter");
  await expect.poll(() => focusIsIn(".monaco-editor")).toBe(true);

  await isOpen("tides.awk");
  const text = () => panel.locator(".editor-surface .view-lines").innerText();
  const before = await text();
  await page.keyboard.press("Control+Home");
  await page.keyboard.press("Tab");
  await expect.poll(text).not.toBe(before);
  await page.keyboard.press("Control+Z");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Tab");
  expect(await focusIsIn(".editor-surface")).toBe(false);
  for (let n = 0; n < 5 && !(await focusIsIn(".editor-surface")); n++) await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Shift+Tab");
  expect(await focusIsIn(".editor-bar, .editor-notices")).toBe(true);

  const tabs = panel.getByRole("tab");
  const open = await tabs.count();
  await panel.getByRole("tab", { selected: true }).focus();
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("Delete");
  await expect.poll(() => tabs.count()).toBe(open - 1);
  await expect.poll(() => focusIsIn(".editor-tabs")).toBe(true);
});

it("compares a file with the step's solution, which then counts as seen", async () => {
  const steps = await lessonPageOf(page).steps();
  const step = steps.find(({ id }) => id === "order");
  if (step === undefined) throw new Error("The lesson is expected to have a step “order”.");
  await step.region.getByRole("button", { name: /^Open this step/ }).click();
  await showEditor();
  await row("show.sh").click();
  await isOpen("show.sh");
  expect(await panel.getByRole("button", { name: "Compare with the solution" }).count()).toBe(0);
  await row("Dockerfile").click();
  await isOpen("Dockerfile");
  expect(await step.region.getByText("Solution seen").count()).toBe(0);
  await panel.getByRole("button", { name: "Compare with the solution" }).click();
  await panel.locator(".solution-view .view-line").getByText("COPY tides.awk .").first().waitFor();
  await step.region.getByText("Solution seen").waitFor();
  await screenshot(page, "editor-solution");
  await panel.getByRole("button", { name: "Close the comparison" }).press("Escape");
  await isOpen("Dockerfile");
});

it("has nothing that a person cannot use, in light and in dark", async () => {
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    expect(await seriousViolations()).toEqual([]);
  }
  await screenshot(page, "editor-dark");
});

it("is a plain text field on a narrow page, for fingers", async () => {
  await page.emulateMedia({ colorScheme: "light" });
  await page.setViewportSize({ width: 390, height: 844 });
  await page.getByRole("button", { name: "Sandbox", exact: true }).click();
  const field = panel.locator("textarea.plain-editor");
  await field.waitFor();
  await tap(panel.getByRole("button", { name: "Files" }));
  await screenshot(page, "editor-narrow-files");
  await tap(row("Dockerfile"));
  await expect.poll(() => field.getAttribute("aria-label")).toBe("Dockerfile");
  await tap(field);
  await page.keyboard.press("Control+End");
  await page.keyboard.type("OPEN 80\n");
  const count = panel.getByRole("button", { name: "1 problem" });
  await count.waitFor();
  // The list may be open from before.
  if ((await count.getAttribute("aria-expanded")) === "false") await tap(count);
  await panel.getByText("Unknown instruction: OPEN").waitFor();
  await panel.locator(".save-state").getByText("Saved", { exact: true }).waitFor();
  await screenshot(page, "editor-narrow");
  await tap(panel.getByRole("button", { name: "Compare with the solution" }));
  await panel.locator(".comparison-lines del").getByText("OPEN 80").waitFor();
  await screenshot(page, "editor-narrow-solution");
  expect(await seriousViolations()).toEqual([]);
  expect(complaints).toEqual([]);
});

async function showEditor(): Promise<void> {
  await page.getByRole("tab", { name: "Editor", exact: true }).click();
}

async function showTerminal(): Promise<void> {
  await page.getByRole("tab", { name: "Terminal 1" }).click();
}

function row(name: string): Locator {
  return panel.getByRole("treeitem", { name, exact: true });
}

/** Monaco's text has no size of its own. */
async function isOpen(path: string): Promise<void> {
  await textOf(path).waitFor({ state: "attached" });
}

function textOf(path: string): Locator {
  return panel.getByRole("textbox", { name: path, exact: true });
}

function focusIsIn(selector: string): Promise<boolean> {
  return page.evaluate((wanted) => document.activeElement?.matches(`:is(${wanted}) *`) === true, selector);
}

function focusedName(): Promise<string | null | undefined> {
  return page.evaluate(() => document.activeElement?.textContent);
}

/** As a finger does it. */
async function tap(what: Locator): Promise<void> {
  await what.scrollIntoViewIfNeeded();
  const box = await what.boundingBox();
  if (box === null) throw new Error("It is not on the page.");
  const devtools = await page.context().newCDPSession(page);
  const point = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  await devtools.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints: [point] });
  await devtools.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
  await devtools.detach();
}

async function seriousViolations() {
  const results = await page.evaluate<AxeResults>("axe.run()");
  const serious = results.violations.filter(({ impact }) => impact === "serious" || impact === "critical");
  return serious.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ html }) => html) }));
}
