import { readFileSync } from "node:fs";
import { glob } from "node:fs/promises";
import { createRequire } from "node:module";
import { gzipSync } from "node:zlib";
import type { AxeResults } from "axe-core";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { siteFolder } from "../../src/server/build-site.ts";
import { openVisit, screenshot, type Visit } from "../e2e/browser.ts";

// The pages as they are before any machine: readers with "save data" set are asked before it loads.

const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
/** In frames of other sites there is each lesson once more: one stands for all of them. */
const embedded = ["/embed/sandbox/", "/embed/containers/first-image/", "/embed/containers/first-image/sandbox/"];
const paths: string[] = [];
for await (const file of glob("**/*.html", { cwd: siteFolder })) {
  const path = `/${file.replace(/(^|\/)index\.html$/, "$1")}`;
  // A stage is the text of its lesson, which is looked at as a lesson.
  if (/^present(?:er)?\//.test(file) && !file.includes("/first-image/")) continue;
  if (!file.startsWith("embed/") || embedded.includes(path)) paths.push(path);
}
const lessonPath = paths.find((path) => path.startsWith("/learn/") && path.includes("first-image")) ?? "";
const sandboxPaths = paths.filter((path) => path === "/playground/" || path === lessonPath);

/** Lessons whose like is looked at in full: the first, and the one with all components. */
const lookedAt = [lessonPath, "/learn/authors/components/"];
const isLikeAnother = (path: string) =>
  /^\/(learn|run-here)\/[^/]+\/[^/]+\/$/.test(path) && !path.endsWith("/done/") && !lookedAt.includes(path);

const inTurn = { concurrent: false };

let visit: Visit;

beforeAll(async () => {
  visit = await openVisit();
});

afterAll(() => visit[Symbol.asyncDispose]());

it("finds the home page, the first lesson, the playground and a page for lost readers in the built site", () => {
  expect(paths).toEqual(
    expect.arrayContaining(["/", "/playground/", "/404.html", expect.stringContaining("first-image"), ...embedded]),
  );
});

/** Pages side by side, as a page that loads keeps no core busy; what is asked of one comes in turn, in one window as wide as is said. */
describe.concurrent.each(paths)("%s", (path) => {
  let page: Page;
  let complaints: string[];

  beforeAll(async () => {
    ({ page, complaints } = await visit.openPage());
    await saveData(page);
    await page.addInitScript(axeSource);
    await page.goto(path, { waitUntil: "networkidle" });
  });

  afterAll(() => page.context().close());

  it("loads without a complaint of the browser", inTurn, ({ expect }) => {
    expect(complaints).toEqual([]);
  });

  it.for(isLikeAnother(path) ? (["dark"] as const) : (["light", "dark"] as const))(
    "has no serious accessibility violation in %s colours",
    inTurn,
    async (colorScheme, { expect }) => {
      await page.emulateMedia({ colorScheme });
      await screenshot(
        page,
        `page-${path.replaceAll(/[/.]+/g, "-").replaceAll(/^-|-$/g, "") || "home"}-${colorScheme}`,
      );
      const results = await page.evaluate<AxeResults>("axe.run()");
      const serious = results.violations.filter(({ impact }) => impact === "serious" || impact === "critical");
      expect(serious.map(({ id, help, nodes }) => ({ id, help, nodes: nodes.map(({ html }) => html) }))).toEqual([]);
    },
  );

  if (!isLikeAnother(path)) {
    it("lets the keyboard reach every link, button and field that is shown", inTurn, async ({ expect }) => {
      expect(await unreachedByTab(page)).toEqual([]);
    });
  }

  it.for([
    ["wide", { width: 1440, height: 900 }],
    ["narrow", { width: 390, height: 844 }],
  ] as const)("fits a %s window without scrolling sideways", inTurn, async ([, viewport], { expect }) => {
    await page.setViewportSize(viewport);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(viewport.width);
  });

  it("is readable with JavaScript off", inTurn, async ({ expect }) => {
    const { page: plain } = await visit.openPage({ javaScriptEnabled: false });
    await plain.goto(path);
    expect(await plain.getByRole("heading", { level: 1 }).count()).toBe(1);
    expect((await plain.getByRole("main").innerText()).length).toBeGreaterThan(80);
    await plain.context().close();
  });
});

describe.each(sandboxPaths)("%s", (path) => {
  it("does not move when the sandbox arrives", async () => {
    const { page } = await visit.newPage();
    await page.addInitScript(observeLayoutShift);
    await page.goto(path);
    await page.locator(".xterm").first().waitFor();
    await page.waitForLoadState("networkidle");
    expect(await page.evaluate(() => (window as unknown as { layoutShift: number }).layoutShift)).toBeLessThan(0.05);
    await page.context().close();
  });

  it("asks before it loads a machine when the reader saves data", async () => {
    const { page } = await visit.newPage();
    const machineRequests: string[] = [];
    page.context().on("request", (request) => {
      if (/\/machine\/.*\.(zst|bin|wasm)/.test(request.url())) machineRequests.push(request.url());
    });
    await saveData(page);
    await page.goto(path, { waitUntil: "networkidle" });
    await page.getByRole("button", { name: /start/i }).first().waitFor();
    expect(machineRequests).toEqual([]);
    await page.context().close();
  });
});

it("needs at most 60 KB of compressed JavaScript on a lesson page before the sandbox", async () => {
  const { page } = await visit.newPage();
  const bodies: Promise<Buffer>[] = [];
  page.on("response", (response) => {
    if (response.request().resourceType() === "script") bodies.push(response.body());
  });
  await saveData(page);
  await page.goto(lessonPath, { waitUntil: "networkidle" });
  const bytes = (await Promise.all(bodies)).reduce((sum, body) => sum + gzipSync(body).byteLength, 0);
  expect(bytes).toBeGreaterThan(0);
  expect(bytes).toBeLessThanOrEqual(60_000);
  await page.context().close();
});

async function saveData(page: Page): Promise<void> {
  await page.addInitScript(() => {
    Object.defineProperty(navigator, "connection", { value: Object.assign(new EventTarget(), { saveData: true }) });
  });
}

function observeLayoutShift(): void {
  const counter = window as unknown as { layoutShift: number };
  counter.layoutShift = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries() as (PerformanceEntry & { value: number })[])
      counter.layoutShift += entry.value;
  }).observe({ type: "layout-shift", buffered: true });
}

/** What can be operated, is shown, and was not focused on a walk through the page by Tab. */
async function unreachedByTab(page: Page): Promise<string[]> {
  const count = await page.evaluate(() => {
    const operable = document.querySelectorAll<HTMLElement>(
      "a[href], button, input, select, textarea, summary, [tabindex='0']",
    );
    const shown = [...operable].filter(
      (element) =>
        element.tabIndex >= 0 &&
        !element.matches(":disabled, [inert] *") &&
        element.checkVisibility({ visibilityProperty: true }),
    );
    const groups = new Set<string>();
    for (const element of shown) {
      // Tab comes to a group of radio buttons once; the arrow keys go on from there.
      if (element instanceof HTMLInputElement && element.type === "radio") {
        if (groups.has(element.name)) continue;
        groups.add(element.name);
      }
      element.dataset.unreached = "";
      element.addEventListener("focus", () => delete element.dataset.unreached);
    }
    return shown.length;
  });
  for (let presses = 0; presses < count + 2; presses++) await page.keyboard.press("Tab");
  return page.evaluate(() =>
    [...document.querySelectorAll("[data-unreached]")].map((element) => element.outerHTML.slice(0, 120)),
  );
}
