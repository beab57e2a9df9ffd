import { describe, expect, it } from "vitest";
import {
  countDone,
  findCurrentStep,
  findResume,
  parseProgress,
  progressKey,
  readProgress,
  withCheckPassed,
  withoutProgress,
  withSolutionSeen,
  withStepDone,
  withStepOpened,
  withStepReset,
  withStepSkipped,
  writeProgress,
  type Progress,
} from "../../src/lessons/progress.ts";

const monday = new Date("2026-03-02T09:00:00.000Z");
const tuesday = new Date("2026-03-03T09:00:00.000Z");

describe("progress", () => {
  it("survives being written and read", () => {
    const storage = createStorage();
    const progress = withSolutionSeen(
      withStepDone(withCheckPassed({}, "c/a", "one", 0), "c/a", "one", monday),
      "c/a",
      "one",
    );
    writeProgress(storage, progress);
    expect(readProgress(storage, tuesday)).toEqual({
      "c/a": { one: { done: "2026-03-02T09:00:00.000Z", checks: [0], solutionSeen: true } },
    });
  });

  it("keeps passed checks in order and each once", () => {
    const passed = [2, 0, 2].reduce<Progress>((progress, check) => withCheckPassed(progress, "c/a", "one", check), {});
    expect(passed["c/a"]?.one?.checks).toEqual([0, 2]);
  });

  it("keeps the time at which a step was done first", () => {
    const done = withStepDone({}, "c/a", "one", monday);
    expect(withStepDone(done, "c/a", "one", tuesday)).toBe(done);
  });

  it("answers the same object when nothing changes, so that nobody is told", () => {
    const progress = withSolutionSeen(withCheckPassed({}, "c/a", "one", 1), "c/a", "one");
    expect(withCheckPassed(progress, "c/a", "one", 1)).toBe(progress);
    expect(withSolutionSeen(progress, "c/a", "one")).toBe(progress);
  });

  it("forgets one step, or a lesson, and nothing else", () => {
    const both = withStepDone(
      withStepDone(withStepDone({}, "c/a", "one", monday), "c/a", "two", monday),
      "c/b",
      "x",
      monday,
    );
    expect(Object.keys(withoutProgress(both, "c/a", "one")["c/a"] ?? {})).toEqual(["two"]);
    expect(Object.keys(withoutProgress(both, "c/a"))).toEqual(["c/b"]);
  });

  it("counts only steps that the lesson has", () => {
    const progress = withStepDone(withStepDone({}, "c/a", "one", monday), "c/a", "removed-since", monday);
    expect(countDone(progress, "c/a", ["one", "two"])).toBe(1);
  });
});

describe("the step that the reader is at", () => {
  const steps = ["one", "two", "three", "four"];
  const at = (progress: Progress) => findCurrentStep(progress, "c/a", steps);
  const done = (progress: Progress, step: string) => withStepDone(progress, "c/a", step, monday);
  const skip = (progress: Progress, step: string) => withStepSkipped(progress, "c/a", step, monday);
  const open = (progress: Progress, step: string) => withStepOpened(progress, "c/a", step, monday);

  it("is the first that is not done in progress from before there was a choice", () => {
    const old = parseProgress('{"c/a":{"one":{"done":"2026-03-02T09:00:00.000Z","checks":[0]},"two":{"checks":[1]}}}');
    expect(at(old ?? {})).toBe("two");
    expect(at({})).toBe("one");
  });

  it("goes past a skipped step, and back to it on request", () => {
    const skipped = skip(done({}, "one"), "two");
    expect(at(skipped)).toBe("three");
    expect(at(open(skipped, "two"))).toBe("two");
    const returned = done(open(skipped, "two"), "two");
    expect(returned["c/a"]?.two?.skipped).toBeUndefined();
    expect(at(returned)).toBe("three");
  });

  it("goes on after a step that was jumped to, then back to what was left out", () => {
    const jumped = done(open({}, "three"), "three");
    expect(at(jumped)).toBe("four");
    expect(at(done(jumped, "four"))).toBe("one");
  });

  it("stays at a done step that was opened again, which stays done", () => {
    const again = open(done(done({}, "one"), "two"), "one");
    expect(at(again)).toBe("one");
    expect(again["c/a"]?.one?.done).toBe("2026-03-02T09:00:00.000Z");
    expect(at(open(again, "three"))).toBe("three");
  });

  it("does not move when another step is done by the way", () => {
    expect(at(done(open({}, "two"), "four"))).toBe("two");
    expect(at(done({}, "four"))).toBe("one");
  });

  it("is nowhere when all are done or skipped", () => {
    expect(at(steps.reduce((progress, step) => (step === "two" ? skip : done)(progress, step), {}))).toBeUndefined();
  });

  it("is the step that was reset, with nothing left of it", () => {
    const reset = withStepReset(
      withSolutionSeen(done(done({}, "one"), "two"), "c/a", "one"),
      "c/a",
      "one",
      new Date("2020-01-01"),
    );
    expect(at(reset)).toBe("one");
    expect(Object.keys(reset["c/a"]?.one ?? {})).toEqual(["checks", "opened"]);
    expect(reset["c/a"]?.two?.done).toBeDefined();
  });

  it("does not leave a done step for later", () => {
    const progress = done({}, "one");
    expect(skip(progress, "one")).toBe(progress);
  });

  it("is told apart when a clock stands still or is set back", () => {
    const before = withStepDone(withStepOpened({}, "c/a", "one", tuesday), "c/a", "one", monday);
    expect(at(before)).toBe("two");
    expect(at(withStepOpened(before, "c/a", "one", monday))).toBe("one");
  });
});

describe("unreadable progress", () => {
  it.each([
    ["no JSON", "{"],
    ["a list", "[]"],
    ["null", "null"],
    ["a lesson that is a number", '{"c/a":1}'],
    ["a step without checks", '{"c/a":{"one":{}}}'],
    ["a negative check", '{"c/a":{"one":{"checks":[-1]}}}'],
    ["a date that is none", '{"c/a":{"one":{"checks":[],"done":"soon"}}}'],
    ["a date in other words", '{"c/a":{"one":{"checks":[],"done":"2026-03-02T09:00:00Z"}}}'],
    ["a date so late that none can follow it", '{"c/a":{"one":{"checks":[],"done":"+275760-09-13T00:00:00.000Z"}}}'],
    ["a time of skipping that is a flag", '{"c/a":{"one":{"checks":[],"skipped":true}}}'],
    ["a time of opening that cannot be compared", '{"c/a":{"one":{"checks":[],"opened":"2 March 2026"}}}'],
    ["a solution seen that is a word", '{"c/a":{"one":{"checks":[],"solutionSeen":"yes"}}}'],
  ])("is not taken for progress when it is %s", (_, text) => {
    expect(parseProgress(text)).toBeUndefined();
  });

  it("is none of a far time, after which the lesson goes on", () => {
    const far = parseProgress('{"c/a":{"one":{"checks":[],"done":"9999-12-31T23:59:59.999Z"}}}') ?? {};
    const after = withStepDone(withStepOpened(far, "c/a", "two", monday), "c/a", "two", monday);
    expect(parseProgress(JSON.stringify(after))).toEqual(after);
    expect(findCurrentStep(after, "c/a", ["one", "two", "three"])).toBe("three");
  });

  it("is put aside and not lost", () => {
    const storage = createStorage({ [progressKey]: "{broken" });
    expect(readProgress(storage, monday)).toEqual({});
    expect(storage.getItem(`${progressKey}:unreadable:2026-03-02T09:00:00.000Z`)).toBe("{broken");
    writeProgress(storage, withStepDone({}, "c/a", "one", monday));
    expect(countDone(readProgress(storage, tuesday), "c/a", ["one"])).toBe(1);
  });
});

describe("where to go on", () => {
  const lessons = [
    { id: "c/a", steps: ["one"] },
    { id: "c/b", steps: ["one", "two"] },
    { id: "c/c", steps: ["one", "two"] },
  ];

  it("is the first lesson for a new reader", () => {
    expect(findResume({}, lessons)).toBe("c/a");
  });

  it("is the unfinished lesson that was worked on last", () => {
    const progress = withStepDone(withStepDone({}, "c/b", "one", monday), "c/c", "one", tuesday);
    expect(findResume(progress, lessons)).toBe("c/c");
  });

  it("is the next lesson when the last one is finished", () => {
    expect(findResume(withStepDone({}, "c/a", "one", tuesday), lessons)).toBe("c/b");
  });

  it("is the lesson that was opened last, also when nothing in it is done", () => {
    const progress = withStepOpened(withStepDone({}, "c/b", "one", monday), "c/c", "two", tuesday);
    expect(findResume(progress, lessons)).toBe("c/c");
  });

  it("comes to skipped steps when nothing else is left", () => {
    const skipped = withStepSkipped({}, "c/a", "one", tuesday);
    expect(findResume(skipped, lessons)).toBe("c/b");
    expect(findResume(skipped, lessons.slice(0, 1))).toBe("c/a");
  });

  it("is nowhere when all is done", () => {
    expect(findResume(withStepDone({}, "c/a", "one", monday), lessons.slice(0, 1))).toBeUndefined();
  });
});

function createStorage(initial: Record<string, string> = {}) {
  const entries = new Map(Object.entries(initial));
  return {
    getItem: (key: string) => entries.get(key) ?? null,
    setItem: (key: string, value: string) => void entries.set(key, value),
  };
}
