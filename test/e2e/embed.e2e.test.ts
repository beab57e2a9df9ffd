import type { Frame, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { serveFolder } from "../../src/server/static.ts";
import { openVisit, screenshot, screenshotIfFailed, type Visit } from "./browser.ts";
import { partitioningFlags } from "./chromium.ts";
import { hear, heardBy, say, serveHostPage, serveWithoutHeaders, siteWithHosts } from "./embedding.ts";

// The site is on 127.0.0.1, and the sites that embed it are on localhost: to the browser another site, and each port another origin.

const lesson = "/embed/containers/first-image/";
const sandbox = "/embed/sandbox/";

const open = new AsyncDisposableStack();
let visit: Visit;
/** Where the site is served with the headers that it asks for, and where without. */
let site: string;
let bareSite: string;
/** The origins that may show frames and run commands, that may only show them, and that may do neither. */
let runner: string;
let viewer: string;
let stranger: string;

beforeAll(async () => {
  visit = open.use(await openVisit(partitioningFlags));
  const hosts = [];
  for (let n = 0; n < 3; n++) hosts.push(`http://localhost:${open.use(await serveHostPage()).port}`);
  [runner = "", viewer = "", stranger = ""] = hosts;
  const { folder } = open.use(await siteWithHosts({ frame: [runner, viewer], run: [runner] }));
  site = open.use(await serveFolder(folder, 0)).url;
  bareSite = `http://127.0.0.1:${open.use(await serveWithoutHeaders(folder)).port}`;
});

afterAll(() => open.disposeAsync());

describe("a lesson in a page of a site that may run commands", () => {
  let page: Page;
  let frame: Frame;
  let complaints: string[];

  beforeAll(async () => {
    ({ page, complaints } = await visit.openPage());
    frame = await embed(page, runner, site + lesson);
  });

  afterAll(() => page.context().close());

  it("says that it is there, and what it is", async () => {
    screenshotIfFailed(page);
    const ready = await hear(page, "ready");
    expect([ready.lesson, ready.title]).toEqual(["containers/first-image", "Build and run your first image"]);
    expect(ready.steps[0]).toEqual({ id: "run-a-container", title: "Run a container" });
    await hear(page, "step", { id: "run-a-container", state: "current" });
    await hear(page, "machine", { phase: "ready" }, 120_000);
  });

  it("leaves the page around where it is, and the keyboard in it", async () => {
    screenshotIfFailed(page);
    const around = () => page.evaluate(() => [scrollY, document.activeElement?.tagName]);
    expect(await around()).toEqual([0, "BODY"]);
    await say(page, { kind: "open", step: "look-inside" });
    await hear(page, "step", { id: "look-inside", state: "current" });
    await say(page, { kind: "open", step: "run-a-container" });
    expect(await around()).toEqual([0, "BODY"]);
  });

  it("runs what its host asks for, and tells of the step that it ticks", async () => {
    screenshotIfFailed(page);
    const command = await frame.locator("[data-step='run-a-container'] .solution pre").textContent();
    await say(page, { kind: "run", command: command?.trim() });
    expect(await hear(page, "ran", {}, 120_000)).toMatchObject({ command: command?.trim(), terminal: 1, exitCode: 0 });
    await hear(page, "step", { lesson: "containers/first-image", id: "run-a-container", state: "done" }, 30_000);
    await screenshotFrame(page, "embed-lesson");
    await frame
      .locator(".xterm-rows")
      .first()
      .getByText(/^Hello from a container/)
      .waitFor();

    expect(new Set((await heardBy(page, site)).map(({ kind }) => kind))).toEqual(
      new Set(["here", "ready", "machine", "step", "ran"]),
    );
  });

  it("is usable in a narrow page, and in the dark", async () => {
    screenshotIfFailed(page);
    await page.emulateMedia({ colorScheme: "dark" });
    await screenshotFrame(page, "embed-lesson-dark");
    for (const [name, width] of [
      ["medium", 800],
      ["narrow", 390],
    ] as const) {
      await page.setViewportSize({ width, height: 844 });
      await screenshotFrame(page, `embed-lesson-${name}`);
      expect(await frame.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
    }
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.emulateMedia({ colorScheme: "light" });
  });

  it("shows what a container serves", async () => {
    screenshotIfFailed(page);
    await say(page, {
      kind: "run",
      command: "docker run -d -p 8080:80 busybox sh -c 'mkdir /www; echo Ahoy > /www/index.html; httpd -f -h /www'",
    });
    await frame.getByRole("tab", { name: "Preview" }).click();
    const panel = frame.getByRole("tabpanel", { name: "Preview" });
    await panel.frameLocator("iframe").frameLocator("iframe").getByText("Ahoy").waitFor({ timeout: 120_000 });
    await screenshotFrame(page, "embed-preview");
    // A window of its own would not know the machine.
    expect(await frame.getByRole("button", { name: "Open in a new window" }).count()).toBe(0);
  });

  it("keeps links to other lessons in the frame, with the machine, and opens a tab for all others", async () => {
    screenshotIfFailed(page);
    await frame.getByRole("link", { name: "Next lesson" }).click();
    expect((await hear(page, "ready", { lesson: "containers/what-a-container-is" })).steps.length).toBeGreaterThan(2);
    expect(new URL(frame.url()).pathname).toBe("/embed/containers/what-a-container-is/");
    const phases = (await heardBy(page, site)).flatMap((message) =>
      message.kind === "machine" ? [message.phase] : [],
    );
    expect(phases.at(-1)).toBe("ready");
    const opened = page.waitForEvent("popup");
    await frame.getByRole("link", { name: "Open in Drydock" }).click();
    const tab = await opened;
    await tab.waitForURL(`${site}/learn/containers/what-a-container-is/`);
    // What is kept for a frame on another site is kept for it alone.
    const keptApart = () => window.opener === null && localStorage.getItem("drydock:progress:v1") === null;
    expect(await tab.evaluate(keptApart)).toBe(true);
    expect(await frame.evaluate(() => localStorage.getItem("drydock:progress:v1"))).toContain("run-a-container");
    await tab.close();
    expect(complaints).toEqual([]);
  });
});

describe("without a machine, as readers who save data are asked before one loads", () => {
  it("refuses to run a command for a site that may only show the frame", async () => {
    const { page } = await openSavingData();
    const frame = await embed(page, viewer, site + lesson);
    await hear(page, "machine", { phase: "waiting" });
    await say(page, { kind: "run", command: "docker ps" });
    expect(await hear(page, "refused")).toMatchObject({ of: "run", why: "not-allowed" });
    await frame.getByRole("button", { name: "Start the machine" }).waitFor();
    await page.context().close();
  });

  it("starts no machine because a site that may run commands has one", async () => {
    const { page } = await openSavingData();
    await embed(page, runner, `${site}/embed/containers/first-image/sandbox/`);
    await hear(page, "machine", { phase: "waiting" });
    await say(page, { kind: "run", command: "docker ps" });
    expect(await hear(page, "refused")).toMatchObject({ of: "run", why: "no-machine" });
    await screenshotFrame(page, "embed-sandbox");
    await page.setViewportSize({ width: 390, height: 844 });
    await screenshotFrame(page, "embed-sandbox-narrow");
    await page.context().close();
  });

  it("is refused by the browser on a site that may not show it", async () => {
    const { page, complaints } = await openSavingData();
    await page.goto(hostPage(stranger, site + lesson));
    await expect.poll(() => complaints.join("\n")).toMatch(/frame-ancestors/);
    expect(page.frames().filter((each) => each.url().startsWith(site))).toEqual([]);
    expect(await page.evaluate(() => (window as unknown as { heard: unknown[] }).heard)).toEqual([]);
    await screenshotFrame(page, "embed-refused-by-browser");
    await page.context().close();
  });

  it("refuses that by itself where the host sends no headers, and says why, with the way to the lesson", async () => {
    const { page } = await visit.newPage();
    const asked: string[] = [];
    page.on("request", (request) => asked.push(request.url()));
    const frame = await embed(page, stranger, bareSite + lesson);
    await frame.getByRole("heading", { name: "This lesson is not shown here" }).waitFor();
    await frame.getByText(`has not allowed ${stranger} to show it`).waitFor();
    expect(await frame.getByRole("link", { name: "Open in Drydock" }).getAttribute("href")).toBe(
      "/learn/containers/first-image/",
    );
    await screenshotFrame(page, "embed-refused-by-page");
    await page.waitForLoadState("networkidle");
    expect(asked.filter((url) => url.includes("/machine/"))).toEqual([]);
    expect(await frame.locator("#sandbox").count()).toBe(0);
    expect(await page.evaluate(() => (window as unknown as { heard: unknown[] }).heard)).toEqual([]);
    await page.context().close();
  });

  it("works where the host sends no headers, on a site that may show it", async () => {
    const { page } = await openSavingData();
    await embed(page, viewer, bareSite + sandbox);
    expect(await hear(page, "ready")).toMatchObject({ lesson: null, title: "Playground" });
    await hear(page, "machine", { phase: "waiting" });
    await page.context().close();
  });

  it("does not start while nobody can say who may show it, and tries again when told to", async () => {
    const { page } = await openSavingData();
    await page.route("**/embed/hosts.json", (route) => route.abort());
    const frame = await embed(page, viewer, site + lesson);
    const again = frame.getByRole("button", { name: "Try again" });
    await again.waitFor();
    await page.unrouteAll();
    await again.click();
    await hear(page, "ready");
    await page.context().close();
  });

  it("leads to the lesson's own page in place of running an app by WebContainers", async () => {
    const { page, complaints } = await openSavingData();
    const frame = await embed(page, viewer, `${site}/embed/containers/why-containers/`);
    await hear(page, "ready");
    const box = frame.getByRole("complementary", { name: /^Run it here first/ });
    const opened = page.waitForEvent("popup");
    await box.getByRole("link", { name: "Open the lesson in Drydock" }).click();
    const tab = await opened;
    await tab.waitForURL(`${site}/learn/containers/why-containers/`);
    expect(await frame.locator("a[href*='/run-here/']").count()).toBe(0);
    expect(new URL(frame.url()).pathname).toBe("/embed/containers/why-containers/");
    expect(complaints).toEqual([]);
    await page.context().close();
  });
});

it("keeps nothing, says so, and works where the browser refuses a frame all storage", async () => {
  const { page } = await visit.newPage();
  await page.context().addInitScript(refuseStorage);
  const frame = await embed(page, viewer, site + lesson);
  await hear(page, "machine", { phase: "ready" }, 120_000);
  await frame.getByText(/^Your files are not kept after this visit/).waitFor();
  await frame.getByRole("button", { name: "Skip this step" }).first().click();
  await hear(page, "step", { id: "run-a-container", state: "skipped" });
  await page.context().close();
});

async function embed(page: Page, host: string, address: string): Promise<Frame> {
  await page.goto(hostPage(host, address));
  const element = await page.waitForSelector("iframe");
  const frame = await element.contentFrame();
  if (frame === null) throw new Error(`${host} has no frame`);
  await frame.waitForURL(address);
  return frame;
}

/** Far from what is seen, a frame is not drawn. */
async function screenshotFrame(page: Page, name: string): Promise<void> {
  await page.locator("iframe").scrollIntoViewIfNeeded();
  const drawn = () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  for (const frame of page.frames()) if (!frame.url().startsWith("chrome-error:")) await frame.evaluate(drawn);
  await screenshot(page, name);
}

function hostPage(host: string, frame: string): string {
  return `${host}/?frame=${encodeURIComponent(frame)}`;
}

async function openSavingData() {
  const opened = await visit.newPage();
  await opened.page.context().addInitScript(() => {
    Object.defineProperty(navigator, "connection", { value: Object.assign(new EventTarget(), { saveData: true }) });
  });
  return opened;
}

/** As browsers do in which a reader has refused sites all storage. */
function refuseStorage(): void {
  if (!location.pathname.startsWith("/embed/")) return;
  const refuse = () => {
    throw new DOMException("Access is denied for this document.", "SecurityError");
  };
  for (const name of ["localStorage", "sessionStorage"]) Object.defineProperty(window, name, { get: refuse });
  const refuseLater = () => Promise.resolve().then(refuse);
  Object.defineProperty(IDBFactory.prototype, "open", { value: refuse });
  Object.defineProperty(CacheStorage.prototype, "open", { value: refuseLater });
  Object.defineProperty(LockManager.prototype, "request", { value: refuseLater });
}
