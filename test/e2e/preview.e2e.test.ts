// Over 250 lines because all of it is done on one machine, and the hostile page is part of it.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { AxeResults } from "axe-core";
import type { FrameLocator, Locator, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { openVisit, screenshot, screenshotIfFailed, type Visit } from "./browser.ts";
import { partitioningFlags } from "./chromium.ts";
import { terminalOf } from "./terminal.ts";

// One machine for all of them, in the order in which they stand here.

const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

let visit: Visit;
let page: Page;
let complaints: string[];
let panel: Locator;
/** The previewed page: in the bridge's frame, which is in the site's. */
let shown: FrameLocator;
/** Whether the browser lets the preview host have its service worker. */
let allowsWorkers = false;

beforeAll(async () => {
  visit = await openVisit(partitioningFlags);
  ({ page, complaints } = await visit.openPage());
  await page.addInitScript(axeSource);
  await page.context().exposeFunction("allowsWorkers", () => allowsWorkers);
  await page.context().addInitScript(mayRefuseWorkers);
  await page.goto("/playground/");
  panel = page.getByRole("tabpanel", { name: "Preview" });
  shown = panel.frameLocator("iframe").frameLocator("iframe");
  const terminal = terminalOf(page);
  await terminal.waitForPrompt(120_000);
  for (const [path, content] of Object.entries(files)) await writeFile(path, content);
  await terminal.run(
    "docker run -d --name web -p 8080:80 -v /workspace/site:/www busybox httpd -f -p 80 -h /www",
    120_000,
  );
});

afterAll(() => visit[Symbol.asyncDispose]());

it("shows only the page's HTML, says why, and what to do, where the preview host cannot be used", async () => {
  screenshotIfFailed(page);
  await page.getByRole("tab", { name: "Preview" }).click();
  const frame = panel.locator("iframe[sandbox='']");
  await panel.getByText("Limited preview").waitFor({ timeout: 60_000 });
  await panel.getByText("not today").waitFor();
  const limited = panel.frameLocator("iframe[sandbox='']");
  await limited.getByRole("heading", { name: "Harbour" }).waitFor();
  expect(await limited.locator("#api").innerText()).toBe("");
  expect(await limited.locator("script, link, a[href]").count()).toBe(0);
  expect(await frame.getAttribute("srcdoc")).toContain("Harbour");
  await screenshot(page, "preview-limited");
});

it("shows what a container serves: page, styles, script, data, links, paths and console messages", async () => {
  screenshotIfFailed(page);
  allowsWorkers = true;
  await panel.getByRole("button", { name: "Reload" }).click();
  await shown.locator("#api").filter({ hasText: "three ships" }).waitFor({ timeout: 60_000 });
  const heading = shown.getByRole("heading", { name: "Harbour" });
  expect(await heading.evaluate((element) => getComputedStyle(element).color)).toBe("rgb(1, 70, 120)");
  await panel.getByText("Console (2)").click();
  await panel.getByRole("listitem").filter({ hasText: 'ready {"ships":3}' }).waitFor();
  await panel.getByRole("listitem").filter({ hasText: "about 200" }).waitFor();
  await screenshot(page, "preview-page");

  // A link to an absolute path, then back; both by keyboard.
  await shown.getByRole("link", { name: "About" }).focus();
  await page.keyboard.press("Enter");
  await shown.getByRole("heading", { name: "About" }).waitFor();
  const path = panel.getByLabel("Path");
  await expect.poll(() => path.inputValue()).toBe("/about.html");
  await panel.getByRole("button", { name: "Back" }).focus();
  await page.keyboard.press("Enter");
  await heading.waitFor();
  await path.focus();
  await page.keyboard.press("Control+a");
  await page.keyboard.type("about.html?from=keyboard");
  await page.keyboard.press("Enter");
  await shown.getByRole("heading", { name: "About" }).waitFor();
  await expect.poll(() => path.inputValue()).toBe("/about.html?from=keyboard");

  // What changes in the container is there after a reload.
  await page.getByRole("tab", { name: "Terminal 1" }).click();
  await terminalOf(page).run("sed -i s/About/Changed/g /workspace/site/about.html");
  await page.getByRole("tab", { name: "Preview" }).click();
  await panel.getByRole("button", { name: "Reload" }).click();
  await shown.getByRole("heading", { name: "Changed" }).waitFor();
  expect(complaints).toEqual([]);
});

it("is readable and operable in light and dark, wide and narrow", async () => {
  screenshotIfFailed(page);
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    const results = await page.evaluate<AxeResults>("axe.run(document, { iframes: false })");
    const serious = results.violations.filter(({ impact }) => impact === "serious" || impact === "critical");
    expect(serious.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ html }) => html) }))).toEqual([]);
    await screenshot(page, `preview-${colorScheme}`);
  }
  await page.setViewportSize({ width: 390, height: 844 });
  await page.getByRole("button", { name: "Sandbox" }).click();
  await screenshot(page, "preview-narrow");
  await page.setViewportSize({ width: 1440, height: 900 });
});

it("waits for a server that starts late", async () => {
  screenshotIfFailed(page);
  await page.getByRole("tab", { name: "Terminal 1" }).click();
  await terminalOf(page).run(
    "docker run -d --name late -p 9000:80 -v /workspace/site:/www busybox sh -c 'sleep 15; httpd -f -p 80 -h /www'",
    120_000,
  );
  // As a link in a lesson would.
  await page.evaluate(() => (location.hash = "#panel=preview&of=9000"));
  await panel.getByRole("heading", { name: "Waiting for late on 9000" }).waitFor({ timeout: 60_000 });
  await screenshot(page, "preview-waiting");
  await shown.getByRole("heading", { name: "Harbour" }).waitFor({ timeout: 60_000 });
  expect(await panel.getByLabel("Port").inputValue()).toBe("9000");
});

it("keeps a hostile page from the site: its page, storage, cookies and machine", async () => {
  screenshotIfFailed(page);
  await page.evaluate(() => {
    document.cookie = "secret=of-the-site";
    localStorage.setItem("secret", "of-the-site");
  });
  const before = page.url().replace(/#.*/, "");
  const path = panel.getByLabel("Path");
  await path.fill(`/hostile.html?${new URL(visit.url).origin}`);
  await path.press("Enter");
  const report = shown.locator("#report[data-done]");
  await report.waitFor({ timeout: 60_000 });
  const said = JSON.parse(await report.innerText()) as Record<string, string>;
  await screenshot(page, "preview-hostile");
  expect(said).toEqual({
    "document of the page around it": "SecurityError",
    "document of the window": "SecurityError",
    "storage of the window": "SecurityError",
    "window to elsewhere": "SecurityError",
    "window to elsewhere by name": "null",
    cookies: "",
    storage: "",
    databases: "",
    "page of the site": "TypeError",
    "page of the site, unread": "TypeError",
    "service worker": "refused",
    "service worker for all": "refused",
    "engine's API": "403",
    "engine's API by name": "403",
    "port that nobody publishes": "403",
    "ports given for forged messages": "0",
  });
  expect(page.url().replace(/#.*/, "")).toBe(before);
  // The hostile page tried to frame the site.
  expect(page.frames().filter((frame) => frame.url().startsWith(visit.url))).toHaveLength(1);
  expect(
    await page.evaluate(() => [document.cookie, localStorage.getItem("secret"), localStorage.getItem("harm")]),
  ).toEqual(["secret=of-the-site", "of-the-site", null]);
  // The workbench goes on.
  await path.fill("/about.html");
  await path.press("Enter");
  await shown.getByRole("heading", { name: "Changed" }).waitFor();
});

it("opens in a window of its own, which says when the machine is gone", async () => {
  screenshotIfFailed(page);
  const opened = page.waitForEvent("popup");
  await panel.getByRole("button", { name: "Open in a new window" }).click();
  const popup = await opened;
  const inside = popup.frameLocator("iframe").frameLocator("iframe");
  await inside.getByRole("heading", { name: "Changed" }).waitFor({ timeout: 60_000 });
  await screenshot(popup, "preview-window");
  await page.goto("/about/");
  await popup.getByRole("alert").filter({ hasText: "The machine is gone" }).waitFor();
});

/** In the preview host's bridge: as browsers do that let frames of other hosts have no service worker. */
function mayRefuseWorkers(): void {
  if (!location.pathname.startsWith("/preview/bridge/")) return;
  const { serviceWorker } = navigator;
  const register = serviceWorker.register.bind(serviceWorker);
  serviceWorker.register = async (...about) => {
    const isAllowed = await (window as unknown as { allowsWorkers(): Promise<boolean> }).allowsWorkers();
    if (!isAllowed) throw new Error("not today");
    return register(...about);
  };
}

/** Pasted, as a reader would who has it from elsewhere; piece by piece, since the shell shows no more than its screen holds. */
async function writeFile(path: string, content: string): Promise<void> {
  const lines = content.split("\n");
  const terminal = terminalOf(page);
  for (let at = 0; at < lines.length; at += 10) {
    const piece = lines.slice(at, at + 10).join("\n");
    await paste(`mkdir -p "$(dirname ${path})" && cat ${at === 0 ? ">" : ">>"} ${path} <<'END'\n${piece}\nEND`);
    await vi.waitFor(async () => expect(await terminal.text()).toMatch(/END$/), { timeout: 30_000, interval: 100 });
    await terminal.enter();
  }
}

async function paste(text: string): Promise<void> {
  const keys = page.locator(".xterm:visible textarea").first();
  await keys.focus();
  await keys.evaluate((textarea, pasted) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", pasted);
    textarea.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
  }, text);
}

const files = {
  "/workspace/site/index.html": `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Harbour</title><link rel="stylesheet" href="/style.css"></head>
<body><h1>Harbour</h1><p id="api"></p><a href="/about.html">About</a><script src="/app.js"></script></body></html>`,
  "/workspace/site/style.css": "h1 { color: rgb(1, 70, 120); } body { font: 1rem/1.5 sans-serif; margin: 2rem; }",
  "/workspace/site/app.js": `fetch("/ships.json").then((answer) => answer.json()).then((ships) => {
  document.getElementById("api").textContent = ships.words;
  console.log("ready", { ships: ships.count });
  return fetch("http://localhost:8080/about.html");
}).then((about) => console.warn("about", about.status));`,
  "/workspace/site/ships.json": '{"count":3,"words":"three ships"}',
  "/workspace/site/about.html": "<!doctype html><html lang=en><title>About</title><h1>About</h1>",
  "/workspace/site/evil.js": "addEventListener('fetch', (event) => event.respondWith(new Response('harm')));",
  "/workspace/site/hostile.html": `<!doctype html><html lang="en"><title>Hostile</title><pre id="report"></pre><script src="/hostile.js"></script>`,
  "/workspace/site/hostile.js": hostileScript(),
};

/** What a page could try. It reports what came of each. */
function hostileScript(): string {
  return `const site = location.search.slice(1);
const said = {};
let given = 0;
addEventListener("message", (event) => { given += event.ports.length; });
async function attempt(name, act) {
  try { said[name] = String(await act()); } catch (error) { said[name] = error.name; }
}
(async () => {
  await attempt("document of the page around it", () => parent.parent.document.title);
  await attempt("document of the window", () => top.document.title);
  await attempt("storage of the window", () => top.localStorage.length);
  await attempt("window to elsewhere", () => { top.location.href = "about:blank"; });
  await attempt("window to elsewhere by name", () => open("about:blank", "_top"));
  await attempt("cookies", () => document.cookie);
  await attempt("storage", () => Object.keys(localStorage).join());
  await attempt("databases", async () => (await indexedDB.databases()).map(({ name }) => name).join());
  await attempt("page of the site", async () => (await fetch(site + "/")).status);
  await attempt("page of the site, unread", async () => (await fetch(site + "/", { mode: "no-cors" })).type);
  const frame = document.createElement("iframe");
  frame.src = site + "/playground/";
  const loaded = new Promise((resolve) => (frame.onload = resolve));
  document.body.append(frame);
  await loaded;
  const register = (...about) => navigator.serviceWorker.register(...about).then(() => "registered", () => "refused");
  await attempt("service worker", () => register("/~9000/evil.js", { scope: "/~9000/" }));
  await attempt("service worker for all", () => register("/evil.js", { scope: "/" }));
  await attempt("engine's API", async () => (await fetch("/~2375/containers/json")).status);
  await attempt("engine's API by name", async () => (await fetch("/~2375/_ping", { method: "POST", body: "x" })).status);
  await attempt("port that nobody publishes", async () => (await fetch("/~22/")).status);
  const nonce = new URLSearchParams(parent.location.hash.slice(1)).get("v");
  const show = { port: 2375, path: "/" };
  top.postMessage({ drydock: "preview-hello", nonce }, "*");
  top.postMessage({ drydock: "preview-window-asks" }, "*");
  top.postMessage({ kind: "page", place: show, console: "heard" }, "*");
  parent.postMessage({ drydock: "preview-welcome", nonce, show }, "*", [new MessageChannel().port1]);
  parent.postMessage({ drydock: "preview-console", said: { kind: "console", level: "<b>", text: 1 } }, "*");
  // An answer comes before that of a request through all of them.
  await fetch("/ships.json");
  await attempt("ports given for forged messages", () => given);
  const report = document.getElementById("report");
  report.textContent = JSON.stringify(said, null, 1);
  report.dataset.done = "";
})();`;
}
