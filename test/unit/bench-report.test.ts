import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { listFigures, partNames, type PartName } from "../bench/figures.ts";
import { programs, readFloor } from "../bench/floor-programs.ts";
import { Ledger } from "../bench/ledger.ts";
import { amount, formatReport, judge } from "../bench/report.ts";
import {
  mergePart,
  noResults,
  readResults,
  samplesOf,
  writeResults,
  type PartRun,
  type Results,
} from "../bench/results.ts";
import { formatSummary } from "../bench/summary.ts";

const run: PartRun = {
  date: "2026-11-27T12:00:00.000Z",
  seconds: 60,
  commit: "abc1234",
  image: "0123456789abcdef",
  host: "2 × CPU, 24 GiB",
  runs: 5,
  mbit: 50,
  versions: { Chromium: "156" },
};

function resultsOf(parts: Partial<Record<PartName, Record<string, number[]>>>): Results {
  return partNames.reduce((all, name) => {
    const samples = parts[name];
    return samples ? mergePart(all, { name, run, samples }) : all;
  }, noResults);
}

it("puts a part in the place of its earlier run and leaves the others as they are", () => {
  const before = resultsOf({ warm: { "warm prompt": [1], gone: [2] }, native: { "native ps": [3] } });
  const after = mergePart(before, {
    name: "warm",
    run: { ...run, commit: "def5678" },
    samples: { "warm prompt": [4, 5] },
  });
  expect(after.samples).toEqual({ warm: { "warm prompt": [4, 5] }, native: { "native ps": [3] } });
  expect(after.parts.warm?.commit).toBe("def5678");
  expect(after.parts.native?.commit).toBe("abc1234");
});

it("keeps every value of a run in its file", async () => {
  const folder = await mkdtemp(join(tmpdir(), "drydock-results-"));
  const path = join(folder, "results.json");
  expect(await readResults(path)).toBeUndefined();
  await writeResults(path, resultsOf({ work: { ps: [0.2501, 0.31] } }));
  const read = await readResults(path);
  expect(read && samplesOf(read, "ps")).toEqual([0.2501, 0.31]);
  await rm(folder, { recursive: true });
});

it("names each figure once, and each reference of one by another name", () => {
  const figures = listFigures(50);
  const ids = figures.flatMap(({ id, native, qemu }) => [id, native, qemu]).filter((id) => id !== undefined);
  expect(new Set(ids).size).toBe(ids.length);
  const known = new Set(figures.map(({ id }) => id));
  for (const { smallest } of figures) if (smallest !== undefined) expect(known).toContain(smallest);
});

it("judges a figure by the value that its target is about", () => {
  const echoes = [...Array<number>(90).fill(10), ...Array<number>(10).fill(60)];
  const judged = judge(
    resultsOf({ warm: { "warm prompt": [1.9, 2, 9] }, work: { "echo build": echoes, "work longest": [0, 0, 51] } }),
  );
  const isMet = (id: string) => judged.find(({ figure }) => figure.id === id)?.isMet;
  expect(isMet("warm prompt")).toBe(true);
  expect(isMet("echo build")).toBe(false);
  expect(isMet("work longest")).toBe(false);
  expect(isMet("cold prompt")).toBeUndefined();
});

it("explains a missed target by its note, and says so where there is none", () => {
  const results = resultsOf({ warm: { "warm prompt": [3], "first run": [9] } });
  const report = formatReport(results, { "warm prompt": "Tried everything.", "cold prompt": "Not shown." });
  expect(report).toMatch(/^- warm visit.*: Tried everything\.$/m);
  expect(report).toMatch(/^- `docker run.*: \*\*not explained/m);
  expect(report).toMatch(/^- cold visit.*: \*\*not measured\.\*\*$/m);
  expect(report).not.toContain("Not shown.");
});

it("shows beside a command what it takes natively and under QEMU, and how many times as long the tab takes", () => {
  const report = formatReport(
    resultsOf({ work: { ps: [0.3] }, native: { "native ps": [0.02] }, qemu: { "qemu ps": [0.2] } }),
  );
  expect(report).toMatch(/^\| `docker ps` \| 0\.30 s .*\| 0\.020 s \(.*\) \| 15× \| 0\.20 s \(.*\) \| 1\.5× \|$/m);
});

it("says when its parts are of different machine images", () => {
  const one = resultsOf({ warm: { "warm prompt": [1] } });
  const other = mergePart(one, { name: "work", run: { ...run, image: "ffff" }, samples: { ps: [1] } });
  expect(formatReport(one)).not.toContain("different machine images");
  expect(formatReport(other)).toContain("different machine images");
});

it("tells how a figure grows against the smallest size", () => {
  const growth = { "growth images 0 list": [0.02], "growth images 60 list": [0.05] };
  expect(formatReport(resultsOf({ growth }))).toMatch(/^\| GET \/images\/json, 60 images \|.*\| 2\.5× \|$/m);
});

it("sets two runs side by side", () => {
  const first = resultsOf({ warm: { "warm prompt": [1.5] }, work: { ps: [0.2] } });
  const second = resultsOf({ warm: { "warm prompt": [3] } });
  const summary = formatSummary(first, second);
  expect(summary).toMatch(
    /\| 1\.50 s \(1\.50 s\) \| 3\.00 s \(3\.00 s\) \| \+100 % \| median ≤ 2 s \| yes \/ \*\*no\*\* \|/,
  );
  expect(summary).not.toContain("docker ps");
});

it("reads the seconds of each program, and takes no output in which one is missing", () => {
  const lines = programs.map(({ name }, index) => `floor ${name} ${(index + 1) * 1000}`);
  expect(readFloor(`noise\r\n${lines.join("\r\n")}\r\n`).get(programs[1]?.name ?? "")).toBe(0.002);
  expect(() => readFloor(lines.slice(1).join("\n"))).toThrow(programs[0]?.name);
});

it("takes no value that is none", () => {
  expect(() => new Ledger().record("ps", NaN)).toThrow("ps");
});

it("writes small values in as many digits as mean something", () => {
  expect([amount(0.0123, "s"), amount(0.123, "s"), amount(12.34, "MB"), amount(29.6, "ms"), amount(0.012, "")]).toEqual(
    ["0.012 s", "0.12 s", "12.3 MB", "30 ms", "0.012"],
  );
});
