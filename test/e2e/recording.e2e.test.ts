import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { AxeResults } from "axe-core";
import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { outputsOf, readRecording, type Recording } from "../../src/lessons/recording.ts";
import { root } from "../../src/server/build-site.ts";
import { openVisit, screenshot, type Visit } from "./browser.ts";
import { terminalOf } from "./terminal.ts";

const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const id = "containers/first-image";
const lesson = `/learn/${id}/`;
const name = "Recording: Build and run your first image";
const file = "content/containers/01-first-image/recording.cast";

let visit: Visit;
let recording: Recording;

beforeAll(async () => {
  // As some privacy settings and Lockdown Mode do: nothing is compiled, and pages have no `WebAssembly` at all.
  visit = await openVisit(["--js-flags=--jitless"]);
  recording = readRecording(await readFile(join(root, file), "utf8"), file);
});

afterAll(() => visit[Symbol.asyncDispose]());

it("is offered where WebAssembly is off, says what it is, and is played, stopped and wound by keyboard alone", async () => {
  const { page, complaints } = await visit.newPage();
  await page.addInitScript(axeSource);
  await page.goto(lesson);
  expect(await page.evaluate(() => "WebAssembly" in globalThis)).toBe(false);
  await page.getByRole("heading", { name: "This browser cannot run the machine" }).waitFor();
  await screenshot(page, "recording-offered");
  await page.getByRole("button", { name: "Watch a recording instead" }).focus();
  await page.keyboard.press("Enter");
  const player = page.getByRole("region", { name });
  await player.waitFor();
  const date = new Date(recording.header.timestamp * 1000).toLocaleDateString("en-GB", {
    day: "numeric",
    month: "long",
    year: "numeric",
  });
  expect(await player.innerText()).toContain(
    `This is a recording, made on ${date} from the live machine. Nothing you see here is running now.`,
  );

  // The keyboard is where the recording is.
  await page.keyboard.press("Space");
  await player.getByRole("button", { name: "Pause" }).waitFor();
  await rowOf(player, /^Hello from a container$/).waitFor({ timeout: 30_000 });
  await page.keyboard.press("Space");
  await player.getByRole("button", { name: "Play", exact: true }).waitFor();
  await screenshot(page, "recording-playing");

  const position = player.getByRole("slider", { name: "Position" });
  // To where the command is typed.
  const at = Number(await position.inputValue());
  await page.keyboard.press("ArrowLeft");
  await expect.poll(async () => Number(await position.inputValue())).toBeLessThan(Math.max(at, 1));
  await page.keyboard.press("ArrowDown");
  await player.getByRole("status").getByText("Step 2 of 7: Look at it while it runs").waitFor();
  await page.keyboard.press("ArrowUp");
  await player.getByRole("status").getByText("Step 1 of 7: Run a container").waitFor();
  await page.keyboard.press("End");
  await player.getByRole("button", { name: "Play again" }).waitFor();
  await rowOf(player, /docker container prune/)
    .first()
    .waitFor();
  expect(await seriousViolations(page)).toEqual([]);
  await screenshot(page, "recording-end-dark");

  // Back to where it was opened.
  await player.getByRole("button", { name: "Close the recording" }).focus();
  await page.keyboard.press("Enter");
  await player.waitFor({ state: "detached" });
  expect(await focusedText(page)).toBe("Watch a recording instead");
  expect(complaints).toEqual([]);
  await page.context().close();
});

it("is there as text, with each command and what it truly printed", async () => {
  const { page } = await visit.newPage();
  await page.addInitScript(axeSource);
  const player = await openRecording(page);
  await player.getByText("Read it as text").click();
  const outputs = await outputsOf(recording);
  const printed = outputs.get("run-a-container 0");
  expect(printed).toBe("Hello from a container");
  const spoken = player.getByRole("region", { name: /^What “docker run busybox echo/ });
  expect(await spoken.innerText()).toBe(printed);
  const processes = player.getByRole("region", { name: "What “docker exec clock ps” printed" });
  expect(trimmed(await processes.innerText())).toBe(trimmed(outputs.get("look-inside 1") ?? ""));
  expect(await processes.innerText()).toMatch(/PID +USER/);
  expect(await player.getByRole("heading", { level: 3 }).allInnerTexts()).toEqual(
    recording.header.drydock.steps.map(({ title }) => title),
  );
  await player.getByRole("heading", { level: 3 }).first().scrollIntoViewIfNeeded();
  await screenshot(page, "recording-text");
  expect(await seriousViolations(page)).toEqual([]);
  await page.context().close();
});

it("goes from the end of a command to that of the next where motion is not wanted", async () => {
  const { page } = await visit.newPage({ reducedMotion: "reduce" });
  const player = await openRecording(page);
  await page.keyboard.press("Space");
  // At once, not letter by letter.
  await rowOf(player, /^Hello from a container$/).waitFor({ timeout: 2000 });
  await page.keyboard.press("Space");
  await player.getByRole("button", { name: "Go on" }).click();
  await rowOf(player, /^[0-9a-f]{64}$/).waitFor({ timeout: 2000 });
  await page.context().close();
});

it("fits a narrow window, and plays in the dark", async () => {
  const { page } = await visit.newPage({ viewport: { width: 390, height: 844 }, colorScheme: "dark" });
  await page.goto(lesson);
  await page.getByRole("button", { name: "Sandbox" }).click();
  await page.getByRole("button", { name: "Watch a recording instead" }).click();
  const player = page.getByRole("region", { name });
  await player.getByLabel("Step", { exact: true }).selectOption({ label: "4. Build it, and let it fail first" });
  await page.keyboard.press("Tab");
  await player.getByRole("status").getByText("Step 4 of 7").waitFor();
  await screenshot(page, "recording-narrow");
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  await page.context().close();
});

it("that does not come is said so, and comes when it is asked for again", async () => {
  // A service worker's own requests pass by what is routed here.
  const { page } = await visit.newPage({ serviceWorkers: "block" });
  await page.route("**/recordings/**", (route) => route.abort());
  await page.goto(lesson);
  await page.getByRole("button", { name: "Watch a recording instead" }).click();
  const alert = page.getByRole("alert").filter({ hasText: "The recording could not be loaded." });
  await alert.waitFor();
  await page.unrouteAll();
  await alert.getByRole("button", { name: "Try again" }).click();
  await page.getByText("This is a recording").waitFor();
  await page.context().close();
});

it("is said to be missing by a lesson that has none", async () => {
  const { page } = await visit.newPage();
  // As the page is built without one: the lessons here have theirs.
  await page.route("**/learn/containers/what-to-choose/", async (route) => {
    const response = await route.fetch();
    const html = await response.text();
    const without = html.replace(/ data-recording="[^"]*"/, "");
    expect(without).not.toBe(html);
    await route.fulfill({ response, body: without });
  });
  await page.goto("/learn/containers/what-to-choose/");
  await page.getByRole("heading", { name: "This browser cannot run the machine" }).waitFor();
  await page.getByText("There is no recording of this lesson.").waitFor();
  expect(await page.getByRole("button", { name: "Watch a recording instead" }).count()).toBe(0);
  await page.context().close();
});

it("stands in on the stage, where the talk's keys play it, command by command, and the slides lead it", async () => {
  const { page: stage, complaints } = await visit.newPage();
  await stage.goto(`/present/${id}/`);
  const player = stage.getByRole("region", { name });
  await player.getByText("This is a recording").waitFor();
  const presenter = await openPresenter(stage);
  await presenter.getByText("cannot run in this browser; a recording stands in").waitFor();
  await goToStep(stage, "run-a-container");
  await stage.keyboard.press("r");
  await rowOf(player, /^Hello from a container$/).waitFor({ timeout: 30_000 });
  await player.getByRole("button", { name: "Play", exact: true }).waitFor();
  await presenter.locator(".presenter-commands li[data-state=done]").first().waitFor();
  await screenshot(stage, "recording-stage");
  await screenshot(presenter, "recording-presenter");

  await goToStep(stage, "look-inside");
  await player.getByRole("status").getByText("Step 2 of 7").waitFor();
  // Who is in the recording has its keys; a clicker's are the stage's all the same.
  await player.locator(".recording-screens").focus();
  await stage.keyboard.press("ArrowDown");
  await player.getByRole("status").getByText("Step 3 of 7").waitFor();
  expect(await shownStep(stage)).toBe("look-inside");
  await goToStep(stage, "write-a-dockerfile");

  await player.getByRole("button", { name: "Close the recording" }).click();
  await stage.getByRole("heading", { name: "This browser cannot run the machine" }).waitFor();
  expect(complaints).toEqual([]);
  await stage.context().close();
});

it("of a demo is made from the presenter's window, and saved as a file that any player reads", async () => {
  await using live = await openVisit();
  const { page: stage, complaints } = await live.newPage();
  await stage.goto(`/present/${id}/`);
  const presenter = await openPresenter(stage);
  await goToStep(stage, "run-a-container");
  await terminalOf(stage).waitForPrompt(120_000);
  const section = presenter.getByRole("region", { name: "Recording" });
  await section.getByRole("button", { name: "Record this demo" }).click();
  await section.getByText("The terminals are being recorded").waitFor();
  await presenter.bringToFront();
  await presenter.keyboard.press("r");
  await presenter.getByText("ended with 0").waitFor({ timeout: 60_000 });
  await screenshot(presenter, "recording-demo");
  const saving = presenter.waitForEvent("download");
  await section.getByRole("button", { name: "Stop and save" }).click();
  const download = await saving;
  expect(download.suggestedFilename()).toMatch(/^containers-first-image-[\d-]+\.cast$/);
  const text = await readFile(await download.path(), "utf8");
  const demo = readRecording(text, "demo.cast");
  expect(demo.header).toMatchObject({ version: 2, title: "Build and run your first image" });
  expect(demo.header.drydock.lesson).toBe(id);
  expect((await outputsOf(demo)).get("run-a-container 0")).toBe("Hello from a container");
  // It can be saved once more, and another one made.
  await section.getByRole("button", { name: "Save as a file" }).waitFor();
  await section.getByRole("button", { name: "Record anew" }).waitFor();
  expect(complaints).toEqual([]);
});

async function openRecording(page: Page): Promise<Locator> {
  await page.goto(lesson);
  await page.getByRole("button", { name: "Watch a recording instead" }).click();
  const player = page.getByRole("region", { name });
  await player.getByRole("button", { name: "Play", exact: true }).waitFor();
  return player;
}

async function openPresenter(stage: Page): Promise<Page> {
  await stage.getByRole("button", { name: "Presenter’s window" }).waitFor();
  const opening = stage.context().waitForEvent("page");
  await stage.keyboard.press("w");
  return opening;
}

async function goToStep(stage: Page, step: string): Promise<void> {
  for (let presses = 0; presses < 20 && (await shownStep(stage)) !== step; presses++) {
    await stage.keyboard.press("PageDown");
    await stage.waitForTimeout(150);
  }
  expect(await shownStep(stage)).toBe(step);
}

async function shownStep(stage: Page): Promise<string | null> {
  const step = stage.locator(".stage-slides section.step:not([data-off])");
  return (await step.count()) === 0 ? null : step.first().getAttribute("data-step");
}

/** A row of the terminal that is shown. */
function rowOf(player: Locator, text: RegExp): Locator {
  return player.locator(".recording-screen[data-shown=true] .xterm-rows > div").filter({ hasText: text });
}

function focusedText(page: Page): Promise<string | null | undefined> {
  return page.evaluate(() => document.activeElement?.textContent);
}

function trimmed(text: string): string {
  return text.replaceAll(/\s+/g, " ").trim();
}

async function seriousViolations(page: Page) {
  const found: unknown[] = [];
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    const results = await page.evaluate<AxeResults>("axe.run()");
    const serious = results.violations.filter(({ impact }) => impact === "serious" || impact === "critical");
    found.push(...serious.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ html }) => html) })));
  }
  return found;
}
