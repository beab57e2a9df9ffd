import type { BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { openVisit, screenshot, screenshotIfFailed, type Visit } from "./browser.ts";
import { carryOut, lessonPageOf } from "./lesson-page.ts";

let visit: Visit;

beforeAll(async () => {
  visit = await openVisit();
});

afterAll(() => visit[Symbol.asyncDispose]());

const lessonPath = "/learn/containers/first-image/";

describe("what the privacy page says, after a step of a lesson in a fresh browser", () => {
  let page: Page;
  let complaints: string[];
  const requests: string[] = [];
  /** What is stored before the reader has chosen anything. */
  let unasked: string[];

  beforeAll(async () => {
    ({ page, complaints } = await visit.newPage());
    watchRequests(page.context(), requests);
    await page.goto(lessonPath);
    const lesson = lessonPageOf(page);
    await lesson.terminal.waitForPrompt(120_000);
    const [first] = await lesson.steps();
    if (!first) throw new Error("the lesson has no steps");
    for (const action of await first.readSolution()) await carryOut(lesson, action);
    await first.waitUntilDone(60_000);
    await lesson.terminal.run("echo mine > note.txt");
    await page.getByRole("tab", { name: "Editor" }).click();
    await page.getByRole("treeitem", { name: "note.txt" }).click();
    await page.getByRole("textbox", { name: "note.txt" }).focus();
    await page.keyboard.type("typed and ");
    await page.locator(".save-state").getByText("Saved", { exact: true }).waitFor();
    unasked = await storedNames(page);
    await page
      .getByRole("button", { name: /theme|dark|light/i })
      .first()
      .click();
    await page.locator(".machine-menu summary").click();
    await page.getByLabel("Terminal for screen readers").check();
    await page.evaluate(async () => {
      const asked = indexedDB.open("drydock");
      await new Promise((resolve) => (asked.onsuccess = resolve));
      const database = asked.result;
      const stored = () =>
        new Promise<number>((resolve) => {
          const count = database.transaction("workspace-list").objectStore("workspace-list").count();
          count.onsuccess = () => resolve(count.result);
        });
      // Files are kept a moment after they were written.
      const deadline = performance.now() + 30_000;
      while ((await stored()) === 0 && performance.now() < deadline) await new Promise(requestAnimationFrame);
      database.close();
    });
  });

  afterAll(() => page.context().close());

  it("is that nothing but the site's own host was asked", () => {
    expect(requests.length).toBeGreaterThan(20);
    expect(requests.some((url) => url.includes("/machine/parts/"))).toBe(true);
    expect(requests.filter((url) => !url.startsWith(visit.url) && !/^(blob|data):/.test(url))).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it("keeps no choice that the reader has not made, and those that they have", async () => {
    const choices = ["drydock:theme", "drydock:split", "drydock:screen-reader"];
    expect(unasked.filter((name) => choices.includes(name))).toEqual([]);
    expect(await page.evaluate(() => localStorage.getItem("drydock:screen-reader"))).toBe("1");
  });

  it("names everything that is found in the browser's storage", async () => {
    screenshotIfFailed(page);
    const found = await storedNames(page);
    expect(found).toEqual(
      expect.arrayContaining(["drydock:progress:v1", "drydock:theme", "drydock", "workspaces", "drydock-manifests"]),
    );
    expect(await page.context().cookies()).toEqual([]);
    await page.goto("/privacy/");
    const named = (await page.getByRole("main").locator("code").allInnerTexts()).concat(
      (await page.getByRole("main").getByRole("heading", { level: 3 }).allInnerTexts()).map((heading) =>
        heading.replace(/^.*database /, ""),
      ),
    );
    const isNamed = (name: string) =>
      named.some((each) => each === name || (each.endsWith("…") && name.startsWith(each.slice(0, -1))));
    expect(found.filter((name) => !isNamed(name))).toEqual([]);
    await screenshot(page, "privacy");
  });

  it("lets the reader delete their work although a machine runs, and nothing of it comes back", async () => {
    screenshotIfFailed(page);
    await page.goto(lessonPath);
    const { terminal } = lessonPageOf(page);
    await terminal.waitForPrompt(120_000);
    // Too much to be kept in the browser, so that the page itself holds the files.
    await terminal.run("head -c 34M /dev/zero > large");
    await page.getByText("large (34 MiB) is not kept after this visit").waitFor();
    // The machine runs on: this is no new page for the browser.
    await page.getByRole("link", { name: "Your work" }).first().click();
    await page.getByRole("button", { name: "Delete everything…" }).click();
    await page.getByRole("dialog").getByText("A machine that is running, in this tab or another, is ended.").waitFor();
    await page.getByRole("dialog").getByRole("button", { name: "Delete everything" }).click();
    await page.getByText("Everything has been deleted.").waitFor();
    expect(await keptRecords(page)).toEqual({});
    await page.goBack();
    await page.getByRole("heading", { name: "The machine has ended" }).waitFor();
    await screenshot(page, "privacy-deleted");
    expect(await keptRecords(page)).toEqual({});
    expect(await page.evaluate(() => localStorage.getItem("drydock:progress:v1"))).toBe("{}");
    await page.getByRole("button", { name: "Start the machine" }).click();
    await terminal.waitForPrompt(120_000);
    await terminal.run("echo anew > new.txt");
    await vi.waitFor(async () => expect(await keptFiles(page)).toContain("new.txt"), {
      timeout: 30_000,
      interval: 200,
    });
    expect(await keptFiles(page)).not.toContain("note.txt");
    expect(await terminal.run("ls")).not.toMatch(/note\.txt|large/);
  });

  it("is found from every page's foot and from what is said about the machine", async () => {
    for (const path of ["/", "/about/", "/your-work/"]) {
      await page.goto(path);
      await page.getByRole("contentinfo").getByRole("link", { name: "Privacy" }).waitFor();
    }
    await page.goto("/about/");
    await page.getByRole("main").getByRole("link", { name: "Privacy" }).click();
    await page.waitForURL(/\/privacy\/$/);
  });
});

function watchRequests(context: BrowserContext, requests: string[]): void {
  context.on("request", (request) => requests.push(request.url()));
  context.on("page", (page) => page.on("websocket", (socket) => requests.push(socket.url())));
  for (const page of context.pages()) page.on("websocket", (socket) => requests.push(socket.url()));
}

/** Names of all that the page's origin keeps: keys, databases and their stores, caches. */
function storedNames(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const databases = await indexedDB.databases();
    const stores = await Promise.all(
      databases.map(({ name = "" }) => {
        const asked = indexedDB.open(name);
        return new Promise<string[]>((resolve) => {
          asked.onsuccess = () => {
            resolve([...asked.result.objectStoreNames]);
            asked.result.close();
          };
        });
      }),
    );
    return [
      ...Object.keys(localStorage),
      ...Object.keys(sessionStorage),
      ...databases.map(({ name = "" }) => name),
      ...stores.flat(),
      ...(await caches.keys()),
    ];
  });
}

/** How many records there are in each table of the site's database that has any. */
function keptRecords(page: Page): Promise<Record<string, number>> {
  return page.evaluate(async () => {
    const opening = indexedDB.open("drydock");
    await new Promise((resolve) => (opening.onsuccess = resolve));
    const database = opening.result;
    const counts = await Promise.all(
      [...database.objectStoreNames].map(
        (table) =>
          new Promise<[string, number]>((resolve) => {
            const counting = database.transaction(table).objectStore(table).count();
            counting.onsuccess = () => resolve([table, counting.result]);
          }),
      ),
    );
    database.close();
    return Object.fromEntries(counts.filter(([, count]) => count > 0));
  });
}

/** Paths of all files that are kept. */
function keptFiles(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const opening = indexedDB.open("drydock");
    await new Promise((resolve) => (opening.onsuccess = resolve));
    const database = opening.result;
    const reading = database.transaction("workspaces").objectStore("workspaces").getAll();
    await new Promise((resolve) => (reading.onsuccess = resolve));
    database.close();
    return (reading.result as { files: { path: string }[] }[]).flatMap(({ files }) => files.map(({ path }) => path));
  });
}
