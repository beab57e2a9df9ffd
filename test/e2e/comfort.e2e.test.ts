// Over 250 lines because all of it is done on one machine, which takes its time to boot.
import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type { AxeResults } from "axe-core";
import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openVisit, screenshot, screenshotIfFailed, type Visit } from "./browser.ts";
import { terminalOf, type TerminalScreen } from "./terminal.ts";

const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const lesson = "/learn/containers/first-image/";

let visit: Visit;

beforeAll(async () => {
  visit = await openVisit();
});

afterAll(() => visit[Symbol.asyncDispose]());

describe("a page without a machine", () => {
  let page: Page;
  let complaints: string[];

  beforeAll(async () => {
    ({ page, complaints } = await visit.openPage());
    // Then it asks before it starts one.
    await page.addInitScript(() => {
      Object.defineProperty(navigator, "connection", { value: Object.assign(new EventTarget(), { saveData: true }) });
    });
    await page.addInitScript(axeSource);
    await page.goto(lesson, { waitUntil: "networkidle" });
  });
  beforeEach(() => screenshotIfFailed(page));
  afterAll(() => page.context().close());

  it("runs a command from its palette by keyboard alone, and gives the keyboard back", async () => {
    const home = page.getByRole("link", { name: "Drydock" });
    await home.focus();
    await page.keyboard.press("Control+k");
    const palette = page.getByRole("dialog", { name: "Search and commands" });
    const field = palette.getByRole("combobox");
    await field.waitFor();
    expect(await isFocused(field)).toBe(true);
    await screenshot(page, "comfort-palette");
    await seeNoViolation(page);
    const before = await groundOf(page);
    await page.keyboard.type("ligt and dark");
    const option = palette.getByRole("option", { name: "Switch between light and dark" });
    await option.waitFor();
    expect(await option.getAttribute("aria-selected")).toBe("true");
    expect(await field.getAttribute("aria-activedescendant")).toBe(await option.getAttribute("id"));
    await page.keyboard.press("Enter");
    await palette.waitFor({ state: "detached" });
    await expect.poll(() => groundOf(page)).not.toBe(before);
    expect(await isFocused(home)).toBe(true);
    await page.getByRole("button", { name: "Switch between light and dark" }).click();
  });

  it("finds a step of another lesson by its words, shows the passage, and goes there", async () => {
    await page.keyboard.press("/");
    const palette = page.getByRole("dialog", { name: "Search and commands" });
    await palette.getByRole("combobox").fill("delete a file");
    const found = palette.getByRole("group", { name: "In the lessons" }).getByRole("option").first();
    await found.waitFor();
    expect(await found.innerText()).toMatch(/^Delete a file/);
    expect((await palette.locator("mark").allInnerTexts()).some((word) => /delete/i.test(word))).toBe(true);
    await screenshot(page, "comfort-search");
    await page.keyboard.press("Enter");
    await page.waitForURL(/#(step-)?[\w-]+$/);
    const id = new URL(page.url()).hash.slice(1);
    await expect
      .poll(() => page.locator(`[id="${id}"]`).evaluate((place) => Math.abs(place.getBoundingClientRect().top)))
      .toBeLessThan(200);
  });

  it("has the same search as a page, whose address keeps the words", async () => {
    await page.goto("/search/?q=docker+history");
    const results = page.getByRole("main").getByRole("listitem");
    await results.first().waitFor();
    await page
      .getByRole("status")
      .getByText(/passages? (of|for).*“docker history”/)
      .waitFor();
    await screenshot(page, "comfort-search-page");
    await seeNoViolation(page);
    await page.getByRole("searchbox").fill("xyzzyplugh");
    await page.getByText("No lesson has “xyzzyplugh”").waitFor();
    expect(new URL(page.url()).searchParams.get("q")).toBe("xyzzyplugh");
    await page.goto(lesson, { waitUntil: "networkidle" });
  });

  it("lists its shortcuts, goes to steps by single keys, and turns these off for good", async () => {
    await page.getByRole("link", { name: "Drydock" }).focus();
    await page.keyboard.press("n");
    await expect.poll(() => focusedText(page)).toBe("Run a container");
    await page.keyboard.press("n");
    await expect.poll(() => focusedText(page)).toBe("Look at it while it runs");
    await page.keyboard.press("p");
    await expect.poll(() => focusedText(page)).toBe("Run a container");

    await page.keyboard.press("?");
    const sheet = page.getByRole("dialog", { name: "Keyboard shortcuts" });
    await sheet.getByText("Run the next command of this step").waitFor();
    await screenshot(page, "comfort-shortcuts");
    await seeNoViolation(page);
    await sheet.getByRole("switch", { name: "Shortcuts of a single key" }).uncheck();
    await page.keyboard.press("Escape");
    await sheet.waitFor({ state: "detached" });
    await page.reload({ waitUntil: "networkidle" });
    await page.getByRole("link", { name: "Drydock" }).focus();
    await page.keyboard.press("n");
    await page.keyboard.press("?");
    // What is pressed after them is heard: so were they.
    await page.keyboard.press("Control+k");
    await page.getByRole("dialog", { name: "Search and commands" }).waitFor();
    expect(await page.getByRole("dialog").count()).toBe(1);
    await page.keyboard.press("Escape");
    await expect.poll(() => focusedText(page)).toBe("Drydock");
    await page.evaluate(() => localStorage.removeItem("drydock:single-keys"));
  });

  it("has layouts, each with a width of its own, and keeps them with the size of type over a visit", async () => {
    await page.goto(lesson, { waitUntil: "networkidle" });
    const text = page.getByRole("main");
    const sandbox = page.locator("#sandbox");
    const separator = page.getByRole("separator", { name: "Width of the text" });
    expect(await separator.getAttribute("aria-valuenow")).toBe("42");
    await separator.focus();
    await page.keyboard.press("ArrowRight");
    expect(await separator.getAttribute("aria-valuenow")).toBe("44");

    await openView(page);
    await screenshot(page, "comfort-view");
    await seeNoViolation(page);
    const usual = await sizeOfType(page);
    await page.getByRole("button", { name: "Larger", exact: true }).click();
    await page.getByRole("button", { name: "Larger", exact: true }).click();
    await expect.poll(() => sizeOfType(page)).toBeCloseTo(usual * 1.25, 1);
    await page.getByRole("button", { name: /^Present/ }).click();
    await page.keyboard.press("Escape");
    await expect.poll(() => separator.getAttribute("aria-valuenow")).toBe("30");
    expect((await sandbox.boundingBox())?.width).toBeGreaterThan(950);
    await separator.focus();
    await page.keyboard.press("Home");
    await screenshot(page, "comfort-present");

    await page.reload({ waitUntil: "networkidle" });
    expect(await separator.getAttribute("aria-valuenow")).toBe("25");
    expect(await sizeOfType(page)).toBeCloseTo(usual * 1.25 * 1.15, 1);
    await openView(page);
    expect(await page.getByRole("button", { name: /^Present/ }).getAttribute("aria-pressed")).toBe("true");
    await page.getByRole("button", { name: /^Read/ }).click();
    await page.keyboard.press("Escape");
    await expect.poll(() => sandbox.isVisible()).toBe(false);
    expect((await text.boundingBox())?.width).toBeGreaterThan(1400);
    await screenshot(page, "comfort-read");
    await page.getByRole("button", { name: "Show the sandbox" }).click();
    await sandbox.waitFor();
    expect(await separator.getAttribute("aria-valuenow")).toBe("44");
  });

  it("works in a narrow window, where its bar scrolls to the panel that is chosen", async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    await page.getByRole("button", { name: "Sandbox" }).click();
    await page.getByRole("tab", { name: "Terminal 1" }).focus();
    await page.keyboard.press("End");
    const last = page.getByRole("tab", { selected: true });
    await expect.poll(async () => ((await last.boundingBox())?.x ?? 0) > 0).toBe(true);
    const menu = await page.locator(".machine-menu summary").boundingBox();
    expect(Math.round((menu?.x ?? 0) + (menu?.width ?? 0))).toBeLessThanOrEqual(390);
    await screenshot(page, "comfort-narrow");
    await page.getByRole("link", { name: "Search and commands" }).click();
    await page.getByRole("combobox").waitFor();
    await screenshot(page, "comfort-palette-narrow");
    await page.keyboard.press("Escape");
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    expect(complaints).toEqual([]);
  });
});

describe("a lesson with its machine", () => {
  let page: Page;
  let terminal: TerminalScreen;
  let complaints: string[];

  beforeAll(async () => {
    ({ page, complaints } = await visit.openPage({ permissions: ["clipboard-read", "clipboard-write"] }));
    await page.addInitScript(axeSource);
    await page.goto(lesson);
    terminal = terminalOf(page);
    await terminal.waitForPrompt(120_000);
  });
  beforeEach(() => screenshotIfFailed(page));

  it("leaves Ctrl+K to the shell, and opens its palette from there by Ctrl+Shift+P", async () => {
    await terminal.type("echo kept cut");
    for (let n = 0; n < 4; n++) await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("Control+k");
    // The line itself is another than it was before the key.
    expect((await terminal.enter()).split("\n").at(-1)).toBe("kept");
    expect(await page.getByRole("dialog").count()).toBe(0);
    await page.keyboard.press("Control+Shift+P");
    await page.getByRole("combobox").fill("terminal 2");
    await page.keyboard.press("Enter");
    await page.getByRole("tab", { name: "Terminal 2", selected: true }).waitFor();
    await page.keyboard.press("F6");
    await page.keyboard.press("1");
    await page.getByRole("tab", { name: "Terminal 1", selected: true }).waitFor();
  });

  it("lets a step be done with the keyboard alone: to it, its command run, ticked, and on to the next", async () => {
    await page.keyboard.press("F6");
    await page.keyboard.press("l");
    await page.keyboard.press("n");
    await expect.poll(() => focusedText(page)).toBe("Run a container");
    await page.keyboard.press("r");
    await page
      .locator('[data-step="run-a-container"][data-state="done"]')
      .waitFor({ state: "attached", timeout: 120_000 });
    await terminal.waitForPrompt(60_000);
    await page.keyboard.press("F6");
    await page.keyboard.press("l");
    await page.keyboard.press("n");
    await page.locator('[data-step="look-inside"][aria-current="step"]').waitFor({ state: "attached" });
  });

  it("shows a terminal below the layers, in which one types while they are seen, with a line that moves", async () => {
    await page.getByRole("tab", { name: "Layers" }).click();
    await page.getByRole("button", { name: "Terminal below" }).click();
    const below = page.getByRole("region", { name: "Terminal 1" });
    const line = page.getByRole("separator", { name: "Height of the terminal" });
    await line.focus();
    const before = (await below.boundingBox())?.height ?? 0;
    await page.keyboard.press("ArrowUp");
    await expect.poll(async () => (await below.boundingBox())?.height ?? 0).toBeGreaterThan(before + 20);
    expect(await line.getAttribute("aria-valuenow")).toBe("45");
    await terminal.run("docker build -q -t raft - <<< 'FROM busybox'", 240_000);
    const chooser = page.getByRole("tabpanel", { name: "Layers" }).getByLabel("Layers of");
    await chooser.locator("option", { hasText: "raft" }).waitFor({ state: "attached" });
    await screenshot(page, "comfort-below");
    await seeNoViolation(page);
    // What the text runs is typed below, and the layers stay.
    await page
      .getByRole("region", { name: "Look at it while it runs" })
      .getByRole("button", { name: "Run" })
      .nth(1)
      .click();
    await page.locator(".xterm-rows:visible > div").filter({ hasText: "docker ps" }).first().waitFor();
    expect(await chooser.isVisible()).toBe(true);
    await page.getByRole("button", { name: "Close the terminal below" }).click();
    await below.waitFor({ state: "hidden" });
    await page.getByRole("tab", { name: "Terminal 1" }).click();
    await terminal.waitForPrompt(60_000);
  });

  it("puts a file into a folder of the machine, and takes it and its folder out again, the same bytes", async () => {
    const bytes = Buffer.from(Uint8Array.from({ length: 300_000 }, (_, n) => (n * 31 + (n >> 8)) % 256));
    await page.locator(".machine-menu summary").click();
    await page.getByRole("button", { name: "Upload files to the machine…" }).click();
    const dialog = page.getByRole("dialog");
    await dialog
      .getByLabel("Files")
      .setInputFiles({ name: "crew.bin", mimeType: "application/octet-stream", buffer: bytes });
    await dialog.getByLabel("Into the folder").fill("/root/inbox");
    await screenshot(page, "comfort-upload");
    await seeNoViolation(page);
    const start = performance.now();
    await dialog.getByRole("button", { name: "Upload" }).click();
    await dialog.getByText("crew.bin is in /root/inbox now.").waitFor({ timeout: 60_000 });
    const uploaded = performance.now();
    await dialog.getByRole("button", { name: "Close" }).click();
    expect(await terminal.run("ls -l /root/inbox | awk '{print $5, $9}'")).toContain("300000 crew.bin");

    const taken = await download(page, "/root/inbox/crew.bin");
    expect(taken.name).toBe("crew.bin");
    expect(taken.content.equals(bytes)).toBe(true);
    console.log(`300 kB up in ${Math.round(uploaded - start)} ms, down in ${Math.round(taken.ms)} ms`);
    const folder = await download(page, "/root/inbox");
    expect(folder.name).toBe("inbox.tar.gz");
    expect([...folder.content.subarray(0, 2)]).toEqual([0x1f, 0x8b]);
  });

  it("takes files that are dropped on a terminal into the workspace, and says where they are", async () => {
    await page.locator(".terminal-panel:visible").evaluate((panel) => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File(["dropped\n"], "note.txt"));
      for (const type of ["dragover", "drop"]) {
        panel.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }));
      }
    });
    await page.getByText("note.txt is in /workspace now.").waitFor();
    expect(await terminal.run("cat note.txt")).toBe("dropped");
    await page.getByRole("button", { name: "Close" }).click();
  });

  it("copies the screen and pastes from the palette, and clears the terminal", async () => {
    await terminal.run("echo to-be-copied");
    await choose(page, "Copy from the terminal");
    await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toContain("to-be-copied");
    await page.evaluate(() => navigator.clipboard.writeText("echo pasted-by-act"));
    await choose(page, "Paste into the terminal");
    await page.locator(".xterm-rows:visible > div").filter({ hasText: "echo pasted-by-act" }).waitFor();
    expect((await terminal.enter()).split("\n").at(-1)).toBe("pasted-by-act");
    await choose(page, "Clear the terminal");
    await expect.poll(() => terminal.text()).not.toContain("pasted-by-act");
    await terminal.waitForPrompt(10_000);
  });

  it("makes the letters of the terminal larger with those of the text", async () => {
    const size = () =>
      page.locator(".xterm-rows:visible").evaluate((rows) => Number.parseFloat(getComputedStyle(rows).fontSize));
    expect(await size()).toBe(14);
    await choose(page, "Larger text and code");
    await expect.poll(size).toBe(16);
    await choose(page, "Usual size of text and code");
    await expect.poll(size).toBe(14);
    expect(complaints).toEqual([]);
  });
});

/** By the palette, from a terminal. */
async function choose(page: Page, title: string): Promise<void> {
  await page.locator(".xterm:visible textarea").first().focus();
  await page.keyboard.press("Control+Shift+P");
  const field = page.getByRole("dialog").getByRole("combobox");
  await field.fill(title);
  await page.getByRole("option", { name: title, selected: true }).waitFor();
  await page.keyboard.press("Enter");
  await field.waitFor({ state: "detached" });
}

async function download(page: Page, path: string): Promise<{ name: string; content: Buffer; ms: number }> {
  await choose(page, "Download from the machine…");
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("File or folder").fill(path);
  const start = performance.now();
  const [taken] = await Promise.all([
    page.waitForEvent("download"),
    dialog.getByRole("button", { name: "Download" }).click(),
  ]);
  const ms = performance.now() - start;
  await dialog.getByText("was given to your browser’s downloads.").waitFor();
  await dialog.getByRole("button", { name: "Close" }).click();
  return { name: taken.suggestedFilename(), content: await readFile(await taken.path()), ms };
}

async function openView(page: Page): Promise<void> {
  await page.getByRole("button", { name: "View" }).click();
  await page.getByRole("group", { name: "Layout" }).locator('[aria-pressed="true"]').waitFor();
}

function groundOf(page: Page): Promise<string> {
  return page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
}

function sizeOfType(page: Page): Promise<number> {
  return page
    .locator(".lesson > p")
    .first()
    .evaluate((text) => Number.parseFloat(getComputedStyle(text).fontSize));
}

function focusedText(page: Page): Promise<string> {
  return page.evaluate(() => document.activeElement?.textContent.trim() ?? "");
}

function isFocused(locator: Locator): Promise<boolean> {
  return locator.evaluate((element) => element === document.activeElement);
}

async function seeNoViolation(page: Page): Promise<void> {
  for (const colorScheme of ["dark", "light"] as const) {
    await page.emulateMedia({ colorScheme });
    const results = await page.evaluate<AxeResults>("axe.run()");
    const serious = results.violations.filter(({ impact }) => impact === "serious" || impact === "critical");
    expect(serious.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ html }) => html) }))).toEqual([]);
  }
}
