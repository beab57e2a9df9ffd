import type { CDPSession, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { openVisit, screenshot, screenshotIfFailed, type Visit } from "./browser.ts";
import { terminalOf, type TerminalScreen } from "./terminal.ts";

let visit: Visit;
let page: Page;
let terminal: TerminalScreen;

beforeAll(async () => {
  visit = await openVisit();
  ({ page } = await visit.newPage());
  await page.goto("/playground/");
  terminal = terminalOf(page);
  await terminal.waitForPrompt(120_000);
});

beforeEach(() => screenshotIfFailed(page));

afterAll(() => visit[Symbol.asyncDispose]());

it("does not boot by itself in a tab that was killed while it booted", async () => {
  const { page: killed } = await visit.newPage();
  // A download that never ends keeps it booting.
  const wanted = new Promise<void>((resolve) => {
    void killed.route("**/*state.zst", () => resolve());
  });
  await killed.goto("/learn/containers/first-image/");
  const devtools = await killed.context().newCDPSession(killed);
  await wanted;
  // What Playwright holds back of a page that crashed, it holds for good.
  await killed.unroute("**/*state.zst");
  // The process ends at once, so there is no answer.
  devtools.send("Page.crash").catch(() => undefined);
  await killed.waitForEvent("crash");
  await devtools.send("Page.reload");
  await expect.poll(() => textOf(devtools), { timeout: 20_000 }).toContain("The machine did not get far last time");
  expect(await textOf(devtools)).toContain("Start the machine");
  await devtools.send("Page.reload");
  await expect.poll(() => textOf(devtools), { timeout: 20_000 }).toContain("The machine did not get far last time");
});

it("says that the machine does not answer, takes it back when it does, and restarts it on request", async () => {
  await terminal.run("pkill -STOP -f drydock/agent");
  const words = page.getByText(/The machine has not answered for \d+ seconds/);
  await words.waitFor({ timeout: 60_000 });
  await screenshot(page, "trouble-unresponsive");
  await terminal.run("pkill -CONT -f drydock/agent");
  await words.waitFor({ state: "hidden", timeout: 60_000 });

  await terminal.run("touch /gone && pkill -STOP -f drydock/agent");
  await words.waitFor({ timeout: 60_000 });
  await page.getByRole("button", { name: "Restart the machine" }).click();
  await words.waitFor({ state: "hidden" });
  await terminal.waitForPrompt(120_000);
  expect(await terminal.run("ls /gone")).toContain("No such file");
});

it("gives a new shell for one that does not listen any more", async () => {
  await terminal.type("sh -c 'trap \"\" INT QUIT TSTP; echo deaf; while :; do sleep 1; done'");
  await page.keyboard.press("Enter");
  await page.locator(".xterm-rows:visible > div").getByText(/^deaf/).waitFor();
  await page.keyboard.press("Control+C");
  await choose("New shell in Terminal 1");
  await terminal.waitForPrompt(30_000);
  expect(await terminal.run("clear; pgrep -f 'echo [d]eaf'; echo none")).toBe("none");
});

it("says that Docker Engine is gone until it is back, and restarts one that hangs", async () => {
  const words = page.getByText("Docker Engine does not answer");
  await terminal.run("pkill -KILL -x dockerd");
  await words.waitFor({ timeout: 30_000 });
  await screenshot(page, "trouble-engine");
  await words.waitFor({ state: "hidden", timeout: 120_000 });
  await terminal.run("clear; pkill -STOP -x dockerd");
  await choose("Restart Docker");
  await page.getByText("Restarting Docker…").waitFor({ state: "hidden", timeout: 120_000 });
  expect(await terminal.run("clear; docker version --format '{{.Server.Version}}'")).toMatch(/^26\./);
});

it("tells of a full disk and clears it with Docker's own command", async () => {
  // A stopped container that holds all the room there is.
  await terminal.run("docker run --name big busybox true");
  await terminal.run("layer=$(docker inspect -f '{{.GraphDriver.Data.UpperDir}}' big)");
  await terminal.run("fallocate -l $(df --output=avail -B1 / | tail -1) $layer/big");
  await terminal.run(
    "mkdir -p full && printf 'FROM busybox\\nRUN dd if=/dev/zero of=/more bs=1M count=8\\n' > full/Dockerfile",
  );
  await terminal.run("docker build full", 180_000);
  await page.getByText("The machine's disk is nearly full").waitFor({ timeout: 60_000 });
  await screenshot(page, "trouble-full-disk");
  await page.getByRole("button", { name: "Clean up Docker" }).click();
  await page.locator(".xterm-rows:visible").getByText("[y/N]").waitFor({ timeout: 60_000 });
  await page.keyboard.type("y");
  expect(await terminal.enter(120_000)).toContain("Total reclaimed space");
  await page.getByText("The machine's disk is nearly full").waitFor({ state: "hidden", timeout: 60_000 });
});

it("keeps both sides of a file that the editor and the terminal change at once", async () => {
  await terminal.run("echo start > shared.txt; (sleep 12; echo theirs > shared.txt) &");
  await page.getByRole("tab", { name: "Editor" }).click();
  await page.getByRole("treeitem", { name: "shared.txt" }).click();
  await page.getByRole("textbox", { name: "shared.txt" }).focus();
  const conflict = page.getByRole("alert").filter({ hasText: "shared.txt was changed in the terminal" });
  // Whoever types without a pause has unsaved words when the other side writes.
  for (let keys = 0; keys < 400 && !(await conflict.isVisible()); keys++) {
    await page.keyboard.press("m");
    await page.waitForTimeout(50);
  }
  expect(await conflict.isVisible()).toBe(true);
  await screenshot(page, "trouble-conflict");
  await page.getByRole("tab", { name: "Terminal 1" }).click();
  expect(await terminal.run("clear; cat shared.txt")).toContain("theirs");
  await page.getByRole("tab", { name: "Editor" }).click();
  await conflict.getByRole("button", { name: "Keep mine" }).click();
  await page.locator(".save-state").getByText("Saved", { exact: true }).waitFor();
  await page.getByRole("tab", { name: "Terminal 1" }).click();
  expect(await terminal.run("clear; cat shared.txt")).toMatch(/mmm/);
});

async function choose(name: string): Promise<void> {
  await page.locator(".machine-menu summary").click();
  await page.getByRole("button", { name }).click();
}

/** Playwright lets go of a page that crashed; the protocol beneath does not. */
async function textOf(devtools: CDPSession): Promise<string> {
  const { result } = await devtools.send("Runtime.evaluate", { expression: "document.body?.innerText ?? ''" });
  return String(result.value);
}
