import { beforeEach, describe, expect, it } from "vitest";
import { createCheckRunner, type CheckRunner } from "../../src/checks/runner.ts";
import type { Lesson } from "../../src/lessons/model.ts";
import { withStepDone, type Progress } from "../../src/lessons/progress.ts";
import { LessonRun, type ProgressStore } from "../../src/sandbox/lesson-run.ts";
import { FakeClock, FakeWorld, settle } from "./checks-fakes.ts";

const lesson: Lesson = {
  id: "containers/first",
  title: "First",
  steps: [
    {
      id: "run",
      title: "Run",
      checks: [{ kind: "event", type: "container", action: "die", exitCode: 0 }],
      hints: 1,
      solution: [],
    },
    {
      id: "build",
      title: "Build",
      checks: [
        { kind: "file", path: "Dockerfile" },
        { kind: "image", reference: "hello" },
      ],
      hints: 1,
      solution: [],
    },
    { id: "look", title: "Look", checks: [{ kind: "image", reference: "hello" }], hints: 0, solution: [] },
    {
      id: "clean",
      title: "Clean up",
      checks: [{ kind: "container", name: "web", gone: true }],
      hints: 0,
      solution: [],
    },
  ],
};

let world: FakeWorld;
let store: FakeStore;
let run: LessonRun;
let runner: CheckRunner;

class FakeStore implements ProgressStore {
  progress: Progress = {};
  #listeners = new Set<(progress: Progress) => void>();
  load = () => this.progress;
  update = (change: (progress: Progress) => Progress) => {
    const after = change(this.progress);
    if (after !== this.progress) {
      this.progress = after;
      for (const tell of this.#listeners) tell(after);
    }
    return after;
  };
  onChange = (listener: (progress: Progress) => void) => {
    this.#listeners.add(listener);
    return { [Symbol.dispose]: () => void this.#listeners.delete(listener) };
  };
}

beforeEach(() => {
  world = new FakeWorld();
  store = new FakeStore();
  begin();
});

function begin() {
  run = new LessonRun({ lesson, progress: store, now: () => new Date("2026-01-01") });
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

  it("follows a reset of the progress from elsewhere", async () => {
    store.progress = withStepDone({}, lesson.id, "run", new Date());
    begin();
    run.connect(runner);
    await settle();
    store.update(() => ({}));
    await settle();
    expect(states()).toBe("current open open open");
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
