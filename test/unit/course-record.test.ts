import { describe, expect, it } from "vitest";
import { describeStep, makeRecord, summarize, type RecordedCourse } from "../../src/components/course-record.ts";
import type { Progress } from "../../src/lessons/progress.ts";

const course: RecordedCourse = {
  id: "c",
  title: "A course",
  lessons: [
    {
      id: "c/a",
      title: "First",
      steps: [
        { id: "one", title: "One" },
        { id: "two", title: "Two" },
      ],
    },
    { id: "c/b", title: "Second", steps: [{ id: "one", title: "Another" }] },
  ],
};
const now = new Date("2026-03-05T10:00:00.000Z");
const monday = "2026-03-02T09:00:00.000Z";
const tuesday = "2026-03-03T09:00:00.000Z";

describe("the record of a course", () => {
  it("lists every step with what is known of it, and adds it up", () => {
    const progress: Progress = {
      "c/a": { one: { done: tuesday, checks: [0], solutionSeen: true }, two: { done: monday, checks: [] } },
      "c/b": { one: { checks: [], skipped: monday, solutionSeen: true } },
      "other/x": { one: { done: monday, checks: [] } },
    };
    const record = makeRecord(course, progress, now);
    expect(record.made).toBe(now.toISOString());
    expect(record.note).toContain("no certificate");
    expect(record.steps).toEqual({ all: 3, done: 2, withSolutionSeen: 1, skipped: 1 });
    expect(record.lessons).toEqual([
      {
        id: "c/a",
        title: "First",
        done: tuesday,
        steps: [
          { id: "one", title: "One", done: tuesday, solutionSeen: true, skipped: false },
          { id: "two", title: "Two", done: monday, solutionSeen: false, skipped: false },
        ],
      },
      {
        id: "c/b",
        title: "Second",
        done: null,
        steps: [{ id: "one", title: "Another", done: null, solutionSeen: true, skipped: true }],
      },
    ]);
    expect(summarize(record.steps)).toBe(
      "You have done 2 of 3 steps, 1 of them with the solution seen. One was skipped.",
    );
  });

  it("does not call a step skipped that was done after all", () => {
    const progress: Progress = { "c/b": { one: { done: tuesday, checks: [], skipped: monday } } };
    expect(makeRecord(course, progress, now).steps).toEqual({ all: 3, done: 1, withSolutionSeen: 0, skipped: 0 });
  });

  it.each([
    [{ all: 3, done: 0, withSolutionSeen: 0, skipped: 0 }, "You have not done a step of it yet."],
    [{ all: 3, done: 0, withSolutionSeen: 0, skipped: 2 }, "You have done 0 of 3 steps. 2 were skipped."],
    [{ all: 3, done: 3, withSolutionSeen: 0, skipped: 0 }, "You have done all 3 steps."],
    [
      { all: 3, done: 2, withSolutionSeen: 2, skipped: 0 },
      "You have done 2 of 3 steps, all of them with the solution seen.",
    ],
    [{ all: 3, done: 1, withSolutionSeen: 1, skipped: 0 }, "You have done 1 of 3 steps, with the solution seen."],
  ])("says %j in a sentence", (totals, sentence) => {
    expect(summarize(totals)).toBe(sentence);
  });

  it("says of a step whether and when it was done, and whether the solution was seen", () => {
    const step = { id: "one", title: "One", done: null, solutionSeen: false, skipped: false };
    expect(describeStep(step)).toEqual({ text: "not done", at: null });
    expect(describeStep({ ...step, skipped: true, solutionSeen: true })).toEqual({
      text: "skipped, solution seen",
      at: null,
    });
    expect(describeStep({ ...step, done: monday, solutionSeen: true })).toEqual({
      text: "done, solution seen",
      at: monday,
    });
  });
});
