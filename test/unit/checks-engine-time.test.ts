import { expect, it } from "vitest";
import { createEngineTime } from "../../src/checks/engine-time.ts";

const second = 1_000_000_000n;
const engineAt = (time: bigint) => ({ system: { time: () => Promise.resolve(time) } });
type Machine = Parameters<typeof createEngineTime>[0];
const machine = (run: Machine["run"], canRun = true): Machine => ({
  run,
  capabilities: { consoles: 1, run: canRun, reset: true, save: true, features: [] },
});
const saying = (stdout: string) => machine(() => Promise.resolve({ exitCode: 0, stdout, stderr: "" }));

it.each(["1700000000.123456\n", "1700000000,123456\n"])("tells the time to the microsecond: %j", async (said) => {
  for (const earlier of [0n, 1n, 20n]) {
    const time = createEngineTime(saying(said), engineAt((1_700_000_000n - earlier) * second));
    expect(await time()).toBe(1_700_000_000_123_456_000n);
  }
});

it.each([1n, -60n])("tells that of the engine, to the second, where its clock is another one: %d s", async (away) => {
  const theirs = (1_700_000_000n + away) * second;
  expect(await createEngineTime(saying("1700000000.123456"), engineAt(theirs))()).toBe(theirs);
});

it("rejects while the engine does not answer", async () => {
  const silent = { system: { time: () => Promise.reject(new Error("silent")) } };
  await expect(createEngineTime(saying("1700000000.123456\n"), silent)()).rejects.toThrow("silent");
});

const toTheSecond = 1_700_000_000n * second;

it.each([
  ["runs nothing", machine(() => Promise.reject(new Error("Nobody is to ask.")), false)],
  ["cannot run it", machine(() => Promise.reject(new Error("There is no bash.")))],
  ["says something else", saying("")],
])("tells that of the engine, to the second, where the machine %s", async (_, where) => {
  expect(await createEngineTime(where, engineAt(toTheSecond))()).toBe(toTheSecond);
});

it("asks nobody else once nobody waits", async () => {
  const signal = AbortSignal.abort(new Error("Nobody waits."));
  const stopped = machine(() => Promise.reject(new Error("Stopped.")));
  await expect(createEngineTime(stopped, engineAt(toTheSecond))({ signal })).rejects.toThrow("Nobody waits.");
});

it("reads the machine's clock last, so that its time is hardly older than the answer", async () => {
  const asked: string[] = [];
  const where = machine(() => {
    asked.push("machine");
    return Promise.resolve({ exitCode: 0, stdout: "1700000000.123456", stderr: "" });
  });
  const system = { time: () => Promise.resolve(void asked.push("engine")).then(() => toTheSecond) };
  expect(await createEngineTime(where, { system })()).toBe(1_700_000_000_123_456_000n);
  expect(asked).toEqual(["engine", "machine"]);
});
