import { signal } from "@preact/signals";
import { expect, test } from "vitest";
import type { Client } from "../../src/engine/client.ts";
import type { Engine } from "../../src/engine/engine.ts";
import type { Machine } from "../../src/machine/contract.ts";
import type { SmallDesk } from "../../src/sandbox/small-machine/small-desk.ts";
import type { SessionState } from "../../src/sandbox/session.ts";
import { readComputer } from "../../src/sandbox/stacks/computer.ts";
import { StacksDesk } from "../../src/sandbox/stacks/stacks-desk.ts";
import { StartTimes } from "../../src/sandbox/start-times.ts";
import { fakeContainer } from "./engine-map-fakes.ts";

test("a look lists and measures, a measurement asks the machine only", async () => {
  const { desk, asked } = deskOf();
  await desk.look();
  expect(desk.view.value).toMatchObject({
    engineVersion: "26.1.5",
    machine: { kernel: "6.1.0" },
    containers: [
      { name: "web", imageBytes: 5, writtenBytes: 7, memory: 1000, processes: 2, seconds: 3, startMs: 800 },
      { name: "old", state: "exited", imageBytes: 5 },
    ],
  });
  expect(asked).toEqual(["version", "containers", "images", "sizes", "inspect web-id", "perl web-id"]);
  asked.length = 0;
  await desk.look("figures");
  expect(asked).toEqual(["perl web-id"]);
});

test("a container that was started long after it was created has no time of start", async () => {
  const { desk } = deskOf({ startedAt: "2026-11-27T09:05:00Z" });
  await desk.look();
  expect(desk.view.value?.containers[0]?.startMs).toBeUndefined();
});

test("what many containers have written is not counted", async () => {
  const { desk, asked } = deskOf({ count: 31 });
  await desk.look();
  expect(asked).not.toContain("sizes");
  expect(desk.view.value?.containers[0]?.writtenBytes).toBeUndefined();
});

test("a machine that cannot be measured is said to be, until it can", async () => {
  const { desk, fail } = deskOf();
  fail("The machine is silent.");
  await desk.look();
  expect(desk.problem.value).toBe("The machine is silent.");
  expect(desk.view.value).toBeUndefined();
  fail(undefined);
  await desk.look("figures");
  expect(desk.problem.value).toBeUndefined();
  expect(desk.view.value?.containers).toHaveLength(2);
});

test("the small machine appears as it starts, without another look", async () => {
  const { desk, small } = deskOf();
  await desk.look();
  expect(desk.view.value?.small).toEqual({ phase: "off" });
  small.state.value = { phase: "running" };
  small.facts.value = { kernelVersion: "6.1.0", kernelBytes: 5, initrdBytes: 1, unpackedBytes: 3, memoryBytes: 64 };
  small.times.value = { program: 6100 };
  expect(desk.view.value?.small).toEqual({
    phase: "running",
    kernel: "6.1.0",
    memory: 64,
    diskBytes: 8,
    loadedBytes: 6,
    startMs: 6100,
  });
});

test("the start of the machine is timed from its beginning, part by part, and anew for another", () => {
  let now = 100;
  const state = signal<SessionState>({ phase: "idle" });
  const { figures } = new StartTimes(state, () => now);
  const at = (time: number, next: SessionState) => {
    now = time;
    state.value = next;
  };
  at(200, { phase: "booting", status: undefined });
  at(500, { phase: "booting", status: { phase: "downloading", loadedBytes: 40, totalBytes: 50 } });
  at(1200, { phase: "booting", status: { phase: "restoring" } });
  at(3200, { phase: "booting", status: { phase: "starting" } });
  const machine = {} as Machine;
  at(4200, { phase: "ready", machine });
  const whole = { loadedBytes: 40, downloaded: 1000, restored: 3000, ready: 4000 };
  expect(figures.value).toEqual(whole);
  at(9000, { phase: "unresponsive", machine, silentMs: 1 });
  at(9500, { phase: "ready", machine });
  expect(figures.value).toEqual(whole);
  at(10_000, { phase: "booting", status: undefined });
  expect(figures.value).toEqual({});
});

test("of the computer is known what the browser tells", () => {
  const brands = [
    { brand: "Not;A=Brand", version: "8" },
    { brand: "Chromium", version: "140" },
    { brand: "Edge of the world", version: "140" },
  ];
  expect(readComputer({ hardwareConcurrency: 8, deviceMemory: 8, userAgentData: { brands } })).toEqual({
    browser: "Edge of the world 140",
    cores: 8,
    memoryGigabytes: 8,
  });
  const userAgent = "Mozilla/5.0 (Macintosh) AppleWebKit/605.1 (KHTML, like Gecko) Version/18.5 Safari/605.1";
  expect(readComputer({ userAgent })).toEqual({ browser: "Safari 18" });
  expect(readComputer({ userAgent: "Mozilla/5.0 (X11; rv:140.0) Gecko/20100101 Firefox/140.0" })).toEqual({
    browser: "Firefox 140",
  });
  expect(readComputer({})).toEqual({});
});

/** A desk before an engine with one container that runs and some that have ended. */
function deskOf({ startedAt = "2026-11-27T09:00:00.900000000Z", count = 2 } = {}) {
  const asked: string[] = [];
  let failure: string | undefined;
  const answer = <T>(name: string, value: T): Promise<T> => {
    asked.push(name);
    return failure === undefined ? Promise.resolve(value) : Promise.reject(new Error(failure));
  };
  const old = Array.from({ length: count - 1 }, () => fakeContainer("old", { State: "exited" }));
  const engine = {
    system: { version: () => answer("version", { Version: "26.1.5" }) },
    containers: {
      list: () => answer("containers", [fakeContainer("web"), ...old]),
      inspect: (id: string) =>
        answer(`inspect ${id}`, { Created: "2026-11-27T09:00:00.100000000Z", State: { StartedAt: startedAt } }),
    },
    images: { list: () => answer("images", [{ Id: "sha256:box", Size: 5 }]) },
  } as unknown as Engine;
  const client = { json: () => answer("sizes", [{ Id: "web-id", SizeRw: 7 }]) } as unknown as Client;
  const run: Machine["run"] = (argv) =>
    answer(`perl ${argv.slice(4).join(" ")}`, {
      exitCode: 0,
      stdout: "kernel\t6.1.0\ncontainer\tweb-id\t1000\t2\t3\n",
      stderr: "",
    });
  const small = {
    state: signal<SmallDesk["state"]["value"]>({ phase: "off" }),
    facts: signal<SmallDesk["facts"]["value"]>(undefined),
    times: signal<SmallDesk["times"]["value"]>({}),
  };
  const desk = new StacksDesk({ engine, client, machine: { run }, computer: {}, start: signal({}), small });
  return { desk, asked, small, fail: (words: string | undefined) => (failure = words) };
}
