import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { chromium, type Browser, type BrowserContextOptions, type Page } from "playwright-core";
import { expect, onTestFailed } from "vitest";
import { siteFolder } from "../../src/server/build-site.ts";
import { serveFolder } from "../../src/server/static.ts";
import { chromiumFlags, headlessPath } from "./chromium.ts";

/** The built site behind the local server, and a browser without any history. */
export interface Visit extends AsyncDisposable {
  readonly url: string;
  readonly browser: Browser;
  /** A page of a new user; a screenshot is saved if the test fails; what the console and the browser complain about is collected in `complaints`. */
  newPage(options?: BrowserContextOptions): Promise<WatchedPage>;
  /** The same without the screenshot: for tests that run side by side, which `onTestFailed` cannot tell apart. */
  openPage(options?: BrowserContextOptions): Promise<WatchedPage>;
}

interface WatchedPage {
  readonly page: Page;
  readonly complaints: string[];
}

/** `flags` are the browser's, beside those of all tests. */
export async function openVisit(flags: readonly string[] = []): Promise<Visit> {
  if (!existsSync(headlessPath)) {
    throw new Error(
      `No Chromium at ${headlessPath}: run  sudo apt-get install chromium-headless-shell  or set CHROMIUM to its path`,
    );
  }
  const server = await serveFolder(siteFolder, 0);
  const browser = await chromium.launch({ executablePath: headlessPath, args: [...chromiumFlags, ...flags] });
  const openPage: Visit["openPage"] = async (options) => {
    const context = await browser.newContext({
      baseURL: server.url,
      viewport: { width: 1440, height: 900 },
      ...options,
    });
    const page = await context.newPage();
    return { page, complaints: collectComplaints(page) };
  };
  return {
    url: server.url,
    browser,
    openPage,
    async newPage(options) {
      const opened = await openPage(options);
      // A page that several tests share is opened outside of them; each of them calls this for itself.
      if (expect.getState().currentTestName !== undefined) screenshotIfFailed(opened.page);
      return opened;
    },
    async [Symbol.asyncDispose]() {
      await browser.close();
      await server[Symbol.asyncDispose]();
    },
  };
}

/** To be called in a test: saves what the learner sees should the test fail. */
export function screenshotIfFailed(page: Page): void {
  onTestFailed(({ task }) => screenshot(page, `failed-${task.name.replaceAll(/\W+/g, "-").slice(0, 80)}`));
}

/** Errors on the console, among them violations of the Content-Security-Policy, uncaught errors and failed requests. */
export function collectComplaints(page: Page): string[] {
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(`console: ${message.text()} (${message.location().url})`);
  });
  page.on("pageerror", (error) => complaints.push(`uncaught: ${error.stack ?? error.message}`));
  page.on("response", (response) => {
    if (response.status() >= 400) complaints.push(`${response.status()} for ${response.url()}`);
  });
  return complaints;
}

/** Saves what the learner sees under `test/results`. */
export async function screenshot(page: Page, name: string): Promise<void> {
  const folder = join(import.meta.dirname, "../results");
  await mkdir(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`) });
}
