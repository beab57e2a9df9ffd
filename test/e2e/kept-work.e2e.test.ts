import { readFile, writeFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openVisit, screenshot, type Visit } from "./browser.ts";
import { carryOut, lessonPageOf } from "./lesson-page.ts";

const lessonPath = "/learn/containers/first-image/";

let visit: Visit;
let folder: string;

beforeAll(async () => {
  visit = await openVisit();
  folder = await mkdtemp(join(tmpdir(), "drydock-kept-work-"));
});

afterAll(async () => {
  await visit[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

it("takes progress, files and machine out of one browser and into another", async () => {
  const exported = await workAndExport();

  const { page, complaints } = await visit.newPage();
  await page.goto("/your-work/");
  await page.getByText("Nothing is kept yet").waitFor();
  await page.getByLabel("File to import").setInputFiles(exported);
  const dialog = page.getByRole("dialog", { name: "Import this work?" });
  expect(await dialog.innerText()).toMatch(/1 step becomes done\.\s+\d files? \(.+\) (is|are) added\.\s+A machine \(/);
  await screenshot(page, "kept-work-import");
  await dialog.getByRole("button", { name: "Import" }).click();
  await page.getByText(/^Imported: 1 step, the files of 1 lesson, 1 machine\./).waitFor();
  expect(await page.getByRole("main").innerText()).toMatch(/1 of \d steps done/);
  await screenshot(page, "kept-work-imported");

  await page.getByRole("main").getByRole("link").first().click();
  await page.waitForURL(`**${lessonPath}`);
  const lesson = lessonPageOf(page);
  await lesson.terminal.waitForPrompt(120_000);
  await page.getByText(/^Your machine of .+ goes on\./).waitFor();
  expect(await (await lesson.steps())[0]?.isDone()).toBe(true);
  expect(await lesson.terminal.run("cat note.txt")).toBe("written at home");
  expect(await lesson.terminal.run("docker ps -a --format '{{.Names}}'")).toContain("from-home");
  await screenshot(page, "kept-work-goes-on");

  await page.getByRole("button", { name: "Start with a fresh one" }).click();
  await page.getByText(/^Your machine of .+ goes on\./).waitFor({ state: "hidden" });
  await lesson.terminal.waitForPrompt(120_000);
  expect(await lesson.terminal.run("docker ps -aq | wc -l; cat note.txt")).toBe("0\nwritten at home");
  expect(complaints).toEqual([]);
  await page.context().close();
});

it("asks which machine to go on with where another one is kept than the one that runs", async () => {
  const { page, complaints } = await visit.newPage();
  await page.goto("/playground/");
  const { terminal } = lessonPageOf(page);
  await terminal.waitForPrompt(120_000);
  await terminal.run("docker create --name at-play busybox");
  await keepMachine(page);

  await page.getByRole("navigation", { name: "Site" }).getByRole("link", { name: "Lessons" }).click();
  await page.getByRole("main").getByRole("link", { name: "Build and run your first image" }).click();
  await page.waitForURL(`**${lessonPath}`);
  await page.getByRole("button", { name: "Reset the machine" }).click();
  const resetting = page.getByRole("heading", { name: "Resetting the machine" });
  await resetting.waitFor();
  await resetting.waitFor({ state: "hidden", timeout: 120_000 });
  await terminal.waitForPrompt(120_000);
  expect(await terminal.run("clear; docker create --name at-lesson busybox; docker ps -aq | wc -l")).toMatch(/\n1$/);
  await keepMachine(page);

  await page.getByRole("navigation", { name: "Site" }).getByRole("link", { name: "Playground" }).click();
  await page.waitForURL("**/playground/");
  await page.getByText("A machine is kept for the playground").waitFor();
  await screenshot(page, "kept-work-another-machine");
  await page.getByRole("button", { name: "Go on with the machine kept for the playground" }).click();
  await page.getByText(/^Your machine of .+ goes on\./).waitFor({ timeout: 120_000 });
  await terminal.waitForPrompt(120_000);
  expect(await terminal.run("clear; docker ps -a --format '{{.Names}}'")).toBe("at-play");
  expect(complaints).toEqual([]);
  await page.context().close();
});

it("says what is wrong with a file that is none of its own, and changes nothing", async () => {
  const { page } = await visit.newPage();
  await page.goto("/your-work/");
  const foreign = join(folder, "holiday.tar.gz");
  await writeFile(foreign, "a picture");
  await page.getByLabel("File to import").setInputFiles(foreign);
  await page
    .getByText(/^This is no file that Drydock has exported, or it is damaged\. Nothing has been changed\./)
    .waitFor();
  await page.context().close();
});

it("asks which files should stay, forgets one lesson's, and deletes everything when that is confirmed", async () => {
  const { page, complaints } = await visit.newPage();
  await page.goto("/your-work/");
  await keepByHand(page, "there");
  await page.reload();
  const file = await exportEverything(page);
  await keepByHand(page, "here");
  await page.reload();

  await page.getByLabel("File to import").setInputFiles(file);
  const dialog = page.getByRole("dialog", { name: "Import this work?" });
  await dialog.getByText("The files differ. Which ones should stay?").waitFor();
  expect(await dialog.getByRole("radio", { name: /^Those here/ }).isChecked()).toBe(true);
  await dialog.getByRole("radio", { name: /^Those of the file/ }).check();
  await screenshot(page, "kept-work-differs");
  await dialog.getByRole("button", { name: "Import" }).click();
  await page.getByText(/^Imported/).waitFor();
  expect(await keptByHand(page)).toBe("there");

  await page.getByRole("button", { name: "Forget files of “Playground”" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Cancel" }).click();
  expect(await keptByHand(page)).toBe("there");
  await page.getByRole("button", { name: "Forget files of “Playground”" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Forget" }).click();
  await page.getByText("Nothing is kept yet").waitFor();
  expect(await keptByHand(page)).toBeUndefined();

  await keepByHand(page, "again");
  await page.reload();
  await page.getByRole("button", { name: "Delete everything…" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Delete everything" }).click();
  await page.getByText("Everything has been deleted.").waitFor();
  expect(await keptByHand(page)).toBeUndefined();
  expect(complaints).toEqual([]);
  await page.context().close();
});

async function keepMachine(page: Page): Promise<void> {
  await page.getByText("Ready", { exact: true }).click();
  await page.getByRole("button", { name: "Keep this machine" }).click();
  await page.getByText(/^The machine is kept in this browser \([\d.]+ [KM]B\)/).waitFor({ timeout: 60_000 });
}

/** A learner does the first step, makes a file and a container, keeps the machine, and exports all of it. */
async function workAndExport(): Promise<string> {
  const { page } = await visit.newPage();
  await page.goto(lessonPath);
  const lesson = lessonPageOf(page);
  await lesson.terminal.waitForPrompt(120_000);
  const [first] = await lesson.steps();
  for (const action of (await first?.readSolution()) ?? []) await carryOut(lesson, action);
  await first?.waitUntilDone(60_000);
  await lesson.terminal.run("docker create --name from-home busybox && echo written at home > note.txt");
  await keepMachine(page);

  await page.getByRole("link", { name: "Your work" }).first().click();
  await page.getByText(/\d files?, /).waitFor();
  await page.getByText("Put kept machines into what I export").click();
  await screenshot(page, "kept-work-your-work");
  const file = await exportEverything(page);
  await page.context().close();
  return file;
}

async function exportEverything(page: Page): Promise<string> {
  const downloading = page.waitForEvent("download");
  await page.getByRole("button", { name: "Export everything" }).click();
  const download = await downloading;
  expect(download.suggestedFilename()).toMatch(/^drydock-\d{4}-\d\d-\d\d\.tar\.gz$/);
  const path = join(folder, `${crypto.randomUUID()}.tar.gz`);
  await download.saveAs(path);
  expect([...(await readFile(path)).subarray(0, 2)]).toEqual([0x1f, 0x8b]);
  return path;
}

/** Puts a workspace of the playground into the page's database, as the page has made it. */
async function keepByHand(page: Page, text: string): Promise<void> {
  // By then the page has made its database.
  await page.getByText("Your files", { exact: true }).waitFor();
  await page.evaluate(async (content) => {
    const database = await openDatabase();
    const transaction = database.transaction(["workspaces", "workspace-list"], "readwrite");
    const bytes = new TextEncoder().encode(content);
    const kept = { lesson: "playground", savedAt: new Date().toISOString() };
    const files = [{ path: "note.txt", mode: 0o644, content: bytes }];
    transaction.objectStore("workspaces").put({ ...kept, files, folders: [] }, "playground");
    transaction.objectStore("workspace-list").put({ ...kept, files: 1, bytes: bytes.length }, "playground");
    await new Promise((resolve, reject) => {
      transaction.oncomplete = resolve;
      transaction.onerror = reject;
    });
    database.close();

    function openDatabase(): Promise<IDBDatabase> {
      return new Promise((resolve, reject) => {
        const opening = indexedDB.open("drydock");
        opening.onsuccess = () => resolve(opening.result);
        opening.onerror = () => reject(new Error("no database"));
      });
    }
  }, text);
}

async function keptByHand(page: Page): Promise<string | undefined> {
  return page.evaluate(
    () =>
      new Promise<string | undefined>((resolve, reject) => {
        const opening = indexedDB.open("drydock");
        opening.onerror = () => reject(new Error("no database"));
        opening.onsuccess = () => {
          const reading = opening.result.transaction("workspaces").objectStore("workspaces").get("playground");
          reading.onerror = () => reject(new Error("not read"));
          reading.onsuccess = () => {
            opening.result.close();
            const kept = reading.result as { files: { content: Uint8Array }[] } | undefined;
            resolve(kept && new TextDecoder().decode(kept.files[0]?.content));
          };
        };
      }),
  );
}
