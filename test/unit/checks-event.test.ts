import { describe, expect, it } from "vitest";
import { bindCheck } from "../../src/checks/kinds.ts";
import { validateCheck } from "../../src/checks/schema.ts";
import type { CheckSpec } from "../../src/lessons/model.ts";
import { contextOf, FakeWorld } from "./checks-fakes.ts";
import { isConcerned, notYet, passesBy, refusesToBind } from "./checks-judging.ts";

describe("the check event", () => {
  const die = (image: string, exitCode: string) => ({
    Type: "container",
    Action: "die",
    Actor: { ID: "1", Attributes: { image, exitCode, name: "brave_bear" } },
    timeNano: 1,
  });
  const askEvents = (spec: CheckSpec, ...events: object[]) => bindCheck(spec).ask(contextOf(new FakeWorld(), events));
  const spec = { kind: "event", type: "container", action: "die", image: "busybox", exitCode: 0 };

  it("passes when it happened", async () => {
    expect(await askEvents(spec, die("busybox:latest", "0"))).toEqual(passesBy(1));
  });

  it("tells which event fulfilled it, for several the last one of them", async () => {
    const more = [die("busybox", "1"), die("busybox", "0"), die("busybox", "0"), die("busybox", "0")];
    expect(await askEvents(spec, ...more)).toEqual(passesBy(2));
    expect(await askEvents({ ...spec, times: 2 }, ...more)).toEqual(passesBy(3));
  });

  it("refuses when it has not happened, or otherwise", async () => {
    const wanted = "Wanted is a container from the image busybox:latest that ends now with exit code 0.";
    expect(await askEvents(spec)).toEqual(notYet("It has not happened since this step was opened.", wanted));
    expect(await askEvents(spec, die("busybox", "1"))).toEqual(notYet("It happened, but with exit code 1."));
    expect(await askEvents(spec, die("alpine", "0"))).toEqual(notYet("It happened, but with the image alpine."));
  });

  it("reads the name of an image from its event", async () => {
    const tag = { Type: "image", Action: "tag", Actor: { ID: "sha256:1", Attributes: { name: "hello:1.0" } } };
    expect(await askEvents({ kind: "event", type: "image", action: "tag", image: "hello:1.0" }, tag)).toEqual(
      passesBy(1),
    );
    expect(await askEvents({ kind: "event", type: "image", action: "tag", image: "hello:2.0" }, tag)).toEqual(
      notYet("It happened, but with the image hello:1.0."),
    );
  });

  it("reads the name of an image that is pulled with its tag", async () => {
    const actor = { ID: "busybox:1.36", Attributes: { name: "busybox" } };
    const pull = { Type: "image", Action: "pull", Actor: actor };
    expect(await askEvents({ kind: "event", type: "image", action: "pull", image: "busybox:1.36" }, pull)).toEqual(
      passesBy(1),
    );
    expect(await askEvents({ kind: "event", type: "image", action: "pull", image: "busybox" }, pull)).toEqual(
      notYet("It happened, but with the image busybox:1.36."),
    );
  });

  it.each([
    [
      { type: "container", action: "exec_start: ls", name: "web", times: 2 },
      "Wanted is a container named web that runs a command with exec, twice, as the step asks.",
    ],
    [{ type: "container", action: "exec_start" }, "Wanted is a container that runs a command with exec now."],
    [{ type: "container", action: "kill", times: 3 }, "Wanted is a container that is sent a signal, 3 times."],
    [{ type: "image", action: "pull", image: "nginx" }, "Wanted is an image called nginx:latest that is pulled now."],
    [
      { type: "container", action: "health_status: healthy", name: "web" },
      "Wanted is a container named web that changes its health, as the step asks.",
    ],
    [{ type: "container", action: "health_status" }, "Wanted is a container that changes its health now."],
    [{ type: "image", action: "prune" }, "Wanted is that unused images are pruned."],
    [{ type: "builder", action: "prune" }, "Wanted is that the build cache is pruned."],
    [{ type: "container", action: "prune", times: 2 }, "Wanted is that ended containers are pruned, twice."],
  ])("says what is wanted with %j", async (asks, wanted) => {
    expect(await askEvents({ kind: "event", ...asks })).toEqual(
      notYet("It has not happened since this step was opened.", wanted),
    );
  });

  it("takes an exec with its command for an exec", async () => {
    const exec = { Type: "container", Action: "exec_start: ls -l /", Actor: { ID: "1", Attributes: { image: "x" } } };
    expect(await askEvents({ kind: "event", type: "container", action: "exec_start" }, exec)).toEqual(passesBy(1));
  });

  const happened = (Type: string, Action: string, Attributes: object = {}, ID = "1") => ({
    Type,
    Action,
    Actor: { ID, Attributes },
  });

  it.each([
    [{ type: "service", action: "create", name: "web" }, happened("service", "create", { name: "web" })],
    [{ type: "node", action: "update", name: "vm" }, happened("node", "update", { name: "vm" })],
    [{ type: "secret", action: "create", name: "key" }, happened("secret", "create", { name: "key" })],
    [{ type: "config", action: "remove", name: "site" }, happened("config", "remove", { name: "site" })],
    [{ type: "daemon", action: "reload" }, happened("daemon", "reload", { name: "vm" })],
    [{ type: "builder", action: "prune" }, happened("builder", "prune", { reclaimed: "1" }, "")],
    [{ type: "volume", action: "create", name: "data" }, happened("volume", "create", { driver: "local" }, "data")],
    // Docker writes a space after the program, also where no argument follows.
    [{ type: "container", action: "exec_start: ls" }, happened("container", "exec_start: ls ")],
    [{ type: "container", action: "exec_create: ls -l /" }, happened("container", "exec_create: ls -l /")],
    [{ type: "container", action: "health_status: healthy" }, happened("container", "health_status: healthy")],
    [
      { type: "container", action: "kill", attributes: { signal: "15" } },
      happened("container", "kill", { signal: "15" }),
    ],
  ])("passes for %j", async (asks, event) => {
    const spec = { kind: "event", ...asks };
    expect(validateCheck(spec)).toBeUndefined();
    expect(await askEvents(spec, event)).toEqual(passesBy(1));
    expect(await askEvents(spec)).toEqual(notYet("It has not happened since this step was opened."));
  });

  it.each([
    [
      { type: "service", action: "create", name: "web" },
      happened("service", "create", { name: "db" }),
      "It happened, but with the name db.",
    ],
    [
      { type: "container", action: "kill", attributes: { signal: "15" } },
      happened("container", "kill", { signal: "9" }),
      "It happened, but with the signal 9.",
    ],
    [
      { type: "container", action: "exec_start: ls" },
      happened("container", "exec_start: sh "),
      "It has not happened since this step was opened.",
    ],
    [{ type: "container", action: "start", times: 2 }, happened("container", "start"), "It happened once so far."],
    [
      { type: "container", action: "kill", attributes: { signal: true } },
      happened("container", "kill"),
      "It happened, but without a signal.",
    ],
    [
      { type: "network", action: "connect", attributes: { container: false, type: "bridge" } },
      happened("network", "connect", { container: "1", type: "" }),
      'It happened, but with a container and with the type "".',
    ],
  ])("refuses for %j what is not that", async (asks, event, seen) => {
    expect(await askEvents({ kind: "event", ...asks }, event)).toEqual(notYet(seen));
  });

  it("says that it cannot tell before the engine has told its time", async () => {
    const context = { ...contextOf(new FakeWorld()), eventsKnown: false };
    expect(await bindCheck(spec).ask(context)).toMatchObject({ result: "unknown" });
  });

  it("is asked again for its own type and action only, and stays true", () => {
    expect(isConcerned(spec, "container", "die")).toBe(true);
    expect(isConcerned(spec, "container", "start")).toBe(false);
    expect(isConcerned(spec, "image", "die")).toBe(false);
    expect(bindCheck(spec).staysTrue).toBe(true);
  });

  refusesToBind("event", [
    [
      'In the check "event": Docker does not tell the name of an image with the event "untag", so "image" cannot be asked of it. Ask with <Check kind="image" reference="…" gone /> whether it is gone.',
      { type: "image", action: "untag", image: "hello" },
    ],
    [
      'In the check "event": Docker does not tell the name of an image with the event "load", so "name" cannot be asked of it. Ask with <Check kind="image" reference="…" /> whether it is there.',
      { type: "image", action: "load", name: "hello" },
    ],
    [
      'In the check "event": Docker does not tell the name of an image with the event "save", so "image" cannot be asked of it.',
      { type: "image", action: "save", image: "hello" },
    ],
    [
      'In the check "event": Docker has no event "stopped" of the type "service"; there are create, remove and update.',
      { type: "service", action: "stopped" },
    ],
    [
      'In the check "event": Docker has no event "create" of the type "daemon"; there is only reload.',
      { type: "daemon", action: "create" },
    ],
    [
      'In the check "event": An event of the type "volume" has no image.',
      { type: "volume", action: "create", image: "a" },
    ],
    [
      'In the check "event": Only the events "die" and "exec_die" have an "exitCode".',
      { type: "container", action: "start", exitCode: 0 },
    ],
  ]);
});
