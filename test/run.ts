import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { z } from "zod";
import { ensureDebianPackages } from "./ensure-debian-packages.ts";

/**
 * `npm test`: runs every part, also after one has failed, as long as what it stands on did not fail. `--quick` runs the
 * parts that need no machine. The last line counts the tests; a part that is no test suite counts as one.
 */
interface Part {
  readonly name: string;
  readonly command: readonly string[];
  /** The part is a project of vitest, whose tests are counted one by one. */
  readonly isSuite?: boolean;
  /** Parts that must have passed. */
  readonly after?: readonly string[];
  /** Parts that must have ended. */
  readonly waitsFor?: readonly string[];
  /** Minutes after which it is stopped and counts as failed. */
  readonly limit: number;
}

const root = join(import.meta.dirname, "..");
const results = join(root, "test/results");

const codeParts: readonly Part[] = [
  { name: "typecheck", command: ["npm", "run", "--silent", "typecheck"], limit: 5 },
  { name: "lint", command: ["npm", "run", "--silent", "lint"], limit: 5 },
  { name: "spelling", command: ["npm", "run", "--silent", "spell"], limit: 2 },
];
const unitPart = suite("unit", 8);
/** What is done in one lane comes one after the other; each lane has a core. */
const lanes: readonly (readonly Part[])[] = [
  [
    { name: "image", command: ["npm", "run", "--silent", "machine"], limit: 20 },
    { ...suite("machine", 30), after: ["image"] },
    // The engine's change the host's networks under a browser.
    { ...suite("e2e", 50), after: ["image", "site"], waitsFor: ["engine"] },
  ],
  [
    ...codeParts,
    // Two suites need it, and would both build it if they began at the same moment.
    { name: "site", command: ["npm", "run", "--silent", "build"], after: ["image"], limit: 5 },
    { ...suite("engine", 20), after: ["image"] },
    // With one worker, as the browser's tests are under way by then.
    suite("unit", 15, "--maxWorkers=1"),
    { ...suite("pages", 20), after: ["site"] },
  ],
];
/** It keeps all cores busy, and comes last: what was proven when the hour is over stays proven, and the next run goes on from there. */
const lastPart: Part = { ...suite("lessons", 60), after: ["image"] };

const reportSchema = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  testResults: z.array(z.object({ status: z.string(), assertionResults: z.array(z.object({ status: z.string() })) })),
});

interface Outcome {
  readonly part: Part;
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly seconds: number;
  readonly note: string;
}

const { values } = parseArgs({ options: { quick: { type: "boolean", default: false } } });
await mkdir(results, { recursive: true });
if (!values.quick) for (const line of ensureDebianPackages()) console.log(`\x1b[33mMissing: ${line}\x1b[0m`);

/** The whole, a cold machine image among it, may take an hour. */
const deadline = performance.now() + 60 * 60_000;
const outcomes: Outcome[] = [];
const runs = new Map([...lanes.flat(), lastPart].map(({ name }) => [name, Promise.withResolvers<Outcome>()] as const));
// What is said beside another part comes when it is over, so that lines do not mix.
if (values.quick) await Promise.all([runAll([unitPart]), runAll(codeParts, { isQuiet: true })]);
else {
  await Promise.all(lanes.map((lane, n) => runAll(lane, { isQuiet: n > 0 })));
  await runAll([lastPart]);
}
summarize(outcomes);

async function runAll(parts: readonly Part[], options: { isQuiet?: boolean } = {}): Promise<void> {
  for (const part of parts) {
    const outcome = await runPart(part, options);
    outcomes.push(outcome);
    runs.get(part.name)?.resolve(outcome);
  }
}

function suite(name: string, limit: number, ...options: readonly string[]): Part {
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${reportOf(name)}`];
  return { name, command: ["vitest", "run", "--project", name, ...reporters, ...options], isSuite: true, limit };
}

function reportOf(name: string): string {
  return join(results, `${name}.json`);
}

async function runPart(part: Part, { isQuiet = false }: { isQuiet?: boolean }): Promise<Outcome> {
  await outcomesOf(part.waitsFor);
  const before = await outcomesOf(part.after);
  const broken = before.find(({ failed }) => failed > 0);
  if (broken)
    return { part, passed: 0, failed: 1, skipped: 0, seconds: 0, note: `not run: ${broken.part.name} failed` };
  const title = `\n\x1b[1m── ${part.name}\x1b[0m`;
  if (!isQuiet) console.log(title);
  if (part.isSuite) await rm(reportOf(part.name), { force: true });
  const start = performance.now();
  const { succeeded, note, output } = await run(part, isQuiet);
  const seconds = (performance.now() - start) / 1000;
  if (isQuiet) process.stdout.write(`${title}\n${output}`);
  console.log(`── ${part.name}: ${succeeded ? "passed" : "failed"} in ${seconds.toFixed(1)} s`);
  const counts = part.isSuite
    ? await readCounts(part.name, succeeded)
    : { passed: Number(succeeded), failed: Number(!succeeded), skipped: 0 };
  return { part, ...counts, seconds, note };
}

async function outcomesOf(names: readonly string[] = []): Promise<Outcome[]> {
  return Promise.all(names.flatMap((name) => runs.get(name)?.promise ?? []));
}

/** Runs the part in a process group of its own, so that a part over its limit is stopped with all it started. */
async function run(part: Part, isQuiet: boolean): Promise<{ succeeded: boolean; note: string; output: string }> {
  const [command = "", ...args] = part.command;
  const child = spawn(command, args, {
    cwd: root,
    stdio: isQuiet ? ["ignore", "pipe", "pipe"] : ["ignore", "inherit", "inherit"],
    detached: true,
    env: {
      ...process.env,
      ASTRO_TELEMETRY_DISABLED: "1",
      PATH: `${root}/node_modules/.bin:${process.env.PATH ?? ""}`,
    },
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
  }
  const stop = (signal: NodeJS.Signals): void => {
    if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, signal);
  };
  let note = "";
  const limitMs = Math.min(part.limit * 60_000, Math.max(0, deadline - performance.now()));
  const limit = setTimeout(() => {
    note = `stopped after ${(limitMs / 60_000).toFixed(1)} minutes`;
    // A browser has a process group of its own, which its driver ends when it is asked to.
    stop("SIGTERM");
    setTimeout(() => stop("SIGKILL"), 10_000).unref();
  }, limitMs);
  const onInterrupt = (): void => {
    stop("SIGTERM");
    process.exit(130);
  };
  process.once("SIGINT", onInterrupt).once("SIGTERM", onInterrupt);
  const [code] = (await once(child, "close")) as [number | null];
  clearTimeout(limit);
  process.off("SIGINT", onInterrupt).off("SIGTERM", onInterrupt);
  return { succeeded: code === 0, note, output };
}

/** Counts of a suite's tests. A file that failed outside its tests, or a suite that left no report, is one more failure. */
async function readCounts(name: string, succeeded: boolean): Promise<Pick<Outcome, "passed" | "failed" | "skipped">> {
  if (!existsSync(reportOf(name))) return { passed: 0, failed: 1, skipped: 0 };
  const report = reportSchema.parse(JSON.parse(await readFile(reportOf(name), "utf8")));
  const brokenFiles = report.testResults.filter(
    (file) => file.status === "failed" && !file.assertionResults.some((test) => test.status === "failed"),
  ).length;
  const failed = report.numFailedTests + brokenFiles;
  return {
    passed: report.numPassedTests,
    failed: failed === 0 && !succeeded ? 1 : failed,
    skipped: report.numPendingTests,
  };
}

function summarize(outcomes: readonly Outcome[]): void {
  console.log("\n\x1b[1m── summary\x1b[0m");
  for (const { part, passed, failed, skipped, seconds, note } of outcomes) {
    const counts = `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
    console.log(`${part.name.padEnd(10)} ${seconds.toFixed(1).padStart(7)} s  ${counts}${note && `  (${note})`}`);
  }
  const total = (key: "passed" | "failed"): number => outcomes.reduce((sum, outcome) => sum + outcome[key], 0);
  // Less than the sum of its parts, as some run beside each other.
  console.log(`${"all".padEnd(10)} ${(performance.now() / 1000).toFixed(1).padStart(7)} s\n`);
  console.log(`${total("passed")} passed, ${total("failed")} failed`);
  process.exitCode = total("failed") > 0 ? 1 : 0;
}
