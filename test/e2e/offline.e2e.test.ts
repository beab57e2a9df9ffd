// Over 250 lines because it is one reader's way through the times with and without a network, in one browser.
import { createHash } from "node:crypto";
import { cp, glob, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium, type Browser, type BrowserContext, type Locator, type Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { loadLessons } from "../lessons/choose-lessons.ts";
import { siteFolder } from "../../src/server/build-site.ts";
import { serveFolder, type StaticServer } from "../../src/server/static.ts";
import { collectComplaints, screenshot, screenshotIfFailed } from "./browser.ts";
import { chromiumFlags, headlessPath } from "./chromium.ts";
import { keyboardReader } from "./keyboard-reader.ts";
import { lessonPageOf } from "./lesson-page.ts";

/** The course that is kept, a lesson of it, the one after that, and a page that is not kept. */
const course = "containers";
const lessonPath = "/learn/containers/first-image/";
const nextPath = "/learn/containers/what-a-container-is/";
const otherPath = "/learn/authors/components/";
const minutes = 60_000;

let folder: string;
let server: StaticServer | undefined;
let port = 0;
let browser: Browser;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "drydock-offline-"));
  await cp(siteFolder, folder, { recursive: true });
  await startServer();
  browser = await chromium.launch({ executablePath: headlessPath, args: [...chromiumFlags] });
});

afterAll(async () => {
  await browser.close();
  await stopServer();
  await rm(folder, { recursive: true });
});

describe("a course that is made available offline", () => {
  let context: BrowserContext;
  let page: Page;
  let complaints: string[];

  beforeAll(async () => {
    context = await openContext();
    page = await context.newPage();
    complaints = collectComplaints(page);
  });

  beforeEach(() => screenshotIfFailed(page));

  afterAll(() => context.close());

  it("is fetched with its size and progress, can be paused, and says when it is ready", async () => {
    await page.goto("/");
    const place = courseOn(page);
    await place.getByText(/^2\d\d MB in this browser/).waitFor();
    await screenshot(page, "offline-1-offered");
    await place.getByRole("button", { name: "Make this course available offline" }).click();
    const progress = page.getByRole("progressbar", { name: /^Download of/ });
    await expect.poll(() => progress.getAttribute("value").then(Number), { timeout: minutes }).toBeGreaterThan(80e6);
    await place.getByText(/^\d+ MB of 2\d\d MB$/).waitFor();
    await screenshot(page, "offline-2-progress");
    await place.getByRole("button", { name: "Pause" }).click();
    await place.getByText("Paused. What has come is kept.").waitFor();

    await page.reload();
    await place.getByText(/^Not complete yet: \d+ MB to go/).waitFor();
    const before = new Set(await keptParts(page));
    expect(before.size).toBeGreaterThan(20);
    const fetched: string[] = [];
    context.on("request", (request) => fetched.push(/\/parts\/(\w+)/.exec(request.url())?.[1] ?? ""));
    await place.getByRole("button", { name: "Go on" }).click();
    await place.getByText(/^Ready offline \(2\d\d MB\)/).waitFor({ timeout: 5 * minutes });
    expect(fetched.length).toBeGreaterThan(20);
    expect(fetched.filter((hash) => before.has(hash))).toEqual([]);
    await screenshot(page, "offline-3-ready");
    expect(complaints).toEqual([]);
  });

  it("works to its end by keyboard alone with the network cut and the server gone, and other pages say what is here", async () => {
    await page.goto(lessonPath);
    await context.setOffline(true);
    await stopServer();
    await page.reload();
    const lesson = lessonPageOf(page);
    await lesson.terminal.waitForPrompt(120_000);
    await screenshot(page, "offline-4-prompt");
    const steps = await lesson.steps();
    const whole = (await loadLessons()).find(({ id }) => lessonPath === `/learn/${id}/`);
    if (!whole) throw new Error(`There is no lesson at ${lessonPath}`);
    expect(steps.map(({ id }) => id)).toEqual(whole.steps.map(({ id }) => id));
    const reader = keyboardReader(page, whole);
    for (const [index, step] of whole.steps.entries()) {
      expect(await Promise.all(steps.map((each) => each.isDone()))).toEqual(steps.map((_, other) => other < index));
      await reader.solve(step);
    }
    await screenshot(page, "offline-5-finished");

    // By the router, with the machine running on; a pull from the catalogue, whose layers nobody has asked for before.
    await page
      .getByRole("article")
      .getByRole("link", { name: /^Next lesson/ })
      .click();
    await page.waitForURL(`**${nextPath}`);
    await lesson.terminal.waitForPrompt(minutes);
    expect(await lesson.terminal.run("clear; docker pull -q redis", 5 * minutes)).toContain("library/redis");

    await page.goto("/search/?q=volume");
    await page.getByRole("main").getByRole("listitem").first().waitFor();

    // Both by the router and by itself.
    await page.goto("/#lessons");
    await page.getByRole("link", { name: "Every component once" }).click();
    await page.getByRole("heading", { name: "This page is not kept here" }).waitFor();
    await page.goto(otherPath);
    await page.getByRole("heading", { name: "This page is not kept here" }).waitFor();
    await expect.poll(() => page.getByRole("main").getByRole("listitem").count()).toBeGreaterThan(15);
    await screenshot(page, "offline-6-not-kept");
    await page.getByRole("main").getByRole("link", { name: "Playground" }).click();
    await page.waitForURL("**/playground/");
    await lesson.terminal.waitForPrompt(120_000);
  });

  it("is offered a new version as a whole, never mixes two, and is complete in the new one", async () => {
    await publishNextVersion(folder);
    await startServer();
    await context.setOffline(false);
    await page.goto(nextPath);
    const second = await context.newPage();
    await second.goto("/");
    expect(await versionsOn(page)).toEqual([["1"], ["1"]]);
    const offer = page.getByRole("status").filter({ hasText: "A new version of this site is here." });
    await offer.waitFor({ timeout: minutes });
    await screenshot(page, "offline-7-update");
    // The old one goes on until the reader says so, over reloads and without a network.
    await page.reload();
    expect(await versionsOn(page)).toEqual([["1"], ["1"]]);
    // A page that is not kept comes from the network, as a whole, although the link to it is followed by the router.
    await second.getByRole("link", { name: "Every component once" }).click();
    await second.waitForURL(`**${otherPath}`);
    await expect.poll(() => versionsOn(second)).toEqual([["2"], ["2"]]);
    await second.goBack();
    await expect.poll(() => versionsOn(second)).toEqual([["1"], ["1"]]);

    await offer.getByRole("button", { name: "Update" }).click();
    await expect.poll(() => versionsOn(page).catch(() => []), { timeout: minutes }).toEqual([["2"], ["2"]]);
    // The other tab is still one of before; what it follows is loaded as a whole.
    expect(await versionsOn(second)).toEqual([["1"], ["1"]]);
    await second.getByRole("link", { name: "Playground" }).first().click();
    await second.waitForURL("**/playground/");
    await expect.poll(() => versionsOn(second)).toEqual([["2"], ["2"]]);
    await second.close();

    await context.setOffline(true);
    await page.goto("/your-work/");
    expect(await versionsOn(page)).toEqual([["2"], ["2"]]);
    await courseOn(page)
      .getByText(/^Ready offline/)
      .waitFor();
    await page.goto(lessonPath);
    expect(await versionsOn(page)).toEqual([["2"], ["2"]]);
    await context.setOffline(false);
    expect((await cacheNames(page)).filter((name) => name.startsWith("drydock-site-"))).toHaveLength(1);
  });

  it("says what the browser has cleared of it, and fetches only that again", async () => {
    const hash = await page.evaluate(async () => {
      const name = (await caches.keys()).find((each) => each.startsWith("drydock-image-")) ?? "";
      const cache = await caches.open(name);
      const [first] = await cache.keys();
      if (first) await cache.delete(first);
      return first?.url.replace(/.*\//, "");
    });
    await page.goto("/glossary/");
    const notice = page.getByRole("status").filter({ hasText: "is no longer complete for use without a network" });
    await notice.waitFor();
    await screenshot(page, "offline-8-lost");
    await notice.getByRole("button", { name: "Look at it" }).click();
    const place = courseOn(page);
    await place.getByText(/to be complete again/).waitFor();
    const fetched: string[] = [];
    context.on("request", (request) => {
      if (/\/machine\/(parts|files)\//.test(request.url())) fetched.push(request.url());
    });
    await place.getByRole("button", { name: "Complete it" }).click();
    await place.getByText(/^Ready offline/).waitFor({ timeout: minutes });
    expect(fetched).toHaveLength(1);
    expect(await keptParts(page)).toContain(hash);
  });

  it("can be removed, and what it took is gone", async () => {
    await courseOn(page)
      .getByRole("button", { name: /^Remove/ })
      .click();
    await courseOn(page)
      .getByText(/^Removed/)
      .waitFor();
    await courseOn(page).getByRole("button", { name: "Make this course available offline" }).waitFor();
    const names = await cacheNames(page);
    expect(names.filter((name) => /image|catalogue|offline/.test(name))).toEqual([]);
    expect(await keptPages(page)).toEqual(["/offline/"]);
    await screenshot(page, "offline-9-removed");
  });
});

describe("a browser without enough room", () => {
  let context: BrowserContext;
  let page: Page;

  beforeAll(async () => {
    context = await openContext();
    page = await context.newPage();
  });

  beforeEach(() => screenshotIfFailed(page));

  afterAll(() => context.close());

  // What Chromium tells of the room is no more than a guess, so that it finds out in the middle.
  it("keeps what has come when the room ends in the middle, says what to do, and goes on from there", async () => {
    await page.goto("/your-work/");
    const place = courseOn(page);
    await place.getByText(/MB in this browser/).waitFor();
    const devtools = await context.newCDPSession(page);
    const origin = originOfServer();
    await place.getByRole("button", { name: "Make this course available offline" }).click();
    await expect.poll(() => keptParts(page).then(({ length }) => length), { timeout: minutes }).toBeGreaterThan(10);
    await devtools.send("Storage.overrideQuotaForOrigin", { origin, quotaSize: 1e6 });
    await place
      .getByText(/^There is no room left in this browser. What has come is kept/)
      .waitFor({ timeout: minutes });
    await place.getByText(/^Not complete yet/).waitFor();
    expect((await keptParts(page)).length).toBeGreaterThan(10);
    await screenshot(page, "offline-10-full");

    await devtools.send("Storage.overrideQuotaForOrigin", { origin });
    await place.getByRole("button", { name: "Go on" }).click();
    await place.getByText(/^Ready offline/).waitFor({ timeout: 5 * minutes });
  });
});

it("keeps the lessons that were opened, without being asked to, and nothing of the machine beyond what it has used", async () => {
  const context = await openContext();
  const page = await context.newPage();
  screenshotIfFailed(page);
  await page.goto(lessonPath);
  await lessonPageOf(page).terminal.waitForPrompt(120_000);
  await expect.poll(() => keptPages(page), { timeout: minutes }).toContain(lessonPath);
  await page.goto(nextPath);
  // What the machine has loaded is kept a moment after it is used: a page that goes at once may lose it.
  await lessonPageOf(page).terminal.waitForPrompt(120_000);
  await expect.poll(() => keptPages(page), { timeout: minutes }).toContain(nextPath);
  await context.setOffline(true);
  await page.goto(lessonPath);
  await lessonPageOf(page).terminal.waitForPrompt(120_000);
  await page.goto(otherPath);
  await page.getByRole("heading", { name: "This page is not kept here" }).waitFor();
  await page.getByRole("main").getByRole("listitem").first().waitFor();
  await context.close();
});

async function startServer(): Promise<void> {
  server = await serveFolder(folder, port);
  port = server.port;
}

async function stopServer(): Promise<void> {
  await server?.[Symbol.asyncDispose]();
  server = undefined;
}

function originOfServer(): string {
  return `http://127.0.0.1:${port}`;
}

function openContext(): Promise<BrowserContext> {
  return browser.newContext({ baseURL: originOfServer(), viewport: { width: 1440, height: 900 } });
}

function courseOn(page: Page): Locator {
  return page.locator(`offline-course[data-id="${course}"]`);
}

function cacheNames(page: Page): Promise<string[]> {
  return page.evaluate(() => caches.keys());
}

/** Hashes of the machine's files. */
function keptParts(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const name = (await caches.keys()).find((each) => each.startsWith("drydock-image-"));
    if (name === undefined) return [];
    return (await (await caches.open(name)).keys()).map(({ url }) => url.replace(/.*\//, ""));
  });
}

/** Paths of the site's pages. */
function keptPages(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const names = (await caches.keys()).filter((each) => each.startsWith("drydock-site-"));
    const keys = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
    return keys.flat().flatMap(({ url }) => (url.endsWith("/") ? [new URL(url).pathname] : []));
  });
}

/** Which versions the page itself, and all that was loaded for it, are of. */
function versionsOn(page: Page): Promise<string[][]> {
  return page.evaluate(() => {
    const meta = document.querySelector<HTMLMetaElement>('meta[name="drydock-version"]')?.content ?? "";
    const style = getComputedStyle(document.documentElement).getPropertyValue("--built-as") || "1";
    const script = document.documentElement.dataset.builtAs ?? "1";
    return [[meta.startsWith("2222") ? "2" : "1"], [...new Set([style.trim(), script])]];
  });
}

/**
 * Makes of a built site the next one: pages, a style with a hash in its name and a script without have changed, and the style of before is gone, as on
 * a host that was given a new folder.
 */
async function publishNextVersion(site: string): Promise<void> {
  const listPath = join(site, "site-files.json");
  const list = JSON.parse(await readFile(listPath, "utf8")) as {
    version: string;
    shared: { path: string; sha256?: string }[];
  };
  const next = "2".repeat(list.version.length);
  const style = list.shared.find(({ path }) => /^_astro\/Page\..*\.css$/.test(path))?.path ?? "";
  const renamed = style.replace(/\.[^.]*\.css$/, ".22222222.css");
  const early = `${await readFile(join(site, "early.js"), "utf8")}\ndocument.documentElement.dataset.builtAs = "2";\n`;
  await writeFile(join(site, "early.js"), early);
  const hash = createHash("sha256").update(early).digest("hex");
  const entry = list.shared.find(({ path }) => path === "early.js");
  await writeFile(listPath, JSON.stringify(list).replaceAll(entry?.sha256 ?? "", hash));
  await rename(join(site, style), join(site, renamed));
  await writeFile(join(site, renamed), `${await readFile(join(site, renamed), "utf8")}\n:root{--built-as:2}`);
  for await (const file of glob("{**/*.html,*.json,offline-worker.js,_astro/*.js}", { cwd: site })) {
    const text = await readFile(join(site, file), "utf8");
    const changed = text.replaceAll(list.version, next).replaceAll(style, renamed);
    if (changed !== text) await writeFile(join(site, file), changed);
  }
}
