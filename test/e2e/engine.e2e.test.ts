import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { AxeResults } from "axe-core";
import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openVisit, screenshot, type Visit } from "./browser.ts";
import { terminalOf } from "./terminal.ts";

const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

let visit: Visit;

beforeAll(async () => {
  visit = await openVisit();
});

afterAll(() => visit[Symbol.asyncDispose]());

it("maps the engine and what changes in it, and measures containers beside virtual machines", async () => {
  const { page, complaints } = await visit.newPage();
  await page.addInitScript(axeSource);
  await page.goto("/playground/");
  const terminal = terminalOf(page);
  await terminal.waitForPrompt(120_000);
  await terminal.run(
    "docker network create harbour && docker run -d --name web --network harbour -v hold:/data -p 8080:80 busybox httpd -f",
    120_000,
  );
  await terminal.run("docker run -d --name crew --network harbour busybox sleep 1000", 120_000);
  const kernel = (await terminal.run("uname -r")).trim();

  await page.getByRole("tab", { name: "Engine" }).click();
  const panel = page.getByRole("tabpanel", { name: "Engine" });
  const web = panel.getByRole("button", { name: /^web running / });
  await web.waitFor();
  const told =
    /^web running uses image busybox:latest, is on network harbour as 172\.\d+\.0\.\d+, mounts hold at \/data, publishes 8080 → 80$/;
  await panel.getByRole("button", { name: told }).waitFor();
  await panel.getByRole("button", { name: /^harbour bridge used by crew and web$/ }).waitFor();
  await panel.getByRole("button", { name: "Port 8080 → 80, published by web" }).waitFor();
  await panel.getByRole("button", { name: /^Daemon dockerd 26\.1.* · storage driver overlay2/ }).waitFor();
  await panel.getByRole("button", { name: /^Registry image catalogue/ }).waitFor();
  // A line for each of: two images, two networks, a volume, a port.
  await expect.poll(() => panel.locator(".map-lines path").count()).toBe(6);
  await screenshot(page, "engine-map");

  // By keyboard alone: into the map with Tab, with the arrows to what is sought, Enter.
  await panel.getByLabel("Find").focus();
  await tabTo(page, "[data-stop]");
  expect(await isFocused(panel.getByRole("button", { name: /^crew running/ }))).toBe(true);
  await page.keyboard.press("ArrowRight");
  expect(await isFocused(panel.getByRole("button", { name: /^harbour/ }))).toBe(true);
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("ArrowDown");
  expect(await isFocused(web)).toBe(true);
  await page.keyboard.press("Enter");
  const details = panel.getByRole("region", { name: "web", exact: true });
  await details.getByText("httpd -f").waitFor();
  const answer = details.getByRole("region", { name: /GET \/containers\/web\/json/ });
  expect(JSON.parse(await answer.innerText())).toMatchObject({ Name: "/web", State: { Status: "running" } });
  expect(await panel.getByRole("button", { name: /^web running/ }).getAttribute("aria-pressed")).toBe("true");
  await screenshot(page, "engine-chosen");
  await axe(page);

  // What is shown follows the events: nothing is pressed here but in the terminal.
  await details.getByRole("button", { name: "Run in terminal 1" }).click();
  await expect.poll(() => terminal.text(), { timeout: 60_000 }).toMatch(/"DNSNames": \[\s+"web",[^]*\n\]\n/);
  await terminal.waitForPrompt(60_000);
  await terminal.run("docker stop -t 0 web", 60_000);
  await page.getByRole("tab", { name: "Engine" }).click();
  const ended = panel.getByRole("button", { name: /^web exited 137 .*publishes no port$/ });
  await ended.waitFor({ timeout: 30_000 });
  await screenshot(page, "engine-exited");
  await page.getByRole("tab", { name: "Terminal 1" }).click();
  await terminal.type("sleep 3; docker rm web");
  await page.keyboard.press("Enter");
  await page.getByRole("tab", { name: "Engine" }).click();
  await ended.waitFor();
  await ended.waitFor({ state: "detached", timeout: 60_000 });
  await details.waitFor({ state: "detached" });
  await panel.getByRole("status").getByText("Container web is gone.").waitFor();

  const text = page.waitForEvent("download");
  await panel.getByRole("button", { name: "Save as SVG" }).click();
  expect((await text).suggestedFilename()).toBe("engine.svg");

  await page.getByRole("tab", { name: "Containers & VMs" }).click();
  const stacks = page.getByRole("tabpanel", { name: "Containers & VMs" });
  const containers = stacks.getByRole("region", { name: "Containers", exact: true });
  const crew = containers.getByRole("listitem").filter({ hasText: "crew" });
  await crew.waitFor({ timeout: 60_000 });
  const figures = await crew.innerText();
  expect(figures).toMatch(/running for \d+ (s|min)/);
  expect(amountIn(figures, "Memory")).toBeGreaterThan(0);
  expect(amountIn(figures, "Processes")).toBe(1);
  await containers.getByRole("heading", { name: `Linux ${kernel}` }).waitFor();
  const engine = containers.getByRole("listitem").filter({ hasText: "Docker Engine" });
  expect(amountIn(await engine.innerText(), "Memory")).toBeGreaterThan(10);
  const machines = stacks.getByRole("region", { name: "Virtual machines" });
  expect(await machines.getByRole("listitem").filter({ hasText: "The sandbox’s machine" }).innerText()).toMatch(
    /Start in this visit\s*\d+\.\d s \(fetching/,
  );
  await machines.getByText("does not run here now").waitFor();
  await stacks
    .getByRole("table")
    .getByRole("cell", { name: `the machine’s, ${kernel}` })
    .waitFor();
  await screenshot(page, "stacks");
  await axe(page);
  await screenshot(page, "stacks-dark");

  // A link leads to a thing on the map.
  await page.evaluate(() => (location.hash = "#panel=engine&of=busybox&with=image"));
  await panel
    .getByRole("region", { name: "busybox:latest" })
    .getByText("docker image inspect busybox:latest")
    .waitFor();
  await screenshot(page, "engine-dark");
  await page.emulateMedia({ colorScheme: "light" });
  await page.setViewportSize({ width: 390, height: 844 });
  await page.getByRole("button", { name: "Sandbox" }).click();
  await panel.getByRole("button", { name: /^crew running/ }).click();
  await panel.getByRole("region", { name: "crew", exact: true }).getByText("sleep 1000").waitFor();
  await screenshot(page, "engine-narrow");
  await page.evaluate(() => (location.hash = "#panel=stacks"));
  await crew.waitFor();
  await screenshot(page, "stacks-narrow");
  expect(complaints).toEqual([]);
});

async function axe(page: Page): Promise<void> {
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    const results = await page.evaluate<AxeResults>("axe.run()");
    const serious = results.violations.filter(({ impact }) => impact === "serious" || impact === "critical");
    expect(serious.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ html }) => html) }))).toEqual([]);
  }
}

/** The number behind a name of a figure. */
function amountIn(text: string, name: string): number {
  return Number(new RegExp(`${name}\\s*([\\d.]+)`).exec(text)?.[1]);
}

async function tabTo(page: Page, selector: string): Promise<void> {
  for (let n = 0; n < 8; n++) {
    await page.keyboard.press("Tab");
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted) === true, selector)) return;
  }
  throw new Error(`Tab does not lead to ${selector}`);
}

function isFocused(button: Locator): Promise<boolean> {
  return button.evaluate((element) => element === document.activeElement);
}
