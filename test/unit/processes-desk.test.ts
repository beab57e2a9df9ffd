import { expect, test } from "vitest";
import type { Clock } from "../../src/checks/clock.ts";
import type { Engine } from "../../src/engine/engine.ts";
import { chartShape } from "../../src/sandbox/processes/chart-shape.ts";
import { memoryAmount } from "../../src/sandbox/processes/memory-amount.ts";
import { ProcessesDesk } from "../../src/sandbox/processes/processes-desk.ts";
import { processesAsSvg } from "../../src/sandbox/processes/processes-picture.ts";
import { processesAsText, type TakenView } from "../../src/sandbox/processes/processes-text.ts";
import { cpuInWords, limitInWords, memoryInWords } from "../../src/sandbox/processes/subject-words.ts";
import { dbId, fakeMachine, webId } from "./processes-fakes.ts";

test("containers have the engine's names, and what they use is told against what they may use", async () => {
  const { desk, machine } = deskOf();
  await desk.look();
  machine.uptime += 4;
  machine.web.micros += 1_960_000;
  await desk.look();
  const [whole, web] = desk.subjects.value;
  expect(whole).toMatchObject({ id: "machine", cpuLimit: 1, memoryLimit: 512_000_000, processCount: 5 });
  expect(web).toMatchObject({ name: "web", cpuLimit: 0.5, processCount: 2 });
  expect(web && cpuInWords(web, 1)).toBe("0.49 of 0.5 CPU; throttled 12 times");
  expect(web && memoryInWords(web)).toBe("1 MB of 32 MB");
  expect(web && limitInWords(web, "memory")).toBe("limit 32 MB");
});

test("a container without limits says so, and one whose processes were killed how many", async () => {
  const { desk, machine } = deskOf();
  machine.groups = [{ id: webId, micros: 0, memory: 2048, kills: 1 }];
  await desk.look();
  const web = desk.subjects.value[1];
  expect(web && cpuInWords(web, 1)).toBe("… CPU; no limit of its own, the machine has 1");
  expect(web && memoryInWords(web)).toBe("2 KB; no limit of its own; 1 process killed for want of memory");
  expect(web && limitInWords(web, "cpu")).toBeUndefined();
});

test("names are asked for when the engine's containers have changed, and not with each look", async () => {
  const { desk, machine, engine } = deskOf();
  await desk.look();
  await desk.look();
  expect(engine.lists).toBe(1);
  machine.groups.push({ id: dbId, micros: 0, memory: 10 });
  machine.processes.push({ pid: 950, ppid: 1, ticks: 0, name: "db", inner: 1, id: dbId });
  await desk.look();
  expect(desk.subjects.value[1]?.name).toBe("b".repeat(12));
  engine.names.push([dbId, "db"]);
  desk.noteChange();
  await desk.look();
  expect(desk.subjects.value.map(({ name }) => name)).toEqual(["machine", "db", "web"]);
  expect(machine.asked.at(-1)?.how[0]).toBe("all");
});

test("what is chosen is found by its name as soon as it runs, and is gone when it is gone", async () => {
  const { desk, machine, engine } = deskOf();
  desk.choose("db");
  await desk.look();
  expect(desk.shown.value).toEqual([]);
  engine.names.push([dbId, "db"]);
  machine.groups.push({ id: dbId, micros: 0, memory: 10 });
  desk.noteChange();
  await desk.look();
  expect(desk.shown.value.map(({ id }) => id)).toEqual([dbId]);
  machine.groups.pop();
  await desk.look();
  expect(desk.shown.value).toEqual([]);
  expect(desk.histories.value.has(dbId)).toBe(false);
});

test("five minutes are kept, and a machine that begins anew begins a new history", async () => {
  const { desk, machine } = deskOf();
  for (let n = 0; n < 8; n++) {
    await desk.look();
    machine.uptime += 60;
  }
  expect(desk.histories.value.get(webId)?.map(({ time }) => time)).toEqual([220, 280, 340, 400, 460, 520]);
  machine.uptime = 30;
  await desk.look();
  expect(desk.histories.value.get(webId)?.map(({ time }) => time)).toEqual([30]);
});

test("after a reset nothing of the machine before is left, whatever its clock says", async () => {
  const { desk, machine } = deskOf();
  await desk.look();
  desk.beginAnew();
  expect(desk.subjects.value).toEqual([]);
  machine.uptime += 4;
  await desk.look();
  expect(desk.histories.value.get(webId)).toHaveLength(1);
  expect(desk.shares.value?.machine).toBeUndefined();
  expect(machine.asked.at(-1)?.how[0]).toBe("all");
});

test("it looks again only when the last look has ended and the machine had its rest, and not once it is not watched", async () => {
  const { desk, machine, clock } = deskOf();
  const watching = desk.watch();
  await clock.settle();
  expect(machine.asked).toHaveLength(1);
  expect(clock.waits).toEqual([2000]);
  clock.lookMs = 900;
  await clock.pass();
  expect(machine.asked).toHaveLength(2);
  expect(clock.waits).toEqual([2000, 3600]);
  watching[Symbol.dispose]();
  await clock.pass();
  expect(machine.asked).toHaveLength(2);
});

test("wishes that come during a look become one more look", async () => {
  const { desk, machine } = deskOf();
  await Promise.all([desk.look(), desk.look(), desk.look()]);
  expect(machine.asked.length).toBeLessThanOrEqual(2);
});

test("the namespaces of the chosen process are asked for, and no others", async () => {
  const { desk, machine } = deskOf();
  await desk.look();
  desk.showRow("812-812");
  await desk.look();
  expect(desk.chosenProcess.value?.pid).toBe(812);
  expect(desk.picture.value?.namespaces).toEqual({ pid: 812, own: ["pid", "mnt"] });
  desk.showRow(undefined);
  await desk.look();
  expect(machine.asked.at(-1)?.how[1]).toBe("0");
});

test("what fails is said, and taken back when it works again", async () => {
  const { desk, machine } = deskOf();
  machine.fails = "no perl";
  await desk.look();
  expect(desk.problem.value).toBe("The processes could not be read: no perl");
  machine.fails = undefined;
  await desk.look();
  expect(desk.problem.value).toBeUndefined();
});

test("an engine that does not answer leaves containers their ids", async () => {
  const { desk, engine } = deskOf();
  engine.fails = true;
  await desk.look();
  expect(desk.problem.value).toBeUndefined();
  expect(desk.subjects.value[1]?.name).toBe("a".repeat(12));
  engine.fails = false;
  await desk.look();
  expect(desk.subjects.value[1]?.name).toBe("web");
});

test("a chart has its newest point on the right, room above its limit, and a gap where nobody looked", async () => {
  const { desk, machine } = deskOf();
  for (const seconds of [2, 2, 100, 2]) {
    await desk.look();
    machine.uptime += seconds;
  }
  await desk.look();
  const web = desk.subjects.value[1];
  if (web === undefined) throw new Error("web is missing");
  const { line, limitY, seconds } = chartShape(web, "memory", { width: 100, height: 100 });
  expect(seconds).toBe(106);
  expect(limitY).toBeCloseTo(100 - 100 / 1.3);
  expect(line.match(/M/g)).toHaveLength(2);
  expect(line).toMatch(/L100,/);
  expect(chartShape({ ...web, points: [] }, "cpu", { width: 100, height: 100 }).line).toBe("");
});

test("text and picture tell limits, containers and both numbers of a process", async () => {
  const { desk } = deskOf();
  await desk.look();
  const text = processesAsText(viewOf(desk));
  expect(text).toContain("Container web\n  CPU: … of 0.5 CPU; throttled 12 times\n  Memory: 1 MB of 32 MB\n");
  expect(text).toContain("httpd --flag, PID 812, user root");
  expect(text).toContain("in container web, where it is PID 1\n");
  expect(text).toContain("Kernel threads (42)");
  const svg = processesAsSvg(viewOf(desk));
  expect(svg).toContain("812 [web: 1] httpd --flag");
  expect(svg).toContain("limit 32 MB");
});

test("a picture of many containers is cut and says so", async () => {
  const { desk, machine } = deskOf();
  for (let n = 0; n < 100; n++) {
    const id = n.toString(16).padStart(64, "c");
    machine.groups.push({ id, micros: 0, memory: 1000 });
    machine.processes.push({ pid: 1000 + n, ppid: 1, ticks: 0, name: "sleep", inner: 1, id });
  }
  await desk.look();
  expect(desk.subjects.value).toHaveLength(102);
  const svg = processesAsSvg(viewOf(desk));
  expect(svg).toContain("and 90 more");
  expect(svg.match(/<text/g)?.length).toBeLessThan(200);
});

test.each([
  [812, "812 B"],
  [33_554_432, "32 MB"],
  [1_572_864, "1.5 MB"],
  [4096, "4 KB"],
])("%i bytes of memory are %s", (bytes, words) => expect(memoryAmount(bytes)).toBe(words));

function viewOf(desk: ProcessesDesk): TakenView {
  const picture = desk.picture.value;
  if (picture === undefined) throw new Error("nothing was seen");
  const { shares, shown, names, tones } = desk;
  return { picture, shares: shares.value, subjects: shown.value, names: names.value, tones: tones.value };
}

function deskOf() {
  const machine = fakeMachine();
  const clock = fakeClock();
  const engine = { names: [[webId, "web"]] as [string, string][], lists: 0, fails: false };
  const list = () => {
    engine.lists++;
    if (engine.fails) return Promise.reject(new Error("The engine is silent."));
    return Promise.resolve(engine.names.map(([Id, name]) => ({ Id, Names: [`/${name}`] })));
  };
  const run: typeof machine.run = (argv, options) => {
    clock.time += clock.lookMs;
    return machine.run(argv, options);
  };
  const asked = { containers: { list } } as unknown as Pick<Engine, "containers">;
  return { desk: new ProcessesDesk(asked, { run }, clock), machine, engine, clock };
}

/** A clock that goes on only when a test says so. */
function fakeClock() {
  let ring: (() => void) | undefined;
  const settle = () => new Promise<void>((resolve) => setImmediate(resolve));
  const clock = {
    time: 0,
    /** How long a look takes. */
    lookMs: 0,
    waits: [] as number[],
    now: () => clock.time,
    after(ms: number, callback: () => void) {
      clock.waits.push(ms);
      ring = callback;
      return { [Symbol.dispose]: () => (ring = undefined) };
    },
    settle,
    async pass() {
      ring?.();
      await settle();
    },
  };
  return clock satisfies Clock;
}
