import { describe, expect, it } from "vitest";
import { bindCheck } from "../../src/checks/kinds.ts";
import type { CheckSpec } from "../../src/lessons/model.ts";
import { contextOf, FakeWorld } from "./checks-fakes.ts";

const ask = (world: FakeWorld, spec: CheckSpec) => bindCheck(spec).ask(contextOf(world));
const passes = { result: "passed" };
const notYet = (seen: string | RegExp, wanted: string | RegExp = /^Wanted is /) => ({
  result: "not-yet",
  seen: typeof seen === "string" ? seen : (expect.stringMatching(seen) as string),
  wanted: typeof wanted === "string" ? wanted : (expect.stringMatching(wanted) as string),
});

describe("the check file", () => {
  it("passes for the file with the text in it", async () => {
    const world = new FakeWorld();
    world.saves("app/Dockerfile", "FROM busybox\nCMD echo\n");
    expect(await ask(world, { kind: "file", path: "app/Dockerfile" })).toEqual(passes);
    expect(await ask(world, { kind: "file", path: "app/Dockerfile", contains: "FROM busybox" })).toEqual(passes);
    expect(await ask(world, { kind: "file", path: "app/Dockerfile", matches: "^CMD\\b" })).toEqual(passes);
  });

  it("refuses a file in the wrong place and says where it is", async () => {
    const world = new FakeWorld();
    world.saves("app/Dockerfile", "FROM busybox");
    expect(await ask(world, { kind: "file", path: "Dockerfile" })).toEqual(
      notYet("There is no Dockerfile in /workspace, but there is one at /workspace/app/Dockerfile."),
    );
    expect(await ask(world, { kind: "file", path: "app/index.html" })).toEqual(
      notYet("There is no index.html in /workspace/app.", "Wanted is the file app/index.html."),
    );
  });

  it("refuses a name in another case", async () => {
    const world = new FakeWorld();
    world.saves("dockerfile", "FROM busybox");
    expect(await ask(world, { kind: "file", path: "Dockerfile" })).toEqual(
      notYet("There is no Dockerfile in /workspace, but there is one at /workspace/dockerfile."),
    );
  });

  it("refuses other content without telling the right one", async () => {
    const world = new FakeWorld();
    world.saves("Dockerfile", "FROM scratch");
    for (const wrong of [{ contains: "secret" }, { matches: "secret" }]) {
      const outcome = await ask(world, { kind: "file", path: "Dockerfile", ...wrong });
      expect(outcome).toEqual(notYet(/something that the step asks for is missing/));
      expect(JSON.stringify(outcome)).not.toContain("secret");
    }
    world.saves("Dockerfile", " \n");
    expect(await ask(world, { kind: "file", path: "Dockerfile", contains: "x" })).toEqual(notYet(/empty/));
  });
});

describe("the check http", () => {
  it("passes for the page and refuses what is not it", async () => {
    const world = new FakeWorld();
    const spec = { kind: "http", port: 8080, bodyContains: "Hello" };
    expect(await ask(world, spec)).toEqual(notYet("Nothing answers on port 8080."));
    world.pages.set(8080, { status: 404, body: "no" });
    expect(await ask(world, spec)).toEqual(notYet("The server on port 8080 answers with status 404."));
    world.pages.set(8080, { status: 200, body: "Welcome" });
    expect(await ask(world, spec)).toEqual(notYet("The server on port 8080 answers, but with another page."));
    world.pages.set(8080, { status: 200, body: "<h1>Hello</h1>" });
    expect(await ask(world, spec)).toEqual(passes);
    expect(await ask(world, { kind: "http", port: 8080, status: 404 })).toEqual(
      notYet("The server on port 8080 answers with status 200."),
    );
  });
});
