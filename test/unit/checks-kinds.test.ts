// Over 250 lines because it is one list: each kind of check passing, and refusing with its sentence.
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

describe("the check container", () => {
  it("passes for a running container of the image, however the image is written", async () => {
    const world = new FakeWorld();
    world.runs("web", "docker.io/library/hello:1.0");
    for (const image of ["hello:1.0", "library/hello:1.0", "docker.io/hello:1.0"]) {
      expect(await ask(world, { kind: "container", image, state: "running" })).toEqual(passes);
    }
  });

  it("passes for a container that was started by the image's id", async () => {
    const world = new FakeWorld();
    world.images.set("hello", { Id: "sha256:abc", RepoTags: ["hello:1.0"] });
    world.runs("web", "sha256:abc");
    world.containers.set("web", { ...world.containers.get("web"), ImageID: "sha256:abc" });
    expect(await ask(world, { kind: "container", image: "hello:1.0" })).toEqual(passes);
  });

  it("refuses a container that has ended when a running one is wanted", async () => {
    const world = new FakeWorld();
    world.runs("web", "hello:1.0");
    world.ends("web", 127);
    expect(await ask(world, { kind: "container", image: "hello:1.0", state: "running" })).toEqual(
      notYet(
        "The container web is not running any more: it ended with exit code 127.",
        "Wanted is a container from the image hello:1.0 that is running.",
      ),
    );
  });

  it("refuses another image, another name, and an empty engine", async () => {
    const world = new FakeWorld();
    expect(await ask(world, { kind: "container", name: "web" })).toEqual(notYet("There are no containers yet."));
    world.runs("web", "busybox");
    expect(await ask(world, { kind: "container", image: "hello" })).toEqual(
      notYet("There is no container from the image hello:latest."),
    );
    expect(await ask(world, { kind: "container", name: "site" })).toEqual(notYet("There is no container named site."));
    expect(await ask(world, { kind: "container", name: "web", image: "hello" })).toEqual(
      notYet("The container web comes from another image, busybox."),
    );
  });

  it("tells exit codes apart", async () => {
    const world = new FakeWorld();
    world.runs("job", "busybox");
    const spec = { kind: "container", image: "busybox", exitCode: 0 };
    expect(await ask(world, spec)).toEqual(notYet("The container job is running, so it has no exit code yet."));
    world.ends("job", 1);
    expect(await ask(world, spec)).toEqual(notYet("The container job ended with exit code 1."));
    world.ends("job", 0);
    expect(await ask(world, spec)).toEqual(passes);
  });

  it("refuses a port that is not published, or published elsewhere", async () => {
    const world = new FakeWorld();
    const spec = { kind: "container", ports: { "80/tcp": 8080 } };
    world.runs("web", "hello");
    expect(await ask(world, spec)).toEqual(notYet("The container web does not publish its port 80/tcp."));
    world.runs("web", "hello", { NetworkSettings: { Ports: { "80/tcp": [{ HostPort: "8000" }] } } });
    expect(await ask(world, spec)).toEqual(notYet("The container web publishes its port 80/tcp on 8000."));
    world.runs("web", "hello", { NetworkSettings: { Ports: { "80/tcp": [{ HostPort: "8080" }] } } });
    expect(await ask(world, spec)).toEqual(passes);
  });

  it("knows a command with its entry point, without it, and inside a shell, and does not give the wanted one away", async () => {
    const world = new FakeWorld();
    world.runs("a", "x", { Path: "/entry", Args: ["echo", "hi"], Config: { Cmd: ["echo", "hi"] } });
    expect(await ask(world, { kind: "container", command: "/entry echo hi" })).toEqual(passes);
    expect(await ask(world, { kind: "container", command: "echo hi" })).toEqual(passes);
    world.runs("a", "x", { Path: "/bin/sh", Args: ["-c", "echo hi"] });
    expect(await ask(world, { kind: "container", command: "echo hi" })).toEqual(passes);
    expect(await ask(world, { kind: "container", command: "echo secret" })).toEqual(
      notYet(
        /runs the command "\/bin\/sh -c echo hi"/,
        "Wanted is a container with the command that the step asks for.",
      ),
    );
  });

  it("with gone, passes only when none is left, not even an ended one", async () => {
    const world = new FakeWorld();
    world.runs("web", "hello");
    const spec = { kind: "container", name: "web", gone: true };
    expect(await ask(world, spec)).toEqual(
      notYet("The container web is still running.", "Wanted is that no container named web is left."),
    );
    world.ends("web", 137);
    expect(await ask(world, spec)).toEqual(notYet("The container web has ended, but is still there."));
    world.containers.clear();
    expect(await ask(world, spec)).toEqual(passes);
  });

  it("answers for the container that comes closest", async () => {
    const world = new FakeWorld();
    world.runs("old", "hello");
    world.ends("old", 1);
    world.runs("new", "hello");
    expect(await ask(world, { kind: "container", image: "hello", state: "running", ports: { "80/tcp": 80 } })).toEqual(
      notYet("The container new does not publish its port 80/tcp."),
    );
  });
});

describe("the check image", () => {
  const withImage = (tag: string, details: object = {}) => {
    const world = new FakeWorld();
    world.images.set(tag, { Id: "sha256:1", RepoTags: [tag], ...details });
    return world;
  };

  it("passes for the image under its tag and refuses it under another", async () => {
    expect(await ask(withImage("hello:1.0"), { kind: "image", reference: "hello:1.0" })).toEqual(passes);
    expect(await ask(withImage("hello:latest"), { kind: "image", reference: "hello:1.0" })).toEqual(
      notYet("There is an image hello, but only with the tag latest.", "Wanted is an image called hello:1.0."),
    );
  });

  it("tells of an image that was built without a name", async () => {
    const world = withImage("busybox:latest");
    expect(await ask(world, { kind: "image", reference: "hello" })).toEqual(notYet("There is no image called hello."));
    world.images.set("nameless", { Id: "sha256:2", RepoTags: [] });
    expect(await ask(world, { kind: "image", reference: "hello" })).toEqual(
      notYet("There is no image called hello, but there is one without a name."),
    );
  });

  it("counts layers", async () => {
    const world = withImage("hello:latest", { RootFS: { Layers: ["a"] } });
    expect(await ask(world, { kind: "image", reference: "hello", minLayers: 1 })).toEqual(passes);
    expect(await ask(world, { kind: "image", reference: "hello", minLayers: 2 })).toEqual(
      notYet("The image hello:latest has one layer.", /at least 2 layers/),
    );
  });

  it("reads the command, the port and the labels of the image", async () => {
    const world = withImage("hello:latest", {
      Config: { Cmd: ["httpd", "-f"], ExposedPorts: { "80/tcp": {} }, Labels: { by: "me" } },
    });
    const reference = "hello";
    for (const right of [
      { cmd: "httpd -f" },
      { cmd: ["httpd", "-f"] },
      { exposedPort: 80 },
      { labels: { by: "me" } },
    ]) {
      expect(await ask(world, { kind: "image", reference, ...right })).toEqual(passes);
    }
    expect(await ask(world, { kind: "image", reference, cmd: "nginx secret" })).toEqual(
      notYet('The image hello:latest has the command "httpd -f".', /^(?!.*secret)/),
    );
    expect(await ask(world, { kind: "image", reference, exposedPort: "53/udp" })).toEqual(
      notYet("The image hello:latest declares the port 80/tcp."),
    );
    expect(await ask(world, { kind: "image", reference, labels: { for: "you" } })).toEqual(
      notYet("The image hello:latest has no label for."),
    );
  });
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
    expect(await askEvents(spec, die("busybox:latest", "0"))).toEqual(passes);
  });

  it("refuses when it has not happened, or otherwise", async () => {
    const wanted = "Wanted is a container from the image busybox:latest that ends now with exit code 0.";
    expect(await askEvents(spec)).toEqual(notYet("It has not happened since this step was opened.", wanted));
    expect(await askEvents(spec, die("busybox", "1"))).toEqual(notYet("It happened, but with exit code 1."));
    expect(await askEvents(spec, die("alpine", "0"))).toEqual(notYet("It happened, but with the image alpine."));
  });

  it("reads the name of an image from its event", async () => {
    const tag = { Type: "image", Action: "tag", Actor: { ID: "sha256:1", Attributes: { name: "hello:1.0" } } };
    expect(await askEvents({ kind: "event", type: "image", action: "tag", image: "hello:1.0" }, tag)).toEqual(passes);
    expect(await askEvents({ kind: "event", type: "image", action: "tag", image: "hello:2.0" }, tag)).toEqual(
      notYet("It happened, but with the image hello:1.0."),
    );
  });

  it("takes an exec with its command for an exec", async () => {
    const exec = { Type: "container", Action: "exec_start: ls -l", Actor: { ID: "1", Attributes: { image: "x" } } };
    expect(await askEvents({ kind: "event", type: "container", action: "exec_start" }, exec)).toEqual(passes);
  });
});
