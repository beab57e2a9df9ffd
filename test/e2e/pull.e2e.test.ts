import { afterAll, beforeAll, expect, it } from "vitest";
import { openVisit, screenshot, type Visit } from "./browser.ts";
import { terminalOf } from "./terminal.ts";

let visit: Visit;

beforeAll(async () => {
  visit = await openVisit();
});

afterAll(() => visit[Symbol.asyncDispose]());

it("pulls from the site's catalogue, once over the network, and explains beside the terminal what it cannot pull", async () => {
  const { page, complaints } = await visit.newPage();
  const loaded: string[] = [];
  page.on("response", (response) => {
    if (response.url().includes("/catalogue/blobs/")) loaded.push(response.url());
  });
  await page.goto("/playground/");
  const terminal = terminalOf(page);
  await terminal.waitForPrompt(120_000);

  await terminal.run("clear; docker pull -q alpine:3");
  const notice = page.locator(".sandbox-notice", { hasText: "alpine:3 is not in this site's image catalogue" });
  await notice.waitFor();
  expect(await notice.textContent()).toMatch(/no internet .*The catalogue has .*debian/);
  expect(await notice.locator("xpath=ancestor::*[@aria-live='polite']").count()).toBe(1);
  const link = notice.getByRole("link", { name: "All images of the catalogue" });
  expect((await page.request.get((await link.getAttribute("href")) ?? "")).status()).toBe(200);
  await screenshot(page, "pull-missing-image");
  await link.focus();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await notice.waitFor({ state: "detached" });

  // The keyboard is in the terminal again.
  await page.keyboard.type("clear; curl -s https://example.com");
  await page.keyboard.press("Enter");
  await page.locator(".sandbox-notice", { hasText: "example.com cannot be reached" }).waitFor();
  expect(await page.locator(".sandbox-notice").count()).toBe(1);
  await terminal.waitForPrompt(30_000);

  expect(loaded).toEqual([]);
  expect(await terminal.run("clear; docker pull -q socat", 300_000)).toMatch(/docker\.io\/library\/socat:latest/);
  const once = loaded.length;
  expect(once).toBeGreaterThan(2);
  // The machine's own parts are another matter, so the network is cut for layers only.
  await page.context().route("**/catalogue/blobs/**", (route) => route.abort());
  await terminal.run("clear; docker rmi socat", 60_000);
  expect(await terminal.run("clear; docker pull -q socat", 300_000)).toMatch(/docker\.io\/library\/socat:latest/);
  expect(loaded).toHaveLength(once);
  expect(complaints).toEqual([]);
});
