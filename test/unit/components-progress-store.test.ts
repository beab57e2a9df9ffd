import { beforeEach, expect, it, vi } from "vitest";
import { isProgressLasting, loadProgress, onProgress, updateProgress } from "../../src/components/progress-store.ts";
import { withStepDone } from "../../src/lessons/progress.ts";

const kept = new Map<string, string>();
let isFull: boolean;

beforeEach(() => {
  kept.clear();
  isFull = false;
  vi.stubGlobal("document", new EventTarget());
  vi.stubGlobal("addEventListener", vi.fn());
  vi.stubGlobal("localStorage", {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => {
      if (isFull) throw new DOMException("full", "QuotaExceededError");
      kept.set(key, value);
    },
  });
});

it("tells whether progress will be there on the next visit, by the time that the page is told of it", () => {
  const told: boolean[] = [];
  using _listening = onProgress(() => told.push(isProgressLasting()));
  const finish = (step: string) =>
    updateProgress((progress) => withStepDone(progress, "c/one", step, new Date("2026-11-21")));
  finish("a");
  isFull = true;
  finish("b");
  expect(Object.keys(loadProgress()["c/one"] ?? {})).toEqual(["a", "b"]);
  isFull = false;
  finish("c");
  expect(told).toEqual([true, false, true]);
});
