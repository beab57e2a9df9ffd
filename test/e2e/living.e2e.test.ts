import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openVisit, screenshot, type Visit } from "./browser.ts";
import { carryOut, lessonPageOf } from "./lesson-page.ts";

const address = "/learn/containers/first-image/";

let visit: Visit;

beforeAll(async () => {
  visit = await openVisit();
});

afterAll(() => visit[Symbol.asyncDispose]());

it("lets a learner skip, jump, leave for days, come back, and begin a step or the whole lesson anew", async () => {
  const { page, complaints } = await visit.newPage();
  await page.goto(address);
  const lesson = lessonPageOf(page);
  await lesson.terminal.waitForPrompt(120_000);
  const [first, second, third, fourth] = await lesson.steps();
  if (!first || !second || !third || !fourth) throw new Error("The lesson is expected to have four steps at least");

  // Done, skipped, jumped over.
  for (const action of await first.readSolution()) await carryOut(lesson, action);
  await first.waitUntilDone(30_000);
  expect(await stateOf(page, first.id)).toBe("done");
  await first.region.getByText("Solution seen").waitFor();
  await second.region.getByRole("button", { name: "Skip this step" }).click();
  expect(await stateOf(page, second.id)).toBe("skipped");
  expect(await stateOf(page, third.id)).toBe("current");
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe(third.title);
  await fourth.region.getByRole("button", { name: /^Open this step/ }).click();
  await strip(page).getByText(`Step 4 of`).waitFor();
  await lesson.terminal.run("echo before > note.txt; chmod 700 note.txt; mkdir empty");
  await jumpByKeyboard(page, 3);
  await strip(page).getByText(`Step 3 of`).waitFor();
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe(third.title);
  const kept = () => keptPaths(page, "containers/first-image");
  await expect.poll(kept, { timeout: 15_000 }).toEqual(expect.arrayContaining(["note.txt", "empty"]));
  await screenshot(page, "living-1-skipped-and-jumped");
  await page.close();

  // Another visit with the same browser.
  const again = await page.context().newPage();
  await again.goto(address);
  const resumed = lessonPageOf(again);
  await again.locator(`#step-${third.id}[aria-current=step]`).waitFor();
  const top = await again.locator(`#step-${third.id}`).evaluate((section) => section.getBoundingClientRect().top);
  expect(top).toBeGreaterThanOrEqual(0);
  expect(top).toBeLessThan(200);
  expect(await stateOf(again, first.id)).toBe("done");
  expect(await stateOf(again, second.id)).toBe("skipped");
  await resumed.terminal.waitForPrompt(120_000);
  expect(await resumed.terminal.run("clear; stat -c '%a %n' * && cat note.txt")).toBe(
    "755 empty\n700 note.txt\nbefore",
  );
  await screenshot(again, "living-2-resumed");

  // A step that was skipped can be gone back to.
  await regionOf(again, second.title)
    .getByRole("button", { name: /^Return to this step/ })
    .click();
  expect(await stateOf(again, second.id)).toBe("current");

  // The third step was opened first when there was no note.
  await jumpByKeyboard(again, 3);
  await resumed.terminal.run("clear; docker run --name left busybox true; echo after >> note.txt");
  await regionOf(again, third.title).getByRole("button", { name: "Reset this step…" }).click();
  await again.getByText("Containers and images stay as they are").waitFor();
  await screenshot(again, "living-3-reset-of-a-step");
  await again.getByRole("button", { name: "Reset the step", exact: true }).click();
  await expect.poll(() => keptPaths(again, "containers/first-image"), { timeout: 15_000 }).not.toContain("note.txt");
  expect(await resumed.terminal.run("clear; ls -A /workspace; docker ps -aq --filter name=left | wc -l")).toBe("1");
  expect(await stateOf(again, first.id)).toBe("done");

  // The lesson anew.
  await resumed.terminal.run("echo last > note.txt");
  await openMenu(again);
  await again.getByRole("button", { name: "Reset the lesson…" }).click();
  await again.getByRole("button", { name: "Reset the lesson", exact: true }).click();
  const resetting = again.getByRole("heading", { name: "Resetting the machine" });
  await resetting.waitFor();
  await resetting.waitFor({ state: "hidden", timeout: 120_000 });
  await again.locator(`#step-${first.id}[data-state=current]`).waitFor();
  await resumed.terminal.waitForPrompt(120_000);
  expect(await resumed.terminal.run("clear; ls -A /workspace; docker ps -aq | wc -l")).toBe("0");
  for (const { id } of [second, third, fourth]) expect(await stateOf(again, id)).toBe("open");
  expect(await regionOf(again, first.title).getByText("Solution seen").count()).toBe(0);
  await screenshot(again, "living-4-begun-anew");
  expect(complaints).toEqual([]);
});

it("keeps each page's files apart in one tab, and shows them in the editor", async () => {
  const { page, complaints } = await visit.newPage();
  await page.goto("/playground/");
  const { terminal } = lessonPageOf(page);
  await terminal.waitForPrompt(120_000);
  await terminal.run("echo mine > note.txt; ln -s note.txt link; echo machine > /root/note; cd /");
  await page.getByRole("tab", { name: "Editor" }).click();
  await page.getByRole("treeitem", { name: "note.txt" }).click();
  await page.getByRole("textbox", { name: "note.txt" }).focus();
  await page.keyboard.press("Control+Home");
  await page.keyboard.type("typed and ");
  await goToLesson(page);
  await page.getByText("This machine has been used before").waitFor();
  await page.getByRole("navigation", { name: "Files" }).getByText("note.txt").waitFor({ state: "hidden" });
  await page.getByRole("button", { name: "Use it as it is" }).click();
  await page.getByRole("tab", { name: "Terminal 1" }).click();
  expect(await terminal.run("clear; cd /workspace; cat note.txt /root/note")).toMatch(/No such file.*\nmachine$/);
  await page.getByRole("navigation", { name: "Site" }).getByRole("link", { name: "Playground" }).click();
  await page.waitForURL(/\/playground\/$/);
  await expect.poll(() => terminal.run("clear; cat note.txt"), { timeout: 20_000 }).toBe("typed and mine");
  expect(await terminal.run("clear; readlink link; cat link")).toBe("note.txt\ntyped and mine");
  expect(complaints).toEqual([]);
});

it("can be used at the width of a phone, by keyboard and by finger", async () => {
  const { page } = await visit.newPage({ viewport: { width: 390, height: 780 } });
  await page.goto(address);
  const [first, second] = await lessonPageOf(page).steps();
  if (!first || !second) throw new Error("The lesson is expected to have two steps at least");
  await first.region.getByRole("button", { name: "Skip this step" }).click();
  expect(await stateOf(page, second.id)).toBe("current");
  await page.getByRole("button", { name: "Both" }).click();
  await openMenu(page);
  await screenshot(page, "living-5-phone");
  const menu = page.locator(".step-menu-body");
  const box = await menu.boundingBox();
  expect(box && box.x >= 0 && box.x + box.width <= 390).toBe(true);
  await menu.getByRole("button", { name: first.title }).click();
  await expect.poll(() => stateOf(page, first.id)).toBe("current");
  await first.region.getByRole("button", { name: "Reset this step…" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Cancel" }).click();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
});

function strip(page: Page) {
  return page.locator(".step-strip summary");
}

function regionOf(page: Page, title: string) {
  return page.getByRole("region", { name: title, exact: true });
}

async function stateOf(page: Page, step: string): Promise<string | null> {
  return page.locator(`#step-${step}`).getAttribute("data-state");
}

async function openMenu(page: Page): Promise<void> {
  await strip(page).focus();
  await page.keyboard.press("Enter");
}

/** To the step with this number, counted from 1. */
async function jumpByKeyboard(page: Page, number: number): Promise<void> {
  await openMenu(page);
  for (let presses = 0; presses < number; presses++) await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
}

async function goToLesson(page: Page): Promise<void> {
  await page.getByRole("navigation", { name: "Site" }).getByRole("link", { name: "Lessons" }).click();
  await page.getByRole("main").getByRole("link", { name: "Build and run your first image" }).click();
  await page.waitForURL(/\/learn\/containers\/first-image\/$/);
}

/** Names of the files and empty folders that the browser keeps of a lesson. */
async function keptPaths(page: Page, lesson: string): Promise<string[]> {
  return page.evaluate(
    (key) =>
      new Promise<string[]>((resolve, reject) => {
        const opening = indexedDB.open("drydock");
        opening.onerror = () => reject(new Error("no database"));
        opening.onsuccess = () => {
          const request = opening.result.transaction("workspaces").objectStore("workspaces").get(key);
          request.onsuccess = () => {
            opening.result.close();
            const kept = request.result as { files: { path: string }[]; folders: string[] } | undefined;
            resolve(kept ? [...kept.files.map(({ path }) => path), ...kept.folders] : []);
          };
        };
      }),
    lesson,
  );
}
