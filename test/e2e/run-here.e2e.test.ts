import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { AxeResults } from "axe-core";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openVisit, screenshot, type Visit } from "./browser.ts";
import { standInForVendor } from "./stand-in-vendor.ts";
import { terminalOf } from "./terminal.ts";

const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const path = "/run-here/containers/why-containers/";
const lessonPath = "/learn/containers/why-containers/";

let visit: Visit;

beforeAll(async () => {
  visit = await openVisit();
});

afterAll(() => visit[Symbol.asyncDispose]());

describe("without a machine, as readers who save data are asked before one loads", () => {
  it("is isolated, as no other page is, whichever way one goes, and asks no other host", async () => {
    const { page, complaints } = await openSavingData();
    const elsewhere: string[] = [];
    page.on("request", (request) => {
      if (!request.url().startsWith(visit.url)) elsewhere.push(request.url());
    });
    const isIsolated = () => page.evaluate(() => crossOriginIsolated);
    await page.goto(lessonPath);
    expect(await isIsolated()).toBe(false);
    await page.getByRole("link", { name: "Run it in both places" }).click();
    await page.getByRole("heading", { level: 1, name: "The shop in Node.js" }).waitFor();
    await page.getByRole("button", { name: "Run it here" }).waitFor();
    expect(await isIsolated()).toBe(true);
    expect(await page.evaluate(() => performance.getEntriesByType("resource").length)).toBeGreaterThan(3);
    await page.getByRole("link", { name: "Back to “Why containers”" }).click();
    await page.waitForURL(`**${lessonPath}`);
    await page.getByRole("link", { name: "Run it in both places" }).waitFor();
    expect(await isIsolated()).toBe(false);
    await page.goBack();
    await page.getByRole("button", { name: "Run it here" }).waitFor();
    expect(await isIsolated()).toBe(true);
    await page.getByRole("link", { name: "About" }).click();
    await page.waitForURL("**/about/");
    expect(await isIsolated()).toBe(false);
    expect(elsewhere).toEqual([]);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it("tells by keyboard that StackBlitz cannot be reached, and what runs the app instead", async () => {
    const { page } = await openSavingData();
    await page.addInitScript(axeSource);
    await page.goto(path);
    await page.getByRole("button", { name: "Run it here" }).focus();
    await page.keyboard.press("Enter");
    const failure = page.getByRole("alert", { name: "StackBlitz cannot be reached" });
    await failure.waitFor({ timeout: 10_000 });
    expect(await failure.innerText()).toMatch(/docker run --rm -v \/workspace\/app:\/app .* node node server\.mjs/);
    await screenshot(page, "run-here-unreachable");
    expect(await seriousViolations(page)).toEqual([]);
    await screenshot(page, "run-here-unreachable-dark");
    // The keyboard is where it was, and the way out comes next.
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("Try again");
    await page.keyboard.press("Tab");
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("Run it in the sandbox instead");
    await page.setViewportSize({ width: 390, height: 844 });
    await failure.scrollIntoViewIfNeeded();
    await screenshot(page, "run-here-unreachable-narrow");
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    await page.context().close();
  });

  it("tells that one is offline, and tries again when told to", async () => {
    const { page } = await openSavingData();
    await page.goto(path);
    await page.getByRole("button", { name: "Run it here" }).waitFor();
    await page.context().setOffline(true);
    await page.getByRole("button", { name: "Run it here" }).click();
    await page.getByRole("alert", { name: "You are offline" }).waitFor();
    await page.context().setOffline(false);
    await page.getByRole("button", { name: "Try again" }).click();
    await page.getByRole("alert", { name: "StackBlitz cannot be reached" }).waitFor();
    await page.context().close();
  });

  it.each([
    ["WebAssembly is turned off", "delete globalThis.WebAssembly"],
    ["Your browser does not share memory", "delete globalThis.SharedArrayBuffer"],
    [
      "Your browser does not isolate this page",
      "Object.defineProperty(globalThis, 'crossOriginIsolated', { value: false })",
    ],
  ])("tells: %s", async (title, script) => {
    const { page } = await openSavingData();
    await page.addInitScript(script);
    await page.goto(path);
    await page.getByRole("button", { name: "Run it here" }).click();
    await page.getByRole("alert", { name: title }).waitFor();
    await page.context().close();
  });

  it("tells when the host sends no headers, and when it sends a policy that is too narrow", async () => {
    const { page } = await openSavingData();
    const serve = (change: (headers: Record<string, string>) => Record<string, string>) =>
      page.route(`**${path}`, async (route) => {
        const response = await route.fetch();
        await route.fulfill({ response, headers: change(response.headers()) });
      });
    const run = async () => {
      await page.goto(path);
      await page.getByRole("button", { name: "Run it here" }).click();
    };
    await serve(({ "cross-origin-embedder-policy": _, ...headers }) => headers);
    await run();
    await page.getByRole("alert", { name: "This site’s host does not isolate this page" }).waitFor();
    await page.unrouteAll();
    await serve((headers) => ({
      ...headers,
      "content-security-policy": (headers["content-security-policy"] ?? "").replaceAll("https://stackblitz.com", ""),
    }));
    await run();
    await page.getByRole("alert", { name: "This site’s policy blocks StackBlitz" }).waitFor();
    await page.context().close();
  });

  it("runs the app by the vendor's own module, shows what it prints and its page, and stops it", async () => {
    const { page, complaints } = await openSavingData();
    await page.addInitScript(axeSource);
    await standInForVendor(page.context());
    const asked: string[] = [];
    page.on("request", (request) => {
      if (request.url().includes("stackblitz.com")) asked.push(request.url());
    });
    await page.goto(path);
    await page.getByRole("button", { name: "Run it here" }).waitFor();
    expect(asked).toEqual([]);
    await page.getByRole("button", { name: "Run it here" }).click();
    await page.getByText("The app runs in this tab, without a container.").waitFor();
    const output = page.getByRole("log", { name: "What the app prints" });
    expect(await output.innerText()).toBe(
      "node server.mjs on order.txt server.mjs\nisolated: true, ?coep=require-corp&version=1.6.4\n",
    );
    await page.frameLocator("iframe.run-here-preview").getByText("To pay: 366").waitFor();
    await screenshot(page, "run-here-running");
    expect(await seriousViolations(page)).toEqual([]);
    await page.getByRole("button", { name: "Stop" }).click();
    await page.getByText("Stopped.", { exact: true }).waitFor();
    expect(await page.locator("iframe.run-here-preview").count()).toBe(0);
    await page.getByRole("button", { name: "Run it again" }).click();
    await page.getByText("The app runs in this tab, without a container.").waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
  });
});

it("brings up the real machine on the isolated page, with the app's files in it, and types the app's start there", async () => {
  const { page } = await visit.newPage();
  await page.goto(path);
  const terminal = terminalOf(page);
  await terminal.waitForPrompt(120_000);
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  expect(await terminal.run("clear; ls app", 30_000)).toMatch(/order\.txt\s+server\.mjs/);
  await page.getByRole("button", { name: "Run it here" }).click();
  await page.getByRole("button", { name: "Run it in the sandbox instead" }).click();
  // That the engine fetches the image shows that the site's files reach the worker of an isolated page.
  await page.waitForFunction(
    () => document.querySelector(".xterm-rows")?.textContent.includes("latest: Pulling from library/node"),
    undefined,
    { timeout: 60_000 },
  );
  await screenshot(page, "run-here-instead");
});

async function openSavingData() {
  const opened = await visit.newPage();
  await opened.page.addInitScript(() => {
    Object.defineProperty(navigator, "connection", { value: Object.assign(new EventTarget(), { saveData: true }) });
  });
  return opened;
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
