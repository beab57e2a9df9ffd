import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { cpus, tmpdir, totalmem } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { gzipSync } from "node:zlib";
import { chromium, type BrowserContext, type Page } from "playwright-core";
import { buildMachine, buildSite, siteFolder } from "../../src/server/build-site.ts";
import { serveFolder } from "../../src/server/static.ts";
import { chromiumFlags, chromiumPath } from "../e2e/chromium.ts";
import { lessonPageOf } from "../e2e/lesson-page.ts";
import { measureNative } from "./native.ts";
import { formatReport, type Figure, type Report } from "./report.ts";
import { summarize } from "./statistics.ts";
import { createStopwatch, type Stopwatch } from "./stopwatch.ts";
import { measureTicks } from "./tick.ts";
import { createThrottledProxy } from "./throttled-proxy.ts";

/**
 * `npm run bench -- --runs 5 --mbit 50`: measures what the README promises, in Chromium on the built site with the real
 * machine image, beside Docker on the host, and writes `results.json` and `results.md`.
 */
const { values } = parseArgs({
  options: { runs: { type: "string", default: "5" }, mbit: { type: "string", default: "50" } },
});
const runs = Number(values.runs);
const mbit = Number(values.mbit);
const lessonPath = "/learn/containers/first-image/";
const dockerRun = "docker run --rm busybox true";
const promptLimit = 180_000;

await buildMachine();
await buildSite();
await using server = await serveFolder(siteFolder, 0);
const samples = new Map<string, number[]>();

console.log(`Scripts on the lesson page`);
record("script", (await scriptBytes()) / 1000);
for (let run = 1; run <= runs; run++) {
  console.log(`Cold visit ${run} of ${runs} at ${mbit} Mbit/s`);
  await coldVisit();
}
await warmVisits();
console.log("Docker on the host");
const native = await measureNative(runs);

const report: Report = {
  date: new Date().toISOString(),
  host: `${cpus().length} × ${cpus()[0]?.model ?? "unknown CPU"}, ${Math.round(totalmem() / 2 ** 30)} GiB`,
  browser: await browserVersion(),
  mbit,
  figures: [
    figure("warm", "warm visit: page to prompt, new browser process", "s", 3),
    figure("cold", `cold visit at ${mbit} Mbit/s: page to prompt`, "s", 12),
    figure("bytes", "downloaded before the prompt", "MB", 60),
    figure("ps first", "`docker ps`, first after a restore", "s"),
    figure("ps", "`docker ps`", "s", 0.5, native.ps),
    figure("run first", `\`${dockerRun}\`, first after a restore`, "s", 8),
    figure("run", `\`${dockerRun}\`, warm`, "s", 4, native.run),
    figure("tick", "engine event to tick", "s", 1),
    figure("echo", "typing echo, idle", "ms", 50),
    figure("script", "JavaScript on a lesson page before the sandbox, gzip", "KB", 60),
  ],
};
const folder = import.meta.dirname;
await writeFile(join(folder, "results.json"), `${JSON.stringify(report, undefined, 2)}\n`);
await writeFile(join(folder, "results.md"), formatReport(report));
console.log(formatReport(report));

function record(name: string, value: number): void {
  console.log(`  ${name}: ${value.toFixed(2)}`);
  samples.set(name, [...(samples.get(name) ?? []), value]);
}

function figure(name: string, title: string, unit: string, target?: number, onHost?: readonly number[]): Figure {
  return {
    title,
    unit,
    ...summarize(samples.get(name) ?? []),
    ...(target !== undefined && { target }),
    ...(onHost && { host: summarize(onHost) }),
  };
}

/** A new reader over a slow line: nothing is in any cache. */
async function coldVisit(): Promise<void> {
  await using line = await createThrottledProxy(server.port, mbit);
  const browser = await chromium.launch({ executablePath: chromiumPath, args: chromiumFlags });
  const page = await browser.newPage();
  const watch = await createStopwatch(page);
  await page.goto(line.url + lessonPath, { waitUntil: "commit" });
  record("cold", (await watch.prompt(promptLimit)) / 1000);
  record("bytes", line.sentBytes / 1e6);
  await expectAnswer(page);
  await browser.close();
}

/** One profile, visited by a new browser process each time; the first visit only fills its cache. */
async function warmVisits(): Promise<void> {
  const profile = await mkdtemp(join(tmpdir(), "drydock-bench-"));
  try {
    for (let run = 0; run <= runs; run++) {
      console.log(run === 0 ? "Visit that fills the cache" : `Warm visit ${run} of ${runs}`);
      const context = await launchWith(profile);
      const page = context.pages()[0] ?? (await context.newPage());
      const watch = await createStopwatch(page);
      await page.goto(server.url + lessonPath, { waitUntil: "commit" });
      const seconds = (await watch.prompt(promptLimit)) / 1000;
      if (run === 0) {
        await expectAnswer(page);
      } else {
        record("warm", seconds);
        record("ps first", await time(page, watch, "docker ps"));
        record("run first", await time(page, watch, dockerRun));
      }
      if (run === runs) await warmSeries(page, watch);
      // What was downloaded is written to the cache in the background.
      await page.waitForLoadState("networkidle");
      await context.close();
    }
  } finally {
    await rm(profile, { recursive: true, force: true });
  }
}

async function warmSeries(page: Page, watch: Stopwatch): Promise<void> {
  // The machine has translated its programs after a handful of runs; what is measured is the state it stays in.
  for (let run = 0; run < 5; run++) await time(page, watch, dockerRun);
  for (let run = 0; run < runs; run++) record("run", await time(page, watch, dockerRun));
  for (let run = 0; run < runs; run++) record("ps", await time(page, watch, "docker ps"));
  for (const letter of "the quick brown fox jumps over the dog".replaceAll(" ", "")) {
    record("echo", await watch.echo(letter));
  }
  await page.keyboard.press("Control+C");
  await lessonPageOf(page).terminal.waitForPrompt(30_000);
  for (const ms of await measureTicks(page, watch)) record("tick", ms / 1000);
}

async function time(page: Page, watch: Stopwatch, command: string): Promise<number> {
  await lessonPageOf(page).terminal.type(command);
  return (await watch.enter(promptLimit)) / 1000;
}

/** A prompt without a Docker Engine behind it would be no result. */
async function expectAnswer(page: Page): Promise<void> {
  const output = await lessonPageOf(page).terminal.run("docker version --format '{{.Server.Version}}'");
  if (!/^\d+\.\d+/.test(output)) throw new Error(`Docker Engine did not answer behind the prompt: ${output}`);
}

async function scriptBytes(): Promise<number> {
  const browser = await chromium.launch({ executablePath: chromiumPath, args: chromiumFlags });
  const page = await browser.newPage();
  await page.addInitScript(() => {
    Object.defineProperty(navigator, "connection", { value: Object.assign(new EventTarget(), { saveData: true }) });
  });
  const bodies: Promise<Buffer>[] = [];
  page.on("response", (response) => {
    if (response.request().resourceType() === "script") bodies.push(response.body());
  });
  await page.goto(server.url + lessonPath, { waitUntil: "networkidle" });
  const bytes = (await Promise.all(bodies)).reduce((sum, body) => sum + gzipSync(body).byteLength, 0);
  await browser.close();
  return bytes;
}

async function browserVersion(): Promise<string> {
  const browser = await chromium.launch({ executablePath: chromiumPath, args: chromiumFlags });
  const version = browser.version();
  await browser.close();
  return `Chromium ${version}`;
}

function launchWith(profile: string): Promise<BrowserContext> {
  return chromium.launchPersistentContext(profile, {
    executablePath: chromiumPath,
    args: chromiumFlags,
    viewport: { width: 1440, height: 900 },
  });
}
