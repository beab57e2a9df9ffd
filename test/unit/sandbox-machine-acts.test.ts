import { beforeEach, describe, expect, it } from "vitest";
import type { Machine } from "../../src/machine/contract.ts";
import { MachineError } from "../../src/machine/error.ts";
import { MachineActs } from "../../src/sandbox/machine-acts.ts";
import { settle } from "./checks-fakes.ts";

let machine: Machine | undefined;
let said: string[];
let acts: MachineActs;

beforeEach(() => {
  machine = { kind: "fake" } as Machine;
  said = [];
  acts = new MachineActs({ machine: () => machine, say: (words) => said.push(words) });
});

/** An act that goes on until it is told to end. */
function slowAct() {
  const { promise, resolve } = Promise.withResolvers<void>();
  let isBegun = false;
  return { act: () => ((isBegun = true), promise), end: resolve, isBegun: () => isBegun };
}

describe("what is done to a machine", () => {
  it("is done one after the other, in the order in which it was asked for", async () => {
    const reset = slowAct();
    const restart = slowAct();
    const wasReset = acts.do("reset", reset.act);
    const restarted = acts.do("restart-engine", restart.act);
    await settle();
    expect([acts.busy.value, reset.isBegun(), restart.isBegun()]).toEqual(["reset", true, false]);
    expect(acts.isResetting.value).toBe(true);
    reset.end();
    expect(await wasReset).toBe("done");
    await settle();
    expect([acts.busy.value, acts.isResetting.value, restart.isBegun()]).toEqual(["restart-engine", false, true]);
    restart.end();
    expect(await restarted).toBe("done");
    expect([acts.busy.value, acts.isResetting.value]).toEqual([undefined, false]);
  });

  it("is given up for a reset, which does not wait for it, but for another reset", async () => {
    const restart = slowAct();
    const shell = slowAct();
    const first = slowAct();
    const second = slowAct();
    const given = { signal: undefined as AbortSignal | undefined };
    const restarted = acts.do("restart-engine", (_, signal) => ((given.signal = signal), restart.act()));
    const renewed = acts.do("new-shell", shell.act);
    await settle();
    const resets = [acts.do("reset", first.act), acts.do("reset", second.act)];
    expect(await Promise.all([restarted, renewed])).toEqual(["given-up", "given-up"]);
    await settle();
    expect([given.signal?.aborted, shell.isBegun(), first.isBegun(), second.isBegun()]).toEqual([
      true,
      false,
      true,
      false,
    ]);
    expect([acts.busy.value, said]).toEqual(["reset", []]);
    first.end();
    second.end();
    expect(await Promise.all(resets)).toEqual(["done", "done"]);
    expect(acts.busy.value).toBeUndefined();
  });

  it("says why it failed, and lets the next begin", async () => {
    const hint = "Start it again.";
    const failing = acts.do("reset", () => Promise.reject(new MachineError("timeout", "It is deaf.", { hint })));
    const next = acts.do("new-shell", () => Promise.resolve());
    expect(await failing).toBe("failed");
    expect(await next).toBe("done");
    expect(said).toEqual(["It is deaf. Start it again."]);
  });

  it("is nothing without a machine, or when that has gone meanwhile", async () => {
    const restart = slowAct();
    const restarted = acts.do("restart-engine", restart.act);
    const shell = slowAct();
    const renewed = acts.do("new-shell", shell.act);
    await settle();
    machine = undefined;
    expect(await acts.do("reset", shell.act)).toBe("none");
    restart.end();
    await restarted;
    expect(await renewed).toBe("none");
    expect([shell.isBegun(), acts.busy.value, said]).toEqual([false, undefined, []]);
  });
});
