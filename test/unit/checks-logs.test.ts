import { describe, expect, it } from "vitest";
import { bindCheck } from "../../src/checks/kinds.ts";
import { FakeWorld } from "./checks-fakes.ts";
import { ask, isConcerned, judges, notYet, refusesToBind } from "./checks-judging.ts";

describe("the check logs", () => {
  const prepare = (world: FakeWorld) => {
    world.runs("web", "hello:1");
    world.runs("mute", "hello:1");
    world.runs("other", "busybox");
    world.logs.set("web", { stdout: "starting\nlistening on 80\n", stderr: "warning: slow\n" });
    world.logs.set("mute", { stdout: "", stderr: "" });
    world.logs.set("other", { stdout: "listening", stderr: "" });
  };
  judges("logs", prepare, {
    "a text by the container's name": { asks: { name: "web", contains: "listening" } },
    "a text by the image": { asks: { image: "hello:1", contains: "listening" } },
    "a pattern in a line": { asks: { name: "web", matches: "^listening on \\d+$" } },
    "a text in its stream": { asks: { name: "web", contains: "slow", stream: "stderr" } },
    "a text in the other stream": {
      asks: { name: "web", contains: "slow", stream: "stdout" },
      seen: "The container web wrote it to stderr.",
      wanted: "Wanted is a container named web that writes what the step asks for to stdout.",
    },
    "another text": {
      asks: { name: "web", contains: "secret" },
      seen: "The container web has written 3 lines, but not what the step asks for.",
      wanted: "Wanted is a container named web that writes what the step asks for.",
    },
    "a pattern that is not there": {
      asks: { name: "other", matches: "^on" },
      seen: "The container other has written one line, but not what the step asks for.",
    },
    nothing: { asks: { name: "mute", contains: "x" }, seen: "The container mute has not written anything yet." },
    "nothing in a stream": {
      asks: { name: "other", contains: "x", stream: "stderr" },
      seen: "The container other has not written anything yet to stderr.",
    },
    "no container": { asks: { name: "db", contains: "x" }, seen: "There is no container named db." },
    "no container of the image": {
      asks: { image: "nginx", contains: "x" },
      seen: "There is no container from the image nginx:latest.",
    },
    "another image": {
      asks: { name: "web", image: "busybox", contains: "listening" },
      seen: "There is no container named web from the image busybox:latest.",
    },
  });

  refusesToBind("logs", [
    ['In the check "logs": "name" or "image" must say whose log is meant.', { contains: "x" }],
    ['In the check "logs": "contains" or "matches" must say what the log is to have in it.', { name: "x" }],
    [
      'In the check "logs", "matches" must be a JavaScript regular expression, but is "(".',
      { name: "x", matches: "(" },
    ],
  ]);

  it("says that there is none when the container goes away while it is asked", async () => {
    const world = new FakeWorld();
    world.runs("web", "hello:1");
    expect(await ask(world, { kind: "logs", name: "web", contains: "x" })).toEqual(
      notYet("There is no container named web."),
    );
  });

  it("is asked again by itself, and when a container starts or ends", () => {
    const spec = { kind: "logs", name: "web", contains: "x" };
    expect(bindCheck(spec).hasNoEvent).toBe(true);
    expect(isConcerned(spec, "container", "die")).toBe(true);
    expect(isConcerned(spec, "container", "exec_die")).toBe(false);
  });
});
