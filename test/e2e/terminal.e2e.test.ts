import type { Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { openVisit, screenshotIfFailed, type Visit } from "./browser.ts";
import { terminalOf, type TerminalScreen } from "./terminal.ts";

let visit: Visit;
let page: Page;
let terminal: TerminalScreen;
let complaints: string[];

beforeAll(async () => {
  visit = await openVisit();
  ({ page, complaints } = await visit.newPage({ permissions: ["clipboard-read", "clipboard-write"] }));
  await page.goto("/playground/");
  terminal = terminalOf(page);
  await terminal.waitForPrompt(120_000);
});

beforeEach(() => screenshotIfFailed(page));

afterAll(() => visit[Symbol.asyncDispose]());

it("copies what is selected and pastes it, by the keys it names", async () => {
  await terminal.run("echo copied-word");
  const { x, y } = await placeOf("copied-word");
  await page.mouse.dblclick(x, y);
  await page.keyboard.press("Control+Shift+C");
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe("copied-word");

  await terminal.type("echo pasted ");
  await page.keyboard.press("Control+Shift+V");
  await lineWith("echo pasted copied-word").waitFor();
  expect(await terminal.enter()).toBe("pasted copied-word");
});

it("does not run what is pasted before Enter is pressed", async () => {
  await page.evaluate(() => navigator.clipboard.writeText("echo one\necho two\n"));
  await page.locator(".xterm:visible textarea").first().focus();
  await page.keyboard.press("Control+Shift+V");
  await lineWith("echo two").waitFor();
  expect(await lineWith(/^one/).count()).toBe(0);
  await page.keyboard.press("Control+C");
  await terminal.waitForPrompt(30_000);
});

it("opens a link to the web in a tab of its own, and says of one into the machine where it can be reached", async () => {
  await page.context().route("https://docs.example.org/**", (route) => route.fulfill({ body: "read me" }));
  await terminal.run("clear; echo https://docs.example.org/start");
  const [opened] = await Promise.all([page.context().waitForEvent("page"), follow("https://docs.example.org/start")]);
  await opened.waitForURL("https://docs.example.org/start");
  expect(await opened.evaluate(() => window.opener === null)).toBe(true);
  await opened.close();

  await terminal.run("clear; echo http://localhost:8080/page");
  await follow("http://localhost:8080/page");
  await page.getByText("http://localhost:8080/page is an address inside the machine").waitFor();
  await page.getByRole("button", { name: "Close" }).click();
});

it("finds text that has scrolled away", async () => {
  await terminal.run("echo needle; seq 200; clear -x 2>/dev/null; true");
  await page.keyboard.press("Control+Shift+F");
  await page.getByLabel("Search in the terminal").fill("needle");
  await lineWith(/^needle/).waitFor();
  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+L");
  await terminal.waitForPrompt(10_000);
});

it("tells a screen reader what is printed once it is asked to", async () => {
  const spoken = page.locator(".xterm:visible").first().locator(".xterm-accessibility");
  expect(await spoken.count()).toBe(0);
  await page.locator(".machine-menu summary").click();
  await page.getByLabel("Terminal for screen readers").check();
  await page.keyboard.press("Escape");
  await terminal.run("echo to be heard");
  await expect.poll(() => spoken.getByRole("listitem").allTextContents()).toContain("to be heard");
  await expect.poll(() => spoken.locator("[aria-live]").textContent()).toContain("to be heard");
  expect(complaints).toEqual([]);
});

function lineWith(text: string | RegExp) {
  return page.locator(".xterm-rows:visible > div").filter({ hasText: text });
}

/** Links of the terminal are places on its screen that answer while the pointer is over them. */
async function follow(address: string): Promise<void> {
  const { x, y } = await placeOf(address);
  // xterm.js looks for links anew when the pointer comes from another row.
  await page.mouse.move(x, y + 100);
  await page.mouse.move(x, y);
  await page.locator(".xterm-cursor-pointer:visible").waitFor();
  await page.mouse.click(x, y);
}

/** A point on the first letters of the last line that begins with `text`. The terminal's screen lies over its rows, so they cannot be clicked themselves. */
async function placeOf(text: string): Promise<{ x: number; y: number }> {
  const box = await page.locator(".xterm-rows:visible > div").getByText(text).last().boundingBox();
  if (box === null) throw new Error(`“${text}” is not on the screen`);
  return { x: box.x + 20, y: box.y + box.height / 2 };
}
