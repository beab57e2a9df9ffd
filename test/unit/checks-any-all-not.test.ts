// Over 250 lines because it is one list: checks in each combination, with the sentence that comes of it.
import { describe, expect, it } from "vitest";
import { bindCheck } from "../../src/checks/kinds.ts";
import { combine } from "../../src/checks/any-all-not.ts";
import { passed, type Outcome } from "../../src/checks/outcome.ts";
import { createCheckRunner } from "../../src/checks/runner.ts";
import type { CheckSpec } from "../../src/lessons/model.ts";
import { contextOf, FakeClock, FakeWorld, settle } from "./checks-fakes.ts";

const image = (reference: string) => ({ kind: "image", reference });
const file = (path: string) => ({ kind: "file", path });
const page = { kind: "http", port: 8080 };

/** A world with the images and files of these names. */
function worldWith(...names: string[]): FakeWorld {
  const world = new FakeWorld();
  for (const name of names) {
    world.files.set(name, "");
    world.images.set(name, { Id: name, RepoTags: [`${name}:latest`] });
  }
  return world;
}

const ask = (world: FakeWorld, spec: CheckSpec) => bindCheck(spec).ask(contextOf(world));

describe("any", () => {
  const spec = { kind: "any", of: [image("a"), file("b")] };

  it("passes when one passes, and asks no further", async () => {
    const world = worldWith("a");
    expect(await ask(world, spec)).toEqual({ result: "passed" });
    expect(world.asked).toBe(1);
    expect(await ask(worldWith("b"), spec)).toEqual({ result: "passed" });
  });

  it("says what was seen of each, and that one of them is wanted", async () => {
    expect(await ask(worldWith(), spec)).toEqual({
      result: "not-yet",
      seen: "There is no image called a. There is no b in /workspace.",
      wanted: "Wanted is an image called a:latest, or the file b.",
    });
  });

  it("passes by one although another cannot be asked", async () => {
    const world = worldWith("b");
    world.isDead = true;
    expect(await ask(world, spec)).toEqual({ result: "passed" });
  });

  it("cannot tell when none passes and one cannot be asked", async () => {
    const world = worldWith();
    world.isDead = true;
    expect(await ask(world, spec)).toMatchObject({ result: "unknown" });
  });
});

describe("all", () => {
  const spec = { kind: "all", of: [file("a"), image("a")] };

  it("passes when all pass at once", async () => {
    expect(await ask(worldWith("a"), spec)).toEqual({ result: "passed" });
  });

  it("says what the first that does not pass says, and asks no further", async () => {
    const world = worldWith("b");
    expect(await ask(world, spec)).toEqual(await ask(worldWith("b"), file("a")));
    expect(world.asked).toBe(2);
  });

  it("does not pass when something cannot be asked", async () => {
    const world = worldWith("a");
    world.isDead = true;
    expect(await ask(world, spec)).toMatchObject({ result: "unknown" });
  });
});

describe("not", () => {
  it("passes when none passes", async () => {
    const spec = { kind: "not", of: [file("a"), image("a")] };
    expect(await ask(worldWith("b"), spec)).toEqual({ result: "passed" });
    expect(await ask(worldWith("a"), spec)).toEqual({
      result: "not-yet",
      seen: "There is a file a.",
      wanted: "Wanted is that this is not so.",
    });
  });

  it("does not take what cannot be asked for something that is not so", async () => {
    const world = worldWith();
    world.isDead = true;
    expect(await ask(world, { kind: "not", of: [image("a")] })).toMatchObject({ result: "unknown" });
  });
});

describe("what a not says is still so", () => {
  it.each<[CheckSpec, string]>([
    [
      { kind: "container", image: "nginx", state: "running" },
      "There is a container from the image nginx:latest that is running.",
    ],
    [
      { kind: "container", image: "nginx", minCount: 2 },
      "There are at least 2 containers from the image nginx:latest.",
    ],
    [
      { kind: "container", name: "web", env: { MODE: "x" } },
      "There is a container named web with MODE set as the step does not want.",
    ],
    [{ kind: "container", name: "web", state: "paused", gone: true }, "No paused container named web is left."],
    [{ kind: "image", reference: "a", maxLayers: 2 }, "There is an image called a:latest with at most 2 layers."],
    [{ kind: "image", reference: "a", gone: true }, "There is no image called a:latest."],
    [
      { kind: "logs", name: "web", contains: "x" },
      "There is a container named web that writes what the step does not want.",
    ],
    [{ kind: "network", name: "a", internal: true }, "There is a network named a that is internal."],
    [{ kind: "network", name: "a", gone: true }, "There is no network named a."],
    [{ kind: "volume", name: "a", usedBy: "b" }, "There is a volume named a mounted in the container b."],
    [{ kind: "volume", name: "a", gone: true }, "There is no volume named a."],
    [{ kind: "service", name: "a", replicas: 1 }, "There is a service named a with one replica."],
    [{ kind: "service", name: "a", gone: true }, "There is no service named a."],
    [{ kind: "node", role: "manager", minCount: 2 }, "There are at least 2 nodes in the swarm that are managers."],
    [{ kind: "compose", project: "shop" }, "There is the Compose project shop that runs."],
    [{ kind: "compose", project: "shop", gone: true }, "Nothing of the Compose project shop is left."],
    [
      { kind: "event", type: "container", action: "die", name: "web", exitCode: 1 },
      "It has happened that a container named web ends with exit code 1.",
    ],
    [{ kind: "event", type: "image", action: "prune" }, "It has happened that unused images are pruned."],
    [{ kind: "http", port: 80 }, "There is a web server on port 80 that answers with status 200."],
    [{ kind: "file", path: "a", contains: "x" }, "There is a file a with what the step does not want."],
    [{ kind: "file", path: "a", absent: true }, "There is no a in /workspace."],
    [
      { kind: "dockerfile", has: "ADD", order: ["ADD", "RUN"] },
      "There is a Dockerfile with the instructions that the step does not want, with its instructions in the order that the step does not want.",
    ],
    [
      { kind: "command", run: "x", in: "web", equals: "1" },
      "A command in the container web ends with exit code 0 and prints what the step does not want.",
    ],
    [
      { kind: "terminal", command: "ls", exitCode: 0 },
      "The command that the step does not want was entered in a terminal and ended with exit code 0.",
    ],
    [{ kind: "not", of: [{ kind: "file", path: "a" }] }, "This is not so: There is a file a."],
    [{ kind: "all", of: [file("a"), image("a")] }, "There is a file a. There is an image called a:latest."],
  ])("%j", async (spec, seen) => {
    const passing = { ...bindCheck(spec), holds: bindCheck(spec).holds, ask: () => Promise.resolve(passed) };
    expect(await combine("not", [passing]).ask(contextOf(new FakeWorld()))).toEqual({
      result: "not-yet",
      seen,
      wanted: "Wanted is that this is not so.",
    });
  });

  it("names the one of several that is so", async () => {
    const spec = { kind: "not", of: [{ kind: "any", of: [file("a"), file("b")] }] };
    expect(await ask(worldWith("b"), spec)).toMatchObject({ seen: "There is a file b." });
  });

  it("gives one of several amounts its verb", async () => {
    const counted = { kind: "container", image: "a", minCount: 2 };
    expect(await ask(worldWith(), { kind: "any", of: [counted, file("b")] })).toMatchObject({
      wanted: "Wanted are at least 2 containers from the image a:latest, or the file b.",
    });
    expect(await ask(worldWith(), { kind: "any", of: [file("b"), counted] })).toMatchObject({
      wanted: "Wanted is the file b, or at least 2 containers from the image a:latest.",
    });
  });
});

describe("whether a combination passes where nothing was done", () => {
  const no = { kind: "not", of: [file("a")] };
  it.each<[boolean, CheckSpec]>([
    [true, no],
    [true, { kind: "any", of: [file("b"), no] }],
    [false, { kind: "all", of: [file("b"), no] }],
    [true, { kind: "all", of: [no, { kind: "file", path: "c", absent: true }] }],
    [false, { kind: "not", of: [no] }],
    [false, { kind: "any", of: [file("a"), file("b")] }],
    [true, { kind: "container", name: "web", gone: true }],
  ])("%s: %j", async (isAbsence, spec) => {
    expect(bindCheck(spec).isAbsence).toBe(isAbsence);
    expect((await ask(worldWith(), spec)).result === "passed").toBe(isAbsence);
  });
});

describe("the runner with combinations", () => {
  function open(world: FakeWorld, ...checks: CheckSpec[]) {
    const clock = new FakeClock();
    let outcomes: readonly (Outcome | undefined)[] = [];
    const runner = createCheckRunner({ world, clock, onOutcomes: (next) => (outcomes = next) });
    runner.open(checks);
    return { clock, runner, results: () => outcomes.map((outcome) => outcome?.result) };
  }

  it("asks again when something concerns any of the parts, and nothing else", async () => {
    const world = worldWith();
    const { results } = open(world, { kind: "all", of: [image("a"), file("a")] });
    await settle();
    const before = world.asked;
    world.happens("network", "create");
    world.saves("other", "");
    await settle();
    expect(world.asked).toBe(before);
    world.images.set("a", { Id: "a", RepoTags: ["a:latest"] });
    world.happens("image", "tag");
    await settle();
    world.saves("a", "");
    await settle();
    expect(results()).toEqual(["passed"]);
  });

  it("asks again in pauses only while a part without events is what is missing", async () => {
    const world = worldWith();
    const { clock, results } = open(world, { kind: "all", of: [image("a"), page] });
    await settle();
    const before = world.asked;
    await clock.pass(10 * 60_000);
    expect(world.asked).toBe(before);
    world.images.set("a", { Id: "a", RepoTags: ["a:latest"] });
    world.happens("image", "tag");
    await clock.pass(60_000);
    expect(world.asked).toBeGreaterThan(before + 10);
    world.pages.set(8080, { status: 200, body: "" });
    await clock.pass(6000);
    expect(results()).toEqual(["passed"]);
  });

  it("does not believe an answer that began before the newest change of any part", async () => {
    const world = worldWith("a");
    const { clock, results } = open(world, { kind: "not", of: [image("b"), file("b")] }, file("go"));
    await settle();
    const { promise, resolve } = Promise.withResolvers<undefined>();
    world.hold = promise.then();
    world.saves("go", "");
    await clock.pass(100);
    // The image's answer, from before, is on its way.
    world.images.set("b", { Id: "b", RepoTags: ["b:latest"] });
    world.happens("image", "tag");
    await settle();
    resolve(undefined);
    await clock.pass(5000);
    expect(results()).toEqual(["not-yet", "passed"]);
  });

  it("settles as long as the slowest part needs", async () => {
    const world = worldWith("a");
    const running = { kind: "container", image: "hello", state: "running" };
    const { clock, results } = open(world, { kind: "all", of: [file("a"), running] });
    await settle();
    world.runs("web", "hello");
    await clock.pass(300);
    world.ends("web", 1);
    await clock.pass(5000);
    expect(results()).toEqual(["not-yet"]);
    world.runs("web", "hello");
    await clock.pass(900);
    expect(results()).toEqual(["passed"]);
  });
});
