import { expect, test } from "vitest";
import { readSample } from "../../src/sandbox/processes/sample.ts";
import { Sampler } from "../../src/sandbox/processes/sampler.ts";
import { cpuShares } from "../../src/sandbox/processes/cpu-shares.ts";
import { dbId, fakeMachine, webId } from "./processes-fakes.ts";

const machineLine = "m\t100.50\t100\t1000\t2\t500000\t400000\t42\t2\t8\0";

test("a sample is read to the last field, with command lines that hold tabs and line ends", () => {
  const folder = `/docker/${webId}`;
  const sample = readSample(
    `p\t812\t811\tS\t33\t4096\t50\t9000\tsh\0d\t812\t1\t${folder}\tsh -c a\tb\nc\0u\t33\twww-data\0` +
      `g\t${folder}\t1500000\t12\t1048576\0l\t${folder}\t50000\t100000\t33554432\t2\t100\0n\t812\tpid,net\0${machineLine}`,
  );
  expect(sample.processes).toEqual([
    { pid: 812, ppid: 811, state: "S", user: 33, memoryBytes: 4096, cpuTicks: 50, start: 9000, name: "sh" },
  ]);
  expect(sample.details.get(812)).toEqual({ innerPid: 1, folder, command: "sh -c a\tb\nc" });
  expect(sample.users.get(33)).toBe("www-data");
  expect(sample.groups.get(folder)).toEqual({ cpuMicroseconds: 1_500_000, throttled: 12, memoryBytes: 1_048_576 });
  expect(sample.limits.get(folder)).toEqual({
    cpuLimit: 0.5,
    memoryLimit: 33_554_432,
    processLimit: 100,
    oomKills: 2,
  });
  expect(sample.namespaces).toEqual({ pid: 812, own: ["pid", "net"] });
  expect(sample.machine).toMatchObject({ uptime: 100.5, cpus: 2, memoryBytes: 512_000_000, kernelThreads: 42 });
});

test("no limit is undefined, not a number", () => {
  const { limits } = readSample(`l\t/docker/x\tmax\t100000\tmax\t0\tmax\0${machineLine}`);
  expect(limits.get("/docker/x")).toEqual({
    cpuLimit: undefined,
    memoryLimit: undefined,
    processLimit: undefined,
    oomKills: 0,
  });
});

test.each([
  ["a field that is no number", `p\tx\t1\tS\t0\t1\t1\t1\tsh\0${machineLine}`],
  ["a field too few", `g\t/docker/x\t1\t2\0${machineLine}`],
  ["an unknown record", `z\t1\0${machineLine}`],
  ["an end that is missing", "p\t1\t0\tS\t0\t1\t1\t1\tsh\0"],
])("%s is refused", (_, text) => {
  expect(() => readSample(text)).toThrow();
});

test("what seldom changes is asked for once, then of what is new, and now and then of all", async () => {
  const machine = fakeMachine();
  const sampler = new Sampler(machine);
  const first = await sampler.look();
  machine.processes.push({ pid: 900, ppid: 812, ticks: 0, name: "sh", inner: 9, id: webId });
  const second = await sampler.look({ container: webId });
  expect(machine.asked.map(({ how }) => how)).toEqual([
    ["all", "0", ""],
    ["new", "0", webId],
  ]);
  expect(machine.asked[1]?.stdin).toContain(`812 812 httpd\t/docker/${webId}\n`);
  expect(second.processes.find(({ pid }) => pid === 812)).toEqual(first.processes.find(({ pid }) => pid === 812));
  expect(second.processes.at(-1)).toMatchObject({ pid: 900, innerPid: 9, container: webId, command: "sh --flag" });
  expect(second.containers.get(webId)).toMatchObject({ cpuLimit: 0.5, memoryLimit: 33_554_432, processCount: 3 });
  for (let n = 0; n < 9; n++) await sampler.look();
  expect(machine.asked.filter(({ how }) => how[0] === "all")).toHaveLength(2);
  sampler.forget();
  await sampler.look();
  expect(machine.asked.at(-1)?.how[0]).toBe("all");
});

test("a machine that cannot be looked at says why", async () => {
  const machine = fakeMachine();
  machine.fails = "/proc: No such file or directory";
  await expect(new Sampler(machine).look()).rejects.toThrow("/proc: No such file or directory");
});

test("the share of a CPU is by the machine's own clock, and of what was there at both looks", async () => {
  const machine = fakeMachine();
  const sampler = new Sampler(machine);
  const before = await sampler.look();
  machine.uptime += 4;
  machine.cpuTicks += 300;
  machine.web.micros += 2_000_000;
  machine.groups.push({ id: dbId, micros: 5_000_000, memory: 10 });
  machine.httpd.ticks += 180;
  // The number of the worker has gone to another process.
  machine.worker.start = 10_000;
  machine.worker.ticks = 400;
  const after = await sampler.look();
  const shares = cpuShares(before, after);
  expect(shares.machine).toBe(0.75);
  expect(shares.look).toBe(0.02);
  expect([...shares.containers]).toEqual([[webId, 0.5]]);
  expect(shares.processes.get(812)).toBe(0.45);
  expect(shares.processes.has(820)).toBe(false);
  expect(cpuShares(after, before).machine).toBeUndefined();
});

test("no share is more than the machine has", async () => {
  const machine = fakeMachine();
  const sampler = new Sampler(machine);
  const before = await sampler.look();
  machine.uptime += 1;
  machine.cpuTicks += 103;
  expect(cpuShares(before, await sampler.look()).machine).toBe(1);
});
