import { execFileSync } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { cpus, totalmem } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { buildMachine, buildSite, root, siteFolder } from "../../src/server/build-site.ts";
import { serveFolder } from "../../src/server/static.ts";
import { benchNeeds, ensureDebianPackages } from "../ensure-debian-packages.ts";
import { partNames, type PartName } from "./figures.ts";
import { Ledger } from "./ledger.ts";
import { readImage } from "./references/image.ts";
import type { Part } from "./part.ts";
import { measureFloor } from "./references/floor.ts";
import { measureNative } from "./references/native.ts";
import { measureQemu } from "./references/qemu.ts";
import { formatReport } from "./report.ts";
import { mergePart, noResults, readResults, writeResults } from "./results.ts";
import { measurePages } from "./site/pages.ts";
import { measureSite } from "./site/site.ts";
import { formatSummary } from "./summary.ts";
import { measureCold } from "./tab/cold.ts";
import { measureGrowth } from "./tab/growth.ts";
import { measureWarm } from "./tab/warm.ts";
import { measureWork } from "./tab/work.ts";

/**
 * `npm run bench`: measures what the README promises, in Chromium on the built site with the real machine image, beside its references on
 * this host, and writes `results.json` and `results.md`.
 *
 *     --runs 5          how often each thing is measured
 *     --mbit 50         the line of a cold visit
 *     --only cold,work  these parts; the others keep their results
 *     --rerun           into `results-rerun.json` and `.md`
 *     --as-built        the machine image and the site as they are in `dist`
 *     --report          measures nothing: writes the tables again from the JSON files
 *     --summary         measures nothing: prints both runs side by side
 */
const { values } = parseArgs({
  options: {
    runs: { type: "string", default: "5" },
    mbit: { type: "string", default: "50" },
    only: { type: "string", default: partNames.join(",") },
    rerun: { type: "boolean", default: false },
    "as-built": { type: "boolean", default: false },
    report: { type: "boolean", default: false },
    summary: { type: "boolean", default: false },
  },
});

const parts: Record<PartName, Part> = {
  cold: measureCold,
  warm: measureWarm,
  work: measureWork,
  growth: measureGrowth,
  pages: measurePages,
  site: measureSite,
  native: measureNative,
  qemu: measureQemu,
  floor: measureFloor,
};
const folder = import.meta.dirname;
const [first, second] = ["results", "results-rerun"].map((name) => join(folder, name)) as [string, string];

if (values.summary) await summarizeRuns();
else if (values.report) for (const path of [first, second]) await writeReport(path);
else await measure(readCount("runs"), readCount("mbit"), readParts(), values.rerun ? second : first);

async function measure(runs: number, mbit: number, chosen: readonly PartName[], path: string): Promise<void> {
  for (const line of ensureDebianPackages(benchNeeds)) console.log(`Missing: ${line}`);
  if (!values["as-built"]) {
    await buildMachine();
    await buildSite();
  }
  const { id: image } = await readImage();
  await using server = await serveFolder(siteFolder, 0);
  let current: AsyncDisposableStack | undefined;
  const stop = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => {
      console.log("Stopped. What was measured of this part is not kept.");
      stop.abort();
      void current?.disposeAsync().finally(() => process.exit(130));
    });
  }
  const failures: string[] = [];
  for (const name of chosen) {
    console.log(`\n── ${name}`);
    await using held = new AsyncDisposableStack();
    current = held;
    const ledger = new Ledger();
    const versions: Record<string, string> = {};
    const start = performance.now();
    try {
      await parts[name]({ runs, mbit, ledger, held, url: server.url, versions });
    } catch (error) {
      // What the part stood on was taken away; the process ends when that is done.
      if (stop.signal.aborted) return;
      console.error(error);
      failures.push(name);
      continue;
    }
    const seconds = (performance.now() - start) / 1000;
    console.log(`── ${name}: ${seconds.toFixed(0)} s`);
    const run = {
      date: new Date().toISOString(),
      seconds,
      commit: readCommit(),
      image,
      host: describeHost(),
      runs,
      mbit,
      versions,
    };
    // Read again each time: what another run of the bench wrote meanwhile stays.
    const before = (await readResults(`${path}.json`)) ?? noResults;
    await writeResults(`${path}.json`, mergePart(before, { name, run, samples: ledger.samples }));
    await writeReport(path);
  }
  console.log(`\nThe tables are in ${path}.md`);
  if (failures.length === 0) return;
  console.error(`Failed, and left as they were before: ${failures.join(", ")}`);
  process.exitCode = 1;
}

async function writeReport(path: string): Promise<void> {
  const results = await readResults(`${path}.json`);
  if (results) await writeFile(`${path}.md`, formatReport(results));
}

async function summarizeRuns(): Promise<void> {
  const [run, rerun] = [await readResults(`${first}.json`), await readResults(`${second}.json`)];
  if (run && rerun) console.log(formatSummary(run, rerun));
  else {
    console.error("There are no two runs: npm run bench, then npm run bench -- --rerun");
    process.exitCode = 1;
  }
}

function readParts(): PartName[] {
  const wanted = values.only.split(",");
  const unknown = wanted.filter((name) => !partNames.some((known) => known === name));
  if (unknown.length > 0)
    throw new Error(`No part is called ${unknown.join(", ")}. There are ${partNames.join(", ")}.`);
  return partNames.filter((name) => wanted.includes(name));
}

function readCount(name: "runs" | "mbit"): number {
  const count = Number(values[name]);
  if (Number.isInteger(count) && count > 0) return count;
  throw new Error(`--${name} takes a whole number, not ${values[name]}.`);
}

function describeHost(): string {
  return `${cpus().length} × ${cpus()[0]?.model ?? "unknown CPU"}, ${Math.round(totalmem() / 2 ** 30)} GiB`;
}

/** The sources that were measured; `+` where they were changed since. */
function readCommit(): string {
  const git = (...args: string[]): string => execFileSync("git", args, { cwd: root, encoding: "utf8" }).trim();
  try {
    const isChanged = git("status", "--porcelain", "--untracked-files=no", "--", "src", "content", "public") !== "";
    return git("rev-parse", "--short", "HEAD") + (isChanged ? "+" : "");
  } catch {
    return "unknown";
  }
}
