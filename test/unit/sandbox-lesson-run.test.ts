// Over 250 lines because it follows one run through every way of a learner through its steps.
import { beforeEach, describe, expect, it, vi } from "vitest";
import { createCheckRunner, type CheckRunner } from "../../src/checks/runner.ts";
import { judgeQuiz } from "../../src/checks/judge-quiz.ts";
import type { CheckSpec, Lesson, QuizSpec, Step } from "../../src/lessons/model.ts";
import { withSolutionSeen, withStepDone } from "../../src/lessons/progress.ts";
import { LessonRun, type LessonRunOptions } from "../../src/sandbox/lesson-run.ts";
import { FakeClock, FakeWorld, settle } from "./checks-fakes.ts";
import { FakeStore } from "./sandbox-fakes.ts";

const step = (id: string, title: string, checks: readonly CheckSpec[]): Step => ({
  id,
  title,
  files: [],
  checks,
  hints: 1,
  solution: [],
  wrong: [],
});

const lesson: Lesson = {
  id: "containers/first",
  title: "First",
  machine: { terminals: 1, images: [], features: [] },
  start: null,
  files: [],
  steps: [
    step("run", "Run", [{ kind: "event", type: "container", action: "die", exitCode: 0 }]),
    step("build", "Build", [
      { kind: "file", path: "Dockerfile" },
      { kind: "image", reference: "hello" },
    ]),
    step("look", "Look", [{ kind: "image", reference: "hello" }]),
    step("clean", "Clean up", [{ kind: "container", name: "web", gone: true }]),
  ],
};

const quiz: QuizSpec = { kind: "quiz", quiz: "which", type: "one", question: "Which?", right: [1], answers: 3 };

let world: FakeWorld;
let store: FakeStore;
let run: LessonRun;
let runner: CheckRunner;

beforeEach(() => {
  world = new FakeWorld();
  store = new FakeStore();
  begin();
});

function begin(more: Partial<LessonRunOptions> = {}) {
  run = new LessonRun({
    lesson,
    progress: store,
    now: () => new Date("2026-01-01"),
    judge: (spec, answer) => Promise.resolve(judgeQuiz(spec, answer)),
    ...more,
  });
  runner = createCheckRunner({ world, clock: new FakeClock(), onOutcomes: (outcomes) => run.take(outcomes) });
}

const states = () => run.steps.value.map(({ state }) => state).join(" ");

describe("a lesson's run", () => {
  it("shows the first step as the current one before there is a machine", () => {
    expect(states()).toBe("current open open open");
    expect(run.steps.value[0]?.status).toBe("");
  });

  it("says of the current step what was seen and what is wanted", async () => {
    run.connect(runner);
    await settle();
    expect(run.steps.value[0]?.status).toBe(
      "It has not happened since this step was opened. Wanted is a container that ends now with exit code 0.",
    );
  });

  it("says nothing of a check that waits for others as long as they have something to say", async () => {
    const checks = [
      { kind: "not", of: [{ kind: "file", path: "a" }] },
      { kind: "file", path: "b" },
    ];
    begin({ lesson: { ...lesson, steps: [step("one", "One", checks)] } });
    run.connect(runner);
    await settle();
    expect(run.steps.value[0]?.status).toBe("There is no b in /workspace. Wanted is the file b.");
  });

  it("ticks steps in order only, and passes at once what is already true when its turn comes", async () => {
    run.connect(runner);
    await settle();
    world.images.set("hello", { Id: "1", RepoTags: ["hello:latest"] });
    world.happens("image", "tag", { name: "hello:latest" });
    await settle();
    expect(states()).toBe("current open open open");
    world.runs("web", "hello");
    world.ends("web", 0);
    await settle();
    expect(states()).toBe("done current open open");
    expect(run.steps.value[1]?.status).toMatch(/^1 of 2 done\. There is no Dockerfile/);
    world.saves("Dockerfile", "FROM x");
    await settle();
    expect(states()).toBe("done done done current");
  });

  it("keeps what has passed over a reload, a half-done step included", async () => {
    store.progress = withStepDone({}, lesson.id, "run", new Date());
    begin();
    run.connect(runner);
    await settle();
    world.saves("Dockerfile", "FROM x");
    await settle();
    world.files.clear();
    begin();
    run.connect(runner);
    expect(states()).toBe("done current open open");
    world.images.set("hello", { Id: "1", RepoTags: ["hello:latest"] });
    await settle();
    expect(states()).toBe("done done done done");
  });

  it("asks nothing any more when its progress is forgotten elsewhere, until it is connected again", async () => {
    world.saves("Dockerfile", "FROM x");
    world.images.set("hello", { Id: "1", RepoTags: ["hello:latest"] });
    store.progress = withStepDone({}, lesson.id, "run", new Date());
    const onForgotten = vi.fn();
    begin({ onForgotten });
    run.connect(runner);
    await settle();
    expect(states()).toBe("done done done done");
    run.resetAll();
    expect(onForgotten).not.toHaveBeenCalled();
    store.update(() => withStepDone({}, lesson.id, "run", new Date()));
    await settle();
    expect(states()).toBe("done done done done");
    store.update(() => ({}));
    await settle();
    expect(onForgotten).toHaveBeenCalledOnce();
    expect(states()).toBe("current open open open");
    store.update(() => withStepDone({}, lesson.id, "run", new Date()));
    await settle();
    expect(states()).toBe("done current open open");
    run.connect(runner);
    await settle();
    expect(states()).toBe("done done done done");
  });

  it("stays as it is when the machine goes, and goes on with the next one", async () => {
    run.connect(runner);
    await settle();
    run.connect(undefined);
    expect(states()).toBe("current open open open");
    run.connect(runner);
    await settle();
    world.runs("web", "hello");
    world.ends("web", 0);
    await settle();
    expect(states()).toBe("done current open open");
  });
});

describe("a learner's own way", () => {
  const current = () => run.steps.value.find(({ isCurrent }) => isCurrent)?.id;

  it("skips a step, and comes back to it", async () => {
    run.connect(runner);
    await settle();
    run.skip("run");
    expect(states()).toBe("skipped current open open");
    await settle();
    expect(run.steps.value[1]?.status).toMatch(/Dockerfile/);
    run.open("run");
    expect(states()).toBe("current open open open");
    await settle();
    world.runs("web", "hello");
    world.ends("web", 0);
    await settle();
    expect(states()).toBe("done current open open");
  });

  it("jumps to a step, whose checks alone are asked then", async () => {
    run.connect(runner);
    await settle();
    run.open("look");
    await settle();
    world.runs("web", "hello");
    world.ends("web", 0);
    world.images.set("hello", { Id: "1", RepoTags: ["hello:latest"] });
    world.happens("image", "tag", { name: "hello:latest" });
    await settle();
    expect(states()).toBe("open open done current");
  });

  it("opens a done step again, which keeps its tick and asks nothing", async () => {
    store.progress = withStepDone({}, lesson.id, "run", new Date("2025-12-01"));
    begin();
    run.connect(runner);
    await settle();
    run.open("run");
    await settle();
    expect(states()).toBe("done open open open");
    expect(current()).toBe("run");
    expect(run.steps.value[0]?.status).toBe("");
    run.open("build");
    expect(current()).toBe("build");
  });

  it("is at the same step on the next visit", () => {
    run.open("look");
    begin();
    expect(current()).toBe("look");
  });

  it("resets one step, which is asked anew", async () => {
    run.connect(runner);
    await settle();
    world.runs("web", "hello");
    world.ends("web", 0);
    await settle();
    expect(states()).toBe("done current open open");
    store.update((progress) => withSolutionSeen(progress, lesson.id, "run"));
    expect(run.steps.value[0]?.solutionSeen).toBe(true);
    run.reset("run");
    await settle();
    expect(states()).toBe("current open open open");
    expect(run.steps.value[0]?.solutionSeen).toBe(false);
    // What happened before the reset is past.
    expect(run.steps.value[0]?.status).toMatch(/It has not happened since this step was opened/);
  });

  it("resets the step that it is at", async () => {
    store.progress = withStepDone({}, lesson.id, "run", new Date("2025-12-01"));
    begin();
    run.connect(runner);
    await settle();
    world.saves("Dockerfile", "FROM x");
    await settle();
    expect(run.steps.value[1]?.status).toMatch(/^1 of 2 done/);
    world.files.clear();
    run.reset("build");
    await settle();
    expect(run.steps.value[1]?.status).toMatch(/^There is no Dockerfile/);
  });

  it("resets the whole lesson", async () => {
    store.progress = withStepDone({ other: {} }, lesson.id, "run", new Date("2025-12-01"));
    begin();
    run.connect(runner);
    run.resetAll();
    await settle();
    expect(states()).toBe("current open open open");
    expect(store.progress).toEqual({ other: {} });
  });

  it("has a step prepared before it is asked, and asks only the one that it is at by then", async () => {
    const prepared: string[] = [];
    const { promise, resolve } = Promise.withResolvers<undefined>();
    begin({
      prepare: async ({ id }) => {
        prepared.push(id);
        if (id === "run") await promise;
      },
    });
    run.connect(runner);
    await settle();
    expect(run.steps.value[0]?.status).toBe("");
    run.open("look");
    await settle();
    expect(run.steps.value[2]?.status).toMatch(/hello/);
    resolve(undefined);
    await settle();
    expect(prepared).toEqual(["run", "look"]);
    expect(states()).toBe("open open current open");
    expect(run.steps.value[2]?.status).toMatch(/hello/);
  });

  it("asks a step all the same that could not be prepared", async () => {
    begin({ prepare: () => Promise.reject(new Error("no room")) });
    run.connect(runner);
    await settle();
    expect(run.steps.value[0]?.status).toMatch(/It has not happened/);
  });
});

describe("a quiz in a step", () => {
  const withQuiz = (...checks: CheckSpec[]): Lesson => ({
    ...lesson,
    steps: [step("think", "Think", checks), ...lesson.steps],
  });

  it("ticks its step without any machine", async () => {
    begin({ lesson: withQuiz(quiz) });
    await run.answer("which", [0]);
    expect(states()).toMatch(/^current/);
    await run.answer("which", [1]);
    expect(states()).toMatch(/^done current/);
    expect(run.steps.value[0]?.rightQuizzes).toEqual(["which"]);
  });

  it("ticks its step with a machine", async () => {
    begin({ lesson: withQuiz(quiz) });
    run.connect(runner);
    await settle();
    await run.answer("which", [1]);
    await settle();
    expect(states()).toMatch(/^done current/);
  });

  it("counts in a step that is not the current one, without going there", async () => {
    begin({ lesson: withQuiz(quiz) });
    run.connect(runner);
    run.open("look");
    await settle();
    await run.answer("which", [1]);
    await settle();
    expect(states()).toBe("done open open current open");
  });

  it("does not count before what has to pass first", async () => {
    begin({ lesson: withQuiz({ kind: "file", path: "Dockerfile", id: "written" }, { ...quiz, after: "written" }) });
    await run.answer("which", [1]);
    expect(run.steps.value[0]?.rightQuizzes).toEqual([]);
    run.connect(runner);
    await settle();
    world.saves("Dockerfile", "FROM x");
    await settle();
    await run.answer("which", [1]);
    await settle();
    expect(states()).toMatch(/^done/);
  });

  it("is right again on the next visit, and open after a reset", async () => {
    begin({ lesson: withQuiz(quiz) });
    await run.answer("which", [1]);
    begin({ lesson: withQuiz(quiz) });
    expect(run.steps.value[0]?.rightQuizzes).toEqual(["which"]);
    run.reset("think");
    expect(run.steps.value[0]?.rightQuizzes).toEqual([]);
  });
});
