import { expect, it } from "vitest";
import { createEngineTime } from "../../src/checks/engine-time.ts";

const second = 1_000_000_000n;
const engineAt = (time: bigint) => ({ system: { time: () => Promise.resolve(time) } });
const saying = (stdout: string) => ({ run: () => Promise.resolve({ exitCode: 0, stdout, stderr: "" }) });

it.each(["1700000000.123456\n", "1700000000,123456\n"])("tells the time to the microsecond: %j", async (said) => {
  for (const later of [0n, 1n, 20n]) {
    const time = createEngineTime(saying(said), engineAt((1_700_000_000n + later) * second));
    expect(await time()).toBe(1_700_000_000_123_456_000n);
  }
});

it.each([-1n, 60n])("tells that of the engine, to the second, where its clock is another one: %d s", async (away) => {
  const theirs = (1_700_000_000n + away) * second;
  expect(await createEngineTime(saying("1700000000.123456"), engineAt(theirs))()).toBe(theirs);
});

it("rejects while the engine does not answer", async () => {
  const silent = { system: { time: () => Promise.reject(new Error("silent")) } };
  await expect(createEngineTime(saying("1700000000.123456\n"), silent)()).rejects.toThrow("silent");
});

it("rejects when the machine says something else", async () => {
  await expect(createEngineTime(saying(""), engineAt(0n))()).rejects.toThrow("did not tell its time");
});
