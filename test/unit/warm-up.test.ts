import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Machine, MachineStatus } from "../../src/machine/contract.ts";
import { warmUp } from "../../src/sandbox/warm-up.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test("the machine is asked once when it is ready, at the lowest priority, and nothing that changes the engine", () => {
  const { machine, runs, become } = fakeMachine({ phase: "starting" });
  using _warm = warmUp(machine);
  vi.advanceTimersByTime(5000);
  expect(runs).toHaveLength(0);
  become({ phase: "ready" });
  vi.advanceTimersByTime(5000);
  expect(runs).toHaveLength(1);
  const [argv = []] = runs;
  expect(argv.slice(0, 3)).toEqual(["nice", "-n", "19"]);
  expect(argv.at(-1)).toContain("--pull never");
  become({ phase: "unresponsive", silentMs: 9000 });
  become({ phase: "ready" });
  vi.advanceTimersByTime(5000);
  expect(runs).toHaveLength(1);
});

test("a machine that was reset is cold again, one that is reset at once is not asked before", () => {
  const { machine, runs, become } = fakeMachine({ phase: "ready" });
  using _warm = warmUp(machine);
  become({ phase: "resetting" });
  vi.advanceTimersByTime(5000);
  expect(runs).toHaveLength(0);
  become({ phase: "ready" });
  vi.advanceTimersByTime(5000);
  become({ phase: "resetting" });
  become({ phase: "ready" });
  vi.advanceTimersByTime(5000);
  expect(runs).toHaveLength(2);
});

test("a page that goes asks no more, and takes back what it has asked", () => {
  const { machine, runs, signals } = fakeMachine({ phase: "ready" });
  const first = warmUp(machine);
  first[Symbol.dispose]();
  vi.advanceTimersByTime(5000);
  expect(runs).toHaveLength(0);
  const second = warmUp(machine);
  vi.advanceTimersByTime(5000);
  second[Symbol.dispose]();
  expect(signals.map((signal) => signal?.aborted)).toEqual([true]);
});

function fakeMachine(status: MachineStatus) {
  const runs: (readonly string[])[] = [];
  const signals: (AbortSignal | undefined)[] = [];
  const listeners = new Set<(status: MachineStatus) => void>();
  const machine = {
    status,
    capabilities: { run: true },
    onStatus(listener: (status: MachineStatus) => void): Disposable {
      listeners.add(listener);
      return { [Symbol.dispose]: () => void listeners.delete(listener) };
    },
    run(argv: readonly string[], options?: { signal?: AbortSignal }) {
      runs.push(argv);
      signals.push(options?.signal);
      return Promise.resolve({ exitCode: 0, stdout: "", stderr: "" });
    },
  };
  const become = (next: MachineStatus) => {
    machine.status = next;
    for (const listener of listeners) listener(next);
  };
  return { machine: machine as unknown as Machine, runs, signals, become };
}
