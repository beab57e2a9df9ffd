import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { chromium, type Browser, type Page } from "playwright-core";
import { root } from "../../../src/server/build-site.ts";
import { chromiumFlags, chromiumPath } from "../../e2e/chromium.ts";
import { pageKinds } from "../../pages/page-kinds.ts";
import { weighPage, weightTypes } from "../../pages/weigh.ts";
import type * as WebVitals from "web-vitals";
import { openScope, type PartContext } from "../part.ts";
import { createThrottledProxy } from "../tab/throttled-proxy.ts";

/** What each kind of page weighs, and its Core Web Vitals, which Google's own library reads as it does for real readers. */
export async function measurePages(context: PartContext): Promise<void> {
  const { runs, mbit, ledger, url, held, versions } = context;
  const browser = await chromium.launch({
    executablePath: chromiumPath,
    args: chromiumFlags,
    handleSIGINT: false,
    handleSIGTERM: false,
  });
  held.defer(() => browser.close());
  versions.Chromium = browser.version();
  for (const { name, path } of pageKinds) {
    console.log(path);
    const fresh = await newPage(browser);
    const { requests, bytes } = await weighPage(fresh, url + path);
    await fresh.context().close();
    ledger.record(`page ${name} requests`, requests);
    for (const type of weightTypes) ledger.record(`page ${name} ${type}`, bytes[type] / 1000);
    for (let run = 0; run < runs; run++) {
      await using scope = openScope(context);
      const line = scope.held.use(await createThrottledProxy(Number(new URL(url).port), mbit));
      for (const [vital, value] of Object.entries(await readVitals(browser, line.url + path)))
        ledger.record(`page ${name} ${vital}`, value);
    }
  }
}

type Vitals = Partial<Record<"TTFB" | "LCP" | "CLS" | "INP", number>>;

async function readVitals(browser: Browser, url: string): Promise<Required<Vitals>> {
  const page = await newPage(browser);
  const library = await readFile(join(root, "node_modules/web-vitals/dist/web-vitals.iife.js"), "utf8");
  // What a script declares that is run before a page stays its own.
  await page.addInitScript({ content: `${library}\nglobalThis.webVitals = webVitals;` });
  await page.addInitScript(observe);
  await page.goto(url, { waitUntil: "load" });
  await page.waitForFunction(() => window.vitals.LCP !== undefined && window.vitals.TTFB !== undefined);
  await page.evaluate(() => document.fonts.ready);
  await interact(page);
  const vitals = await page.evaluate(() => window.vitals);
  await page.context().close();
  const { TTFB, LCP, CLS = 0, INP } = vitals;
  if (TTFB === undefined || LCP === undefined || INP === undefined)
    throw new Error(`The browser told no vitals of ${url}`);
  return { TTFB, LCP, CLS, INP };
}

/** What every page can do: its view menu, and the palette, which is loaded for it. */
async function interact(page: Page): Promise<void> {
  const menu = page.locator("#view-menu");
  await page.locator(".view-button").click();
  await menu.waitFor({ state: "visible" });
  await page.keyboard.press("Escape");
  await menu.waitFor({ state: "hidden" });
  await page.keyboard.press("Control+K");
  await page.getByRole("combobox").first().waitFor({ state: "visible" });
  await page.keyboard.type("docker");
  await page.waitForFunction(() => window.vitals.INP !== undefined);
}

async function newPage(browser: Browser): Promise<Page> {
  return (await browser.newContext({ viewport: { width: 1440, height: 900 } })).newPage();
}

declare global {
  interface Window {
    vitals: Vitals;
  }
}

declare const webVitals: typeof WebVitals;

/** Runs in the page, after the library. */
function observe(): void {
  window.vitals = {};
  const options = { reportAllChanges: true };
  const note = ({ name, value }: { name: string; value: number }): void => {
    window.vitals[name as keyof Vitals] = value;
  };
  webVitals.onTTFB(note, options);
  webVitals.onLCP(note, options);
  webVitals.onCLS(note, options);
  webVitals.onINP(note, { ...options, durationThreshold: 16 });
}
