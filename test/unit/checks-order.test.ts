// Over 250 lines because it follows one object, the runner, through the orders in which checks may wait for each other.
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
const waits = () => outcomes.map((outcome) => outcome?.result === "not-yet" && outcome.waits === true);
const file = (path: string) => ({ kind: "file", path });
const event = (action: string) => ({ kind: "event", type: "container", action });
const typed = (command: string, more = {}) => ({ kind: "terminal", command, ...more });

describe("a check after another", () => {
  it("waits in words, and is not asked", async () => {
    world.saves("b", "");
    runner.open([
      { ...file("a"), id: "first" },
      { ...file("b"), after: "first" },
    ]);
    await settle();
    expect(outcomes[1]).toEqual({
      result: "not-yet",
      seen: "Another part of this step comes first.",
      wanted: "This part is looked at when that is done.",
      waits: true,
    });
    const before = world.asked;
    world.saves("b", "again");
    runner.checkAgain();
    await settle();
    expect(waits()).toEqual([false, true]);
    // Only the first was asked: its folder, and once more for where it may be instead.
    expect(world.asked - before).toBe(2);
  });

  it("is asked as soon as the other has passed", async () => {
    world.saves("b", "");
    runner.open([
      { ...file("b"), after: "first" },
      { ...file("a"), id: "first" },
    ]);
    await settle();
    world.saves("a", "");
    await settle();
    expect(results()).toEqual(["passed", "passed"]);
  });

  it("is asked at once when the other passed in an earlier visit", async () => {
    world.saves("b", "");
    runner.open(
      [
        { ...file("a"), id: "first" },
        { ...file("b"), after: "first" },
      ],
      (check) => check === 0,
    );
    await settle();
    expect(results()).toEqual(["passed", "passed"]);
  });

  it("counts no event from before", async () => {
    runner.open([
      { ...event("start"), id: "started" },
      { ...event("die"), after: "started" },
    ]);
    await settle();
    world.happens("container", "die");
    world.happens("container", "start");
    await settle();
    expect(results()).toEqual(["passed", "not-yet"]);
    world.happens("container", "die");
    await settle();
    expect(results()).toEqual(["passed", "passed"]);
  });

  it("counts the event right behind the one that it waited for", async () => {
    runner.open([
      { ...event("start"), id: "started" },
      { ...event("die"), after: "started" },
    ]);
    await settle();
    world.happens("container", "start");
    world.happens("container", "die");
    await settle();
    expect(results()).toEqual(["passed", "passed"]);
  });

  it("counts the event right behind the one that it waited for, heard before the engine has told its time", async () => {
    const late = holdAnswers();
    runner.open([
      { ...event("start"), id: "started" },
      { ...event("die"), after: "started" },
    ]);
    world.happens("container", "start");
    world.happens("container", "die");
    await settle();
    late.release();
    await settle();
    expect(results()).toEqual(["passed", "passed"]);
  });

  it("counts what came before everything is checked again", async () => {
    runner.open([
      { kind: "container", image: "hello", state: "running", id: "runs" },
      { kind: "event", type: "volume", action: "create", after: "runs" },
    ]);
    await settle();
    const late = holdAnswers();
    world.runs("web", "hello");
    world.happens("volume", "create");
    await settle();
    runner.checkAgain();
    late.release();
    await clock.pass(2000);
    expect(results()).toEqual(["passed", "passed"]);
  });

  it("counts from the event that fulfilled the other, whatever came of the same kind since", async () => {
    runner.open([
      { ...event("start"), name: "web", id: "started" },
      { ...event("die"), after: "started" },
    ]);
    await settle();
    const start = (name: string) => world.happens("container", "start", { name });
    start("db");
    start("web");
    world.happens("container", "die");
    start("cache");
    await settle();
    expect(results()).toEqual(["passed", "passed"]);
  });

  it("counts a command entered right behind the one that it waited for, and none before the end that was asked for", async () => {
    runner.open([
      { ...typed("make"), id: "made" },
      { ...typed("make", { exitCode: 0 }), id: "well", after: "made" },
      { ...typed("make test"), after: "well" },
      { ...typed("make test"), after: "made" },
    ]);
    const first = world.enters("make");
    const second = world.enters("make", 2);
    const test = world.enters("make test", 3);
    world.enters("make");
    await settle();
    expect(results()).toEqual(["passed", "not-yet", "not-yet", "passed"]);
    first.end(0);
    second.end(0);
    test.end(0);
    await settle();
    expect(results()).toEqual(["passed", "passed", "not-yet", "passed"]);
    world.enters("make test");
    await settle();
    expect(results()).toEqual(["passed", "passed", "passed", "passed"]);
  });

  it("counts from the latest part of all, and from the one of any that passed", async () => {
    const both = (kind: string) => ({ kind, of: [event("start"), event("stop")], id: "both" });
    for (const kind of ["all", "any"]) {
      runner.open([both(kind), { ...event("die"), after: "both" }]);
      await settle();
      world.happens("container", "start");
      world.happens("container", "die");
      world.happens("container", "stop");
      await settle();
      expect(results()).toEqual(["passed", kind === "any" ? "passed" : "not-yet"]);
    }
  });

  it("in the middle of a chain counts from the turn that it had", async () => {
    runner.open([
      { ...file("a"), id: "a" },
      { ...file("b"), id: "b", after: "a" },
      { ...event("die"), after: "b" },
    ]);
    await settle();
    world.saves("b", "");
    world.happens("container", "die");
    await settle();
    world.saves("a", "");
    await settle();
    expect(results()).toEqual(["passed", "passed", "not-yet"]);
    world.happens("container", "die");
    await settle();
    expect(results()).toEqual(["passed", "passed", "passed"]);
  });

  it("counts what came while the one before was still being settled", async () => {
    runner.open([
      { kind: "container", image: "hello", state: "running", id: "runs" },
      { ...typed("docker logs web"), after: "runs" },
    ]);
    await settle();
    world.runs("web", "hello");
    await clock.pass(300);
    expect(results()).toEqual(["not-yet", "not-yet"]);
    world.enters("docker logs web");
    await clock.pass(2000);
    expect(results()).toEqual(["passed", "passed"]);
  });

  it("counts only commands that were entered from then on", async () => {
    runner.open([
      { ...typed("docker build ."), id: "built" },
      { ...typed("docker run hello", { exitCode: 0 }), after: "built" },
    ]);
    await settle();
    const early = world.enters("docker run hello", 2);
    world.enters("docker build .").end(0);
    early.end(0);
    await settle();
    expect(results()).toEqual(["passed", "not-yet"]);
    world.enters("docker run hello").end(0);
    await settle();
    expect(results()).toEqual(["passed", "passed"]);
  });

  it("goes on along a chain", async () => {
    runner.open([
      { ...file("c"), after: "b" },
      { ...file("b"), id: "b", after: "a" },
      { ...file("a"), id: "a" },
    ]);
    await settle();
    expect(waits()).toEqual([true, true, false]);
    world.saves("c", "");
    world.saves("a", "");
    await settle();
    expect(waits()).toEqual([true, false, false]);
    world.saves("b", "");
    await settle();
    expect(results()).toEqual(["passed", "passed", "passed"]);
  });
});

describe("an absence", () => {
  const noContainer = { kind: "not", of: [{ kind: "container", name: "debug" }] };

  it("does not tick before the rest of the step is done", async () => {
    runner.open([noContainer, file("a")]);
    await clock.pass(5000);
    expect(waits()).toEqual([true, false]);
    world.runs("debug", "hello");
    world.saves("a", "");
    await clock.pass(5000);
    expect(results()).toEqual(["not-yet", "passed"]);
    expect(outcomes[0]).toMatchObject({
      seen: "There is a container named debug.",
      wanted: "Wanted is that this is not so.",
    });
    world.containers.clear();
    world.happens("container", "destroy", { name: "debug" });
    await clock.pass(5000);
    expect(results()).toEqual(["passed", "passed"]);
  });

  it("is not believed while what it denies is just beginning", async () => {
    runner.open([noContainer, file("a")]);
    await settle();
    world.saves("a", "");
    await clock.pass(300);
    expect(results()).toEqual(["not-yet", "passed"]);
    world.runs("debug", "hello");
    await clock.pass(5000);
    expect(results()).toEqual(["not-yet", "passed"]);
  });

  it("waits for nothing but the one it comes after, and counts from there", async () => {
    runner.open([{ ...file("a"), id: "a" }, { kind: "not", of: [event("die")], after: "a" }, file("b")]);
    await settle();
    world.happens("container", "die");
    await settle();
    world.saves("a", "");
    await clock.pass(5000);
    expect(results()).toEqual(["passed", "passed", "not-yet"]);
  });

  it("denies what happened since the step was opened", async () => {
    runner.open([{ kind: "not", of: [event("die")] }, file("a")]);
    await settle();
    world.happens("container", "die");
    world.saves("a", "");
    await clock.pass(5000);
    expect(results()).toEqual(["not-yet", "passed"]);
  });

  it("does not wait for what comes after it", async () => {
    world.runs("web", "old");
    await settle();
    runner.open([
      { kind: "container", name: "web", gone: true, id: "removed" },
      { kind: "container", name: "web", image: "new", after: "removed" },
    ]);
    await clock.pass(1000);
    expect(results()).toEqual(["not-yet", "not-yet"]);
    world.containers.clear();
    world.happens("container", "destroy", { name: "web" });
    await clock.pass(1000);
    world.runs("web", "new");
    await clock.pass(1000);
    expect(results()).toEqual(["passed", "passed"]);
  });

  it("ticks by itself where the step asks for absences only", async () => {
    world.saves("a", "");
    runner.open([{ kind: "file", path: "a", absent: true }]);
    await settle();
    expect(outcomes).toEqual([
      {
        result: "not-yet",
        seen: "There is still a file a in /workspace.",
        wanted: "Wanted is that there is no a.",
      },
    ]);
    world.files.delete("a");
    world.changes("a");
    await settle();
    expect(results()).toEqual(["passed"]);
  });
});

describe("the runner and the terminals", () => {
  it("ticks when the command is entered, or when it has ended well, as the check asks", async () => {
    runner.open([typed("docker ps"), typed("docker ps", { exitCode: 0 })]);
    await settle();
    const first = world.enters("docker ps");
    await settle();
    expect(results()).toEqual(["passed", "not-yet"]);
    expect(outcomes[1]).toMatchObject({ seen: "It was entered, but has not ended yet." });
    first.end(1);
    await settle();
    expect(outcomes[1]).toMatchObject({ seen: "It was entered, but ended with exit code 1." });
    world.enters("docker ps").end(0);
    await settle();
    expect(results()).toEqual(["passed", "passed"]);
  });

  it("does not count a command that was entered in an earlier step", async () => {
    runner.open([file("a")]);
    await settle();
    const long = world.enters("docker build .");
    runner.open([typed("docker build .", { exitCode: 0 })]);
    await settle();
    long.end(0);
    await settle();
    expect(results()).toEqual(["not-yet"]);
  });

  it("asks the engine nothing when commands are entered", async () => {
    runner.open([typed("x"), { kind: "image", reference: "hello" }, { kind: "container", name: "web" }]);
    await settle();
    const before = world.asked;
    for (let n = 0; n < 20; n++) world.enters("ls").end(0);
    await clock.pass(60_000);
    expect(world.asked).toBe(before);
  });
});

describe("the runner and quizzes", () => {
  const quiz = { kind: "quiz", quiz: "q", type: "one", question: "Which?", right: [1], answers: 3 };

  it("judges the latest answer, without asking the machine", async () => {
    runner.open([quiz]);
    await settle();
    const before = world.asked;
    runner.answer("q", [0]);
    await settle();
    expect(outcomes).toEqual([
      {
        result: "not-yet",
        seen: "The answer that was chosen is not the right one.",
        wanted: "Wanted is the right answer to “Which?”.",
      },
    ]);
    runner.answer("q", [1]);
    await settle();
    expect(results()).toEqual(["passed"]);
    expect(world.asked).toBe(before);
  });

  it("judges it also while the engine is dead", async () => {
    world.isDead = true;
    runner.open([quiz]);
    await settle();
    runner.answer("q", [1]);
    await settle();
    expect(results()).toEqual(["passed"]);
  });

  it("forgets answers that are taken back, and all when the lesson is left", async () => {
    runner.answer("q", [1]);
    runner.answer("q", undefined);
    runner.open([quiz]);
    await settle();
    expect(results()).toEqual(["not-yet"]);
    runner.answer("other", [1]);
    runner.close();
    runner.open([{ ...quiz, quiz: "other" }]);
    await settle();
    expect(results()).toEqual(["not-yet"]);
  });
});

/** From now on the engine's answers wait for `release`. */
function holdAnswers() {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  world.hold = promise.then();
  return { release: () => resolve(undefined) };
}
