// Over 250 lines because it follows one object, the runner, through every order in which answers and events can come.
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Outcome } from "../../src/checks/outcome.ts";
import { createCheckRunner, type CheckRunner } from "../../src/checks/runner.ts";
import { FakeClock, FakeWorld, settle } from "./checks-fakes.ts";

let world: FakeWorld;
let clock: FakeClock;
let runner: CheckRunner;
let outcomes: readonly (Outcome | undefined)[];

beforeEach(async () => {
  world = new FakeWorld();
  clock = new FakeClock();
  outcomes = [];
  runner = createCheckRunner({ world, clock, onOutcomes: (next) => (outcomes = next) });
  await settle();
});

afterEach(() => runner[Symbol.dispose]());

const results = () => outcomes.map((outcome) => outcome?.result);
const image = { kind: "image", reference: "hello" };
const running = { kind: "container", image: "hello", state: "running" };
const died = { kind: "event", type: "container", action: "die", exitCode: 0 };
const page = { kind: "http", port: 8080 };

function builds(tag: string) {
  world.images.set(tag, { Id: "sha256:1", RepoTags: [tag] });
  world.happens("image", "tag", { name: tag });
}

describe("the runner", () => {
  it("passes at once what is already true when the step opens", async () => {
    builds("hello:latest");
    await settle();
    runner.open([image]);
    await settle();
    expect(results()).toEqual(["passed"]);
  });

  it("passes on the event that makes it true, without any time passing", async () => {
    runner.open([image]);
    await settle();
    expect(results()).toEqual(["not-yet"]);
    builds("hello:latest");
    await settle();
    expect(results()).toEqual(["passed"]);
  });

  it("asks nothing while nothing happens", async () => {
    runner.open([image, running, { kind: "file", path: "Dockerfile" }]);
    await settle();
    const before = world.asked;
    await clock.pass(60 * 60_000);
    expect(world.asked).toBe(before);
  });

  it("asks only what an event can have changed", async () => {
    runner.open([image, { kind: "file", path: "Dockerfile" }]);
    await settle();
    const before = world.asked;
    world.happens("network", "connect");
    world.happens("container", "exec_start: ls ");
    world.saves("notes.txt", "x");
    await settle();
    expect(world.asked).toBe(before);
    world.saves("Dockerfile", "x");
    await settle();
    expect(world.asked).toBe(before + 1);
    expect(results()).toEqual(["not-yet", "passed"]);
  });

  it("keeps a tick when the learner cleans up", async () => {
    runner.open([image, running]);
    builds("hello:latest");
    await settle();
    world.images.clear();
    world.happens("image", "delete", { name: "sha256:1" }, "sha256:1");
    await settle();
    expect(results()).toEqual(["passed", "not-yet"]);
  });

  it("does not ask again what passed in an earlier visit", async () => {
    runner.open([image, running], (check) => check === 0);
    await settle();
    expect(results()).toEqual(["passed", "not-yet"]);
  });

  it("does not tick a container that ends right after its start", async () => {
    runner.open([running]);
    await settle();
    world.runs("web", "hello");
    await clock.pass(300);
    expect(results()).toEqual(["not-yet"]);
    world.ends("web", 1);
    await clock.pass(5000);
    expect(results()).toEqual(["not-yet"]);
    expect(outcomes[0]).toMatchObject({ seen: expect.stringContaining("exit code 1") as string });
  });

  it("does not tick a container that ends and starts again and again", async () => {
    runner.open([running]);
    await settle();
    for (let n = 0; n < 20; n++) {
      world.runs("web", "hello");
      await clock.pass(400);
      world.ends("web", 1);
      await clock.pass(100);
    }
    expect(results()).toEqual(["not-yet"]);
  });

  it("ticks a container that stays while others come and go all the time", async () => {
    runner.open([running]);
    await settle();
    world.runs("web", "hello");
    for (let n = 0; n < 2; n++) {
      await clock.pass(500);
      world.runs(`other${n}`, "busybox");
    }
    await settle();
    expect(results()).toEqual(["passed"]);
  });

  it("asks about a container of some name only when something happens to that one", async () => {
    runner.open([{ kind: "container", name: "web", state: "exited" }]);
    await settle();
    const before = world.asked;
    world.runs("other", "hello");
    world.happens("container", "rename", { name: "else", oldName: "/other" });
    await settle();
    expect(world.asked).toBe(before);
    world.happens("container", "rename", { name: "web", oldName: "/else" });
    await settle();
    expect(world.asked).toBeGreaterThan(before);
  });

  it("ticks a container that stays, within a second", async () => {
    runner.open([running]);
    await settle();
    world.runs("web", "hello");
    await clock.pass(900);
    expect(results()).toEqual(["passed"]);
  });

  it("does not believe an answer that began before the newest event", async () => {
    runner.open([image]);
    await settle();
    const late = createLateAnswer();
    builds("hello:latest");
    await settle();
    world.images.clear();
    world.happens("image", "untag", { name: "sha256:1" }, "sha256:1");
    await settle();
    late.release();
    await settle();
    expect(results()).toEqual(["not-yet"]);
  });

  it("puts one question at a time", async () => {
    runner.open([image]);
    await settle();
    const late = createLateAnswer();
    world.happens("image", "tag");
    await settle();
    const before = world.asked;
    for (let n = 0; n < 10; n++) world.happens("image", "tag");
    await settle();
    expect(world.asked).toBe(before);
    late.release();
    await settle();
    // Two questions of the engine make one answer: the image, then which images there are instead.
    expect(world.asked).toBeLessThanOrEqual(before + 3);
  });

  it("counts only events since the step was opened", async () => {
    world.runs("job", "hello");
    world.ends("job", 0);
    await settle();
    runner.open([died]);
    await settle();
    expect(results()).toEqual(["not-yet"]);
    world.ends("job", 1);
    await settle();
    expect(results()).toEqual(["not-yet"]);
    world.ends("job", 0);
    await settle();
    expect(results()).toEqual(["passed"]);
  });

  it("counts no event from right before it was made", async () => {
    world.runs("job", "hello");
    world.ends("job", 0);
    world.nanoseconds += 1_000_000n;
    runner[Symbol.dispose]();
    runner = createCheckRunner({ world, clock, onOutcomes: (next) => (outcomes = next) });
    runner.open([died]);
    await settle();
    expect(results()).toEqual(["not-yet"]);
    world.ends("job", 0);
    await settle();
    expect(results()).toEqual(["passed"]);
  });

  it("counts no event from right before the step was opened that it hears of afterwards", async () => {
    world.runs("job", "hello");
    world.dropsStreams();
    await settle();
    world.ends("job", 0);
    world.nanoseconds += 1_000_000n;
    runner.open([died]);
    await clock.pass(5000);
    expect(results()).toEqual(["not-yet"]);
  });

  it("counts what happens before a busy machine has read its clock", async () => {
    readsItsClockAfter(3000);
    runner.open([died]);
    await passTogether(1000);
    world.runs("job", "hello");
    world.ends("job", 0);
    await passTogether(5000);
    expect(results()).toEqual(["passed"]);
  });

  it("ticks while a machine whose clock it knows is still reading it", async () => {
    readsItsClockAfter(60_000);
    runner.open([died]);
    await passTogether(1000);
    world.runs("job", "hello");
    world.ends("job", 0);
    await settle();
    expect(results()).toEqual(["passed"]);
  });

  it("counts what happens before a busy machine has read its clock for the first time, and nothing from long before", async () => {
    runner[Symbol.dispose]();
    world.runs("job", "hello");
    world.ends("job", 0);
    await passTogether(4000);
    readsItsClockAfter(3000);
    runner = createCheckRunner({ world, clock, onOutcomes: (next) => (outcomes = next) });
    runner.open([died, { kind: "event", type: "volume", action: "create" }]);
    await passTogether(1000);
    world.happens("volume", "create");
    await passTogether(10_000);
    expect(results()).toEqual(["not-yet", "passed"]);
  });

  it("counts nothing from right before its opening, however long the machine takes to read its clock", async () => {
    world.runs("job", "hello");
    world.dropsStreams();
    await settle();
    world.ends("job", 0);
    await passTogether(100);
    readsItsClockAfter(3000);
    runner.open([died]);
    await passTogether(10_000);
    expect(results()).toEqual(["not-yet"]);
  });

  it("counts what happens on a machine whose clock has stood still for a while", async () => {
    await clock.pass(60_000);
    runner.open([died]);
    await settle();
    world.runs("job", "hello");
    world.ends("job", 0);
    await settle();
    expect(results()).toEqual(["passed"]);
  });

  it("loses no event when the stream breaks", async () => {
    runner.open([died]);
    await settle();
    world.runs("job", "hello");
    await settle();
    world.dropsStreams();
    await settle();
    world.ends("job", 0); // while nobody listens
    await clock.pass(1000);
    expect(results()).toEqual(["passed"]);
    expect(world.opened.at(-1)).toBeGreaterThan(world.opened[0] ?? 0n);
  });

  it("asks again what changed without an event while the stream was lost", async () => {
    runner.open([image]);
    await settle();
    world.dropsStreams();
    await settle();
    world.images.set("hello", { Id: "sha256:1", RepoTags: ["hello:latest"] });
    await clock.pass(1000);
    expect(results()).toEqual(["passed"]);
  });

  it("says that it cannot tell while the engine is dead, and goes on when it is back", async () => {
    world.isDead = true;
    world.dropsStreams();
    runner.open([image, died]);
    await settle();
    expect(results()).toEqual(["unknown", "unknown"]);
    expect(outcomes[0]).toMatchObject({ cause: "Nothing answers on port 2375 of the machine." });
    await clock.pass(60_000);
    world.isDead = false;
    builds("hello:latest");
    await clock.pass(10_000);
    expect(results()).toEqual(["passed", "not-yet"]);
  });

  it("stops asking what it cannot tell after the deadline, until the engine is back", async () => {
    const run = world.shell.run;
    let asked = 0;
    Object.assign(world.shell, {
      run: (...options: Parameters<typeof run>) => {
        asked++;
        return world.isDead ? Promise.reject(new Error("The machine does not answer.")) : run(...options);
      },
    });
    world.programs.set("ok", { exitCode: 0, stdout: "" });
    world.isDead = true;
    world.dropsStreams();
    runner.open([{ kind: "command", run: "ok" }]);
    await clock.pass(25 * 60_000);
    expect(results()).toEqual(["unknown"]);
    const before = asked;
    await clock.pass(60 * 60_000);
    expect(asked).toBe(before);
    world.isDead = false;
    await clock.pass(10_000);
    expect(results()).toEqual(["passed"]);
  });

  it("learns the time of the engine that comes back after the deadline", async () => {
    world.isDead = true;
    world.dropsStreams();
    runner.open([died]);
    await clock.pass(60 * 60_000);
    expect(results()).toEqual(["unknown"]);
    world.isDead = false;
    await clock.pass(10_000);
    expect(results()).toEqual(["not-yet"]);
    world.runs("job", "hello");
    world.ends("job", 0);
    await settle();
    expect(results()).toEqual(["passed"]);
  });

  it("asks again what it could not tell while the learner is at work", async () => {
    world.hold = Promise.reject(new Error("The machine does not answer."));
    runner.open([image]);
    await clock.pass(25 * 60_000);
    expect(results()).toEqual(["unknown"]);
    world.hold = undefined;
    world.images.set("hello", { Id: "sha256:1", RepoTags: ["hello:latest"] });
    world.enters("ls").end(0);
    await clock.pass(6000);
    expect(results()).toEqual(["passed"]);
  });

  it("tells when the engine has fallen silent and when it answers again, but not of a single lost connection", async () => {
    const answering: boolean[] = [];
    runner[Symbol.dispose]();
    runner = createCheckRunner({
      world,
      clock,
      onOutcomes: (next) => (outcomes = next),
      onAnswering: (answers) => answering.push(answers),
    });
    await settle();
    world.dropsStreams();
    await clock.pass(1000);
    expect(answering).toEqual([]);
    world.isDead = true;
    world.dropsStreams();
    await clock.pass(10_000);
    expect(answering).toEqual([false]);
    world.isDead = false;
    await clock.pass(10_000);
    expect(answering).toEqual([false, true]);
  });

  it("asks for a page again, in growing pauses, while the step is open", async () => {
    runner.open([page]);
    await settle();
    const before = world.asked;
    await clock.pass(10_000);
    const first = world.asked - before;
    expect(first).toBeGreaterThan(3);
    expect(first).toBeLessThan(10);
    world.pages.set(8080, { status: 200, body: "" });
    await clock.pass(5000);
    expect(results()).toEqual(["passed"]);
    runner.close();
    const after = world.asked;
    await clock.pass(60_000);
    expect(world.asked).toBe(after);
  });

  it("stops asking for a page after the deadline, until something happens", async () => {
    runner.open([page]);
    await clock.pass(11 * 60_000);
    const before = world.asked;
    await clock.pass(60 * 60_000);
    expect(world.asked).toBe(before);
    world.pages.set(8080, { status: 200, body: "" });
    world.happens("container", "start");
    await settle();
    expect(results()).toEqual(["passed"]);
  });

  it("goes on asking for a page while the learner is at work", async () => {
    runner.open([page]);
    await clock.pass(11 * 60_000);
    world.pages.set(8080, { status: 200, body: "" });
    world.enters("ls").end(0);
    await clock.pass(6000);
    expect(results()).toEqual(["passed"]);
  });

  it("leaves the machine four fifths of its time while a question takes long", async () => {
    world.programs.set("slow", { exitCode: 1, stdout: "" });
    let busyMs = 0;
    const run = world.shell.run;
    Object.assign(world.shell, {
      run: async (line: string, options: { timeoutMs: number }) => {
        busyMs += 3000;
        await new Promise<void>((resolve) => clock.after(3000, resolve));
        return run(line, options);
      },
    });
    runner.open([{ kind: "command", run: "slow" }]);
    await clock.pass(5 * 60_000);
    expect(busyMs).toBeGreaterThan(0.15 * 5 * 60_000);
    expect(busyMs).toBeLessThan(0.25 * 5 * 60_000);
  });

  it("waits for a command as long as its author allows", async () => {
    Object.assign(world.shell, { run: () => new Promise(() => undefined) });
    runner.open([{ kind: "command", run: "slow", timeoutSeconds: 40 }]);
    await clock.pass(54_000);
    expect(outcomes).toEqual([]);
    await clock.pass(2000);
    expect(outcomes).toEqual([{ result: "unknown", cause: "The machine has not answered for 55 seconds." }]);
  });

  it("asks everything again when told to", async () => {
    runner.open([image]);
    await settle();
    world.images.set("hello", { Id: "sha256:1", RepoTags: ["hello:latest"] });
    runner.checkAgain();
    await settle();
    expect(results()).toEqual(["passed"]);
  });

  it("says so when there is no answer in time", async () => {
    runner.open([image]);
    await settle();
    createLateAnswer();
    runner.checkAgain();
    await clock.pass(16_000);
    expect(outcomes).toEqual([{ result: "unknown", cause: "The machine has not answered for 15 seconds." }]);
  });

  it("reports nothing more of a step that is no longer open", async () => {
    runner.open([image]);
    await settle();
    runner.open([running]);
    await settle();
    builds("hello:latest");
    await settle();
    expect(results()).toEqual(["not-yet"]);
  });
});

/** Time passes in here and on the machine. */
async function passTogether(ms: number): Promise<void> {
  for (let left = ms; left > 0; left -= 100) {
    world.nanoseconds += 100_000_000n;
    await clock.pass(100);
  }
}

function readsItsClockAfter(ms: number): void {
  const { time } = world.engine;
  Object.assign(world.engine, {
    time: async () => {
      await new Promise<void>((resolve) => clock.after(ms, resolve));
      return await time();
    },
  });
}

/** From now on the engine's answers wait for `release`, and tell what was true when they were asked. */
function createLateAnswer() {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  world.hold = promise.then();
  return { release: () => resolve(undefined) };
}
