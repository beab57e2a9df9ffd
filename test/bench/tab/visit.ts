import { setTimeout as delay } from "node:timers/promises";
import { chromium, type Page } from "playwright-core";
import { chromiumFlags, chromiumPath } from "../../e2e/chromium.ts";
import { lessonPageOf, type LessonPage } from "../../e2e/lesson-page.ts";
import { holdFolder, openScope, type PartContext } from "../part.ts";
import { watchLongTasks, type LongTasks } from "./long-tasks.ts";
import { createStopwatch, type Stopwatch } from "./stopwatch.ts";

export const lessonPath = "/learn/containers/first-image/";
export const dockerRun = "docker run --rm busybox true";
/** How long the machine may take to show a prompt, ms. */
export const promptLimit = 180_000;

const SETTLING_MS = 5000;

/** A reader's browser, a process of its own, with the page that it opens first. */
export interface Visit {
  readonly page: Page;
  readonly lesson: LessonPage;
  readonly watch: Stopwatch;
  readonly longTasks: LongTasks;
  /** Opens a page, and resolves to the seconds from the navigation to the machine's prompt. */
  openToPrompt(url: string): Promise<number>;
  /** Types the command; resolves to the seconds from the Enter key to the next prompt. */
  time(command: string): Promise<number>;
  /** Types the command where how long it takes does not matter. */
  run(command: string): Promise<string>;
}

/** Lasts as long as the context. `profile` is the folder of a browser that was here before; without one it is a new reader. */
export async function startVisit(context: PartContext, profile?: string): Promise<Visit> {
  const browser = await chromium.launchPersistentContext(profile ?? (await holdFolder(context)), {
    executablePath: chromiumPath,
    args: chromiumFlags,
    viewport: { width: 1440, height: 900 },
    // The bench ends it itself.
    handleSIGINT: false,
    handleSIGTERM: false,
  });
  context.versions.Chromium = browser.browser()?.version() ?? "";
  context.held.defer(() => browser.close());
  const page = browser.pages()[0] ?? (await browser.newPage());
  // A browser that has just been started is busy with itself.
  await delay(SETTLING_MS);
  const watch = await createStopwatch(page);
  const longTasks = await watchLongTasks(page);
  const lesson = lessonPageOf(page);
  return {
    page,
    lesson,
    watch,
    longTasks,
    async openToPrompt(url) {
      await page.goto(url, { waitUntil: "commit" });
      return (await watch.prompt(promptLimit)) / 1000;
    },
    async time(command) {
      await lesson.terminal.type(command);
      return (await watch.enter(promptLimit)) / 1000;
    },
    run: (command) => lesson.terminal.run(command, promptLimit),
  };
}

/** A profile in which the lesson was visited once, so that all it needs is in the browser's caches. */
export async function fillProfile(context: PartContext): Promise<string> {
  const profile = await holdFolder(context);
  console.log("A visit that fills the cache");
  await using scope = openScope(context);
  const visit = await startVisit(scope, profile);
  await visit.openToPrompt(context.url + lessonPath);
  await expectAnswer(visit);
  await settle(visit.page);
  return profile;
}

/** What was downloaded is written to the cache in the background. */
export async function settle(page: Page): Promise<void> {
  await page.waitForLoadState("networkidle");
}

/** A prompt without a Docker Engine behind it would be no result. */
export async function expectAnswer(visit: Visit): Promise<void> {
  const output = await visit.run("docker version --format '{{.Server.Version}}'");
  if (!/^\d+\.\d+/.test(output)) throw new Error(`Docker Engine did not answer behind the prompt: ${output}`);
}
