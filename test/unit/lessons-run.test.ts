import { describe, expect, it } from "vitest";
import type { CheckSpec } from "../../src/lessons/model.ts";
import { chooseLessons } from "../lessons/choose-lessons.ts";
import { concurrency } from "../lessons/concurrency.ts";
import { requireNeeds } from "../lessons/lesson-workplace.ts";
import { wrongAnswers } from "../lessons/wrong-answers.ts";
import { command, failureOf, prove, quiz, write } from "./lessons-run-fakes.ts";

const check: CheckSpec = { kind: "file", path: "hello.txt", contains: "hello" };
const right = write("hello.txt", "hello");

describe("the proof of a step", () => {
  it("holds for a step that its solution ticks and its wrong work does not", async () => {
    const wrong = { because: "another word", actions: [write("hello.txt", "goodbye")], undo: [] };
    const proof = await prove({ checks: [check], solution: [right], wrong: [wrong] });
    expect(proof.wrong.map(({ because }) => because)).toEqual(["another word"]);
  });

  it("fails for a step whose checks pass before anything was done", async () => {
    const before = new Map([["hello.txt", "hello"]]);
    const failure = await failureOf(prove({ checks: [check], solution: [right] }, { before }));
    expect(failure.code).toBe("passes-before");
    expect(failure.message).toContain('Step "hello" (Say hello) passes before anything was done.');
  });

  it("fails for one that only its unanswered quiz keeps open", async () => {
    const before = new Map([["hello.txt", "hello"]]);
    const failure = await failureOf(prove({ checks: [check, quiz()], solution: [right] }, { before }));
    expect(failure.code).toBe("passes-before");
  });

  it("fails for a solution that does not solve, with what each check saw and what the terminals showed", async () => {
    const failure = await failureOf(
      prove({ checks: [check], solution: [write("other.txt", "hello"), command("echo hello")] }),
    );
    expect(failure.code).toBe("not-solved");
    expect(failure.message).toContain('✗ file {"path":"hello.txt","contains":"hello"}');
    expect(failure.message).toContain("There is no hello.txt in /workspace.");
    expect(failure.message).toContain("| # echo hello");
  });

  it("fails for wrong work that ticks the step", async () => {
    const wrong = { because: "it shouts", actions: [write("hello.txt", "hello!")], undo: [] };
    const failure = await failureOf(prove({ checks: [check], solution: [right], wrong: [wrong] }));
    expect(failure.code).toBe("wrong-passes");
    expect(failure.message).toContain("is ticked by wrong work: it shouts");
  });

  it("fails for wrong work that ticks the step only after a while", async () => {
    const slow: CheckSpec = { kind: "http", port: 8080 };
    const wrong = { because: "it is slow", actions: [command("serve later")], undo: [] };
    const failure = await failureOf(prove({ checks: [slow], solution: [command("serve")], wrong: [wrong] }));
    expect(failure.code).toBe("wrong-passes");
  });

  it("fails for wrong work that a quiz alone keeps from ticking the step", async () => {
    const wrong = { because: "it shouts", actions: [write("hello.txt", "hello!")], undo: [] };
    const solution = [right, { type: "answer", quiz: "q", answer: [1] } as const];
    const failure = await failureOf(prove({ checks: [check, quiz()], solution, wrong: [wrong] }));
    expect(failure.code).toBe("wrong-passes");
  });

  it("fails when taking the wrong work back leaves a solved step", async () => {
    const wrong = { because: "another word", actions: [write("hello.txt", "goodbye")], undo: [right] };
    const failure = await failureOf(prove({ checks: [check], solution: [right], wrong: [wrong] }));
    expect(failure.code).toBe("left-behind");
    expect(failure.message).toContain(
      'once "another word" has been taken back, file {"path":"hello.txt","contains":"hello"} passes.',
    );
  });

  it("fails when wrong work leaves a part of the step solved", async () => {
    const other: CheckSpec = { kind: "file", path: "other.txt" };
    const wrong = { because: "half", actions: [write("other.txt", "")], undo: [] };
    const failure = await failureOf(prove({ checks: [check, other], solution: [right], wrong: [wrong] }));
    expect(failure.code).toBe("left-behind");
    expect(failure.message).toContain('file {"path":"other.txt"} passes.');
  });

  it("fails for a check that cannot tell", async () => {
    const before = new Map([["hello.txt", ""]]);
    const failure = await failureOf(prove({ checks: [check], solution: [right] }, { before, unreadable: true }));
    expect(failure.code).toBe("not-told");
    expect(failure.message).toContain("Could not tell: The disk is gone.");
  });

  it("fails for a command that does not come back", async () => {
    const failure = await failureOf(prove({ checks: [check], solution: [command("hang")] }));
    expect(failure.code).toBe("not-carried-out");
    expect(failure.message).toContain('the command "hang" of the solution could not be carried out');
  });

  it("answers quizzes rightly, and wrongly before", async () => {
    await prove({ checks: [quiz()], solution: [{ type: "answer", quiz: "q", answer: [1] }] });
    const failure = await failureOf(
      prove({ checks: [quiz({ right: [2] })], solution: [{ type: "answer", quiz: "q", answer: [1] }] }),
    );
    expect(failure.code).toBe("not-solved");
  });
});

describe("wrong answers", () => {
  it("are all other choices, and none, of one", () => {
    expect(wrongAnswers(quiz())).toEqual([[], [0], [2]]);
  });

  it("are nearly right ones of many", () => {
    const answers = wrongAnswers(quiz({ type: "many", right: [0, 2] }));
    expect(answers).toEqual([[], [0, 1, 2], [0], [1], [2]]);
    expect(wrongAnswers(quiz({ type: "many", right: [0, 1, 2] }))).not.toContainEqual([0, 1, 2]);
  });

  it("are other orders", () => {
    const answers = wrongAnswers(quiz({ type: "order", right: [0, 1, 2] }));
    expect(answers).toEqual([[], [2, 1, 0], [1, 0, 2], [0, 2, 1]]);
  });

  it("are numbers outside of the tolerance", () => {
    expect(wrongAnswers(quiz({ type: "number", right: [12], tolerance: 0.5, answers: 0 }))).toEqual([
      [],
      [13.5],
      [10.5],
    ]);
  });
});

describe("the lessons to prove", () => {
  const lessons = [{ id: "containers/first-image" }, { id: "containers/layers" }, { id: "authors/first-lesson" }];

  it("are all without a name, or those of an id, of a name or of a course", () => {
    expect(chooseLessons(lessons, [])).toEqual(lessons);
    expect(chooseLessons(lessons, ["containers/layers"])).toEqual([{ id: "containers/layers" }]);
    expect(chooseLessons(lessons, ["first-lesson"])).toEqual([{ id: "authors/first-lesson" }]);
    expect(chooseLessons(lessons, ["containers", "layers"])).toHaveLength(2);
  });

  it("are listed when a name is unknown", () => {
    expect(() => chooseLessons(lessons, ["layer"])).toThrow(
      "There is no lesson or course called layer. There are:\n  containers/first-image\n  containers/layers",
    );
  });

  it("are proven as many at a time as cores and free memory allow, at least one", () => {
    expect(concurrency(8, 100e9)).toBe(8);
    expect(concurrency(8, 5e9)).toBe(3);
    expect(concurrency(2, 1e9)).toBe(1);
  });
});

describe("what a lesson needs", () => {
  const machine = {
    capabilities: { consoles: 3, save: true, reset: true, run: true, features: ["buildkit"] },
    image: { id: "", engineVersion: "", kernelVersion: "", containerImages: ["busybox:latest"] },
  } as const;

  it("is refused in words when the machine lacks it", () => {
    const needs = { terminals: 4, images: ["busybox:latest", "nginx:latest"], features: ["swarm"] };
    expect(() => requireNeeds({ machine: needs }, machine)).toThrow(
      "The machine has not 4 terminals, the image nginx:latest, the feature swarm, which the lesson needs.",
    );
  });

  it("passes when the machine offers it", () => {
    requireNeeds({ machine: { terminals: 3, images: ["busybox:latest"], features: ["buildkit"] } }, machine);
  });
});
