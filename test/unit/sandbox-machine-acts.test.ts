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
    const restart = slowAct();
    const reset = slowAct();
    const restarted = acts.do("restart-engine", restart.act);
    const wasReset = acts.do("reset", reset.act);
    await settle();
    expect([acts.busy.value, restart.isBegun(), reset.isBegun()]).toEqual(["restart-engine", true, false]);
    expect(acts.isResetting.value).toBe(true);
    restart.end();
    expect(await restarted).toBe("done");
    await settle();
    expect([acts.busy.value, reset.isBegun()]).toEqual(["reset", true]);
    reset.end();
    expect(await wasReset).toBe("done");
    expect([acts.busy.value, acts.isResetting.value]).toEqual([undefined, false]);
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
    const reset = slowAct();
    const wasReset = acts.do("reset", reset.act);
    machine = undefined;
    expect(await acts.do("reset", reset.act)).toBe("none");
    restart.end();
    await restarted;
    expect(await wasReset).toBe("none");
    expect([reset.isBegun(), acts.busy.value, said]).toEqual([false, undefined, []]);
  });
});
