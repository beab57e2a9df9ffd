import { execFileSync } from "node:child_process";
import { release, totalmem } from "node:os";
import { expect, test } from "vitest";
import type { Machine } from "../../src/machine/contract.ts";
import { readFigures, readMachine } from "../../src/sandbox/stacks/machine-figures.ts";

test("what the machine tells is read, and what it leaves out is not known", () => {
  const figures = readFigures(
    [
      "kernel\t6.1.0-50-686",
      "processors\t1",
      "processor\t",
      "uptime\t61.5",
      "memory\t500",
      "used\tnonsense",
      "container\tabc\t1048576\t2\t41.3",
      "container\tdef\t\t1\t",
      "",
    ].join("\n"),
  );
  expect(figures).toEqual({
    kernel: "6.1.0-50-686",
    processors: 1,
    uptimeSeconds: 61.5,
    memory: 500,
    containers: new Map([
      ["abc", { memory: 1_048_576, processes: 2, seconds: 41.3 }],
      ["def", { processes: 1 }],
    ]),
  });
});

test("a machine without Perl is said to be", async () => {
  const run: Machine["run"] = () => Promise.resolve({ exitCode: 127, stdout: "", stderr: "perl: not found\n" });
  await expect(readMachine({ run }, [])).rejects.toThrow("The machine could not be measured: perl: not found");
});

test.runIf(process.platform === "linux")("the script measures any Linux", async () => {
  const run: Machine["run"] = ([program = "", ...rest]) =>
    Promise.resolve({ exitCode: 0, stdout: execFileSync(program, rest, { encoding: "utf8" }), stderr: "" });
  const figures = await readMachine({ run }, ["no-such-container"]);
  expect(figures.kernel).toBe(release());
  expect(figures.processors).toBeGreaterThan(0);
  expect(figures.uptimeSeconds).toBeGreaterThan(0);
  expect(figures.memory).toBe(totalmem());
  expect(figures.usedMemory).toBeGreaterThan(0);
  expect(figures.containers.size).toBe(0);
});
