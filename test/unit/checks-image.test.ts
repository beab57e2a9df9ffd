import { describe, expect, it } from "vitest";
import { FakeWorld } from "./checks-fakes.ts";
import { ask, isConcerned, judges, notYet, passes, refusesToBind } from "./checks-judging.ts";

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

  it("names an image with its registry, and one that is wanted by its digest", async () => {
    const world = withImage("localhost:5000/app:1");
    world.images.set("other", { Id: "sha256:2", RepoTags: ["localhost:5000/app:2"] });
    expect(await ask(world, { kind: "image", reference: "localhost:5000/web:1" })).toEqual(
      notYet("There is no image called localhost:5000/web."),
    );
    expect(await ask(world, { kind: "image", reference: "localhost:5000/app:3" })).toEqual(
      notYet("There is an image localhost:5000/app, but only with the tags 1 and 2."),
    );
    expect(await ask(world, { kind: "image", reference: `app@sha256:${"0".repeat(64)}` })).toEqual(
      notYet("There is no image called app."),
    );
  });

  it("passes for the image of a digest", async () => {
    const reference = `app@sha256:${"0".repeat(64)}`;
    expect(await ask(withImage("app:1", { RepoDigests: [reference] }), { kind: "image", reference })).toEqual(passes);
  });

  it("does not take an image whose id begins like the name for the named one", async () => {
    const world = withImage("other:1", { Id: "sha256:cafe0123", RootFS: { Layers: ["a"] } });
    expect(await ask(world, { kind: "image", reference: "cafe" })).toEqual(notYet("There is no image called cafe."));
    expect(await ask(world, { kind: "image", reference: "cafe", gone: true })).toEqual(passes);
    expect(await ask(world, { kind: "image", reference: "other:1", sharesLayersWith: "cafe" })).toEqual(
      notYet("There is no image called cafe:latest to compare with."),
    );
    world.runs("web", "other:1", { ImageID: "sha256:cafe0123" } as object);
    expect(await ask(world, { kind: "container", image: "cafe" })).toEqual(
      notYet("There is no container from the image cafe:latest."),
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

describe("the check image, property by property", () => {
  const prepare = (world: FakeWorld) => {
    world.images.set("app", {
      Id: "sha256:1",
      RepoTags: ["app:1"],
      Os: "linux",
      Architecture: "amd64",
      Size: 12_340_000,
      RootFS: { Layers: ["a", "b", "c"] },
      Config: {
        Cmd: ["-p", "80"],
        Entrypoint: ["/bin/sh", "-c", "exec httpd"],
        Env: ["PATH=/bin", "MODE=dev"],
        User: "app",
        WorkingDir: "/srv",
        Volumes: { "/data": {} },
        Healthcheck: { Test: ["CMD-SHELL", "true"] },
      },
    });
    world.images.set("bare", { Id: "sha256:2", RepoTags: ["bare:1"], RootFS: { Layers: ["a", "x"] }, Size: 500 });
    world.images.set("base", {
      Id: "sha256:3",
      RepoTags: ["base:1"],
      RootFS: { Layers: ["a", "b"] },
      Config: { ExposedPorts: { "80/tcp": {}, "53/udp": {} } },
    });
    world.files.set("docker/a", "");
  };
  const reference = "app:1";
  const app = "The image app:1";
  judges("image", prepare, {
    "so many layers": { asks: { reference, layers: 3, minLayers: undefined } },
    "fewer layers": {
      asks: { reference, layers: 2 },
      seen: `${app} has 3 layers.`,
      wanted: "Wanted is an image called app:1 with 2 layers.",
    },
    "more layers": { asks: { reference, maxLayers: 2 }, seen: `${app} has 3 layers.` },
    "its size": { asks: { reference, minSize: 12_340_000, maxSize: "12.34MB" } },
    "less than its size": {
      asks: { reference, maxSize: "10 MB" },
      seen: `${app} is 12.3 MB large.`,
      wanted: "Wanted is an image called app:1 of at most 10 MB.",
    },
    "more than its size": { asks: { reference, minSize: "1GB" }, seen: `${app} is 12.3 MB large.` },
    "an entry point in a shell": { asks: { reference, entrypoint: "exec httpd" } },
    "another entry point": {
      asks: { reference, entrypoint: ["nginx"] },
      seen: `${app} has the entry point "/bin/sh -c exec httpd".`,
      wanted: "Wanted is an image called app:1 with the entry point that the step asks for.",
    },
    "no entry point": {
      asks: { reference: "bare:1", entrypoint: "sh" },
      seen: "The image bare:1 has no entry point of its own.",
    },
    "a variable": { asks: { reference, env: { MODE: "dev", SECRET: false } } },
    "another variable": {
      asks: { reference, env: { MODE: "x" } },
      seen: `${app} has the variable MODE with the value "dev".`,
    },
    "a user": { asks: { reference, user: "app", root: false } },
    "no user": {
      asks: { reference: "bare:1", root: false },
      seen: "The image bare:1 names no user, so it runs as root.",
    },
    "a working folder": { asks: { reference, workdir: "/srv/" } },
    "another working folder": { asks: { reference, workdir: "/app" }, seen: `${app} has the working folder /srv.` },
    "no working folder": {
      asks: { reference: "bare:1", workdir: "/app" },
      seen: "The image bare:1 has the working folder /.",
    },
    "a health check": { asks: { reference, healthcheck: true } },
    "no health check": {
      asks: { reference: "bare:1", healthcheck: true },
      seen: "The image bare:1 has no health check.",
    },
    "a volume": { asks: { reference, volumes: ["/data"] } },
    "another volume": { asks: { reference, volumes: ["/x"] }, seen: `${app} declares a volume at /data only.` },
    "several volumes": {
      asks: { reference, volumes: ["/x", "/y"] },
      seen: `${app} declares a volume at /data only.`,
      wanted: "Wanted is an image called app:1 with declared volumes at /x and /y.",
    },
    "no volume": { asks: { reference: "bare:1", volumes: ["/x"] }, seen: "The image bare:1 declares no volume." },
    "a platform": { asks: { reference, os: "linux", architecture: "amd64" } },
    "another platform": { asks: { reference, architecture: "arm64" }, seen: `${app} is for the architecture amd64.` },
    "no platform": {
      asks: { reference: "bare:1", os: "linux", architecture: "arm64" },
      seen: "The image bare:1 names no operating system. The image bare:1 names no architecture.",
    },
    "all layers of another": { asks: { reference, sharesLayersWith: "base:1" } },
    "some layers of another": { asks: { reference, sharesLayersWith: "bare:1", sharedLayers: 1 } },
    "not all layers of another": {
      asks: { reference, sharesLayersWith: "bare:1" },
      seen: "The images app:1 and bare:1 share one layer.",
      wanted: "Wanted is an image called app:1 that shares all layers of bare:1.",
    },
    "fewer layers of another": {
      asks: { reference, sharesLayersWith: "base:1", sharedLayers: 3 },
      seen: "The images app:1 and base:1 share 2 layers.",
      wanted: "Wanted is an image called app:1 that shares at least 3 layers with base:1.",
    },
    "no other to share with": {
      asks: { reference, sharesLayersWith: "none" },
      seen: "There is no image called none:latest to compare with.",
    },
    gone: { asks: { reference: "app:2", gone: true } },
    "still there": {
      asks: { reference, gone: true },
      seen: "The image app:1 is still there.",
      wanted: "Wanted is that no image called app:1 is left.",
    },
    "a folder for a Dockerfile": { asks: { reference, builtFrom: "docker" }, seen: "docker is a folder." },
    "two declared ports": {
      asks: { reference: "base:1", exposedPort: 1 },
      seen: "The image base:1 declares the ports 80/tcp and 53/udp.",
    },
    "no Dockerfile": { asks: { reference, builtFrom: "Dockerfile" }, seen: "There is no Dockerfile in /workspace." },
  });

  refusesToBind("image", [
    ['In the check "image": "target" needs "builtFrom", the Dockerfile with that stage.', { reference, target: "a" }],
    [
      'In the check "image": "sharedLayers" needs "sharesLayersWith", the image that they are shared with.',
      { reference, sharedLayers: 1 },
    ],
    ['In the check "image": "minSize" must not be more than "maxSize".', { reference, minSize: "1GB", maxSize: "1MB" }],
    [
      'In the check "image": "layers" is exact, so "maxLayers" cannot be asked beside it.',
      { reference, layers: 1, maxLayers: 2 },
    ],
    [
      'In the check "image": With "gone", "layers" cannot be asked, as what is gone has no properties.',
      { reference, layers: 1, gone: true },
    ],
    [
      'In the check "image", "maxSize" must be a size in bytes or such as 50MB, but is "50 apples".',
      { reference, maxSize: "50 apples" },
    ],
    [
      'In the check "image", "reference" must be an image\'s name without spaces, such as hello:1.0, but is "a b".',
      { reference: "a b" },
    ],
  ]);

  it("is asked again for images, and for its Dockerfile only if it asks about it", () => {
    expect(isConcerned({ kind: "image", reference }, "image", "tag")).toBe(true);
    expect(isConcerned({ kind: "image", reference }, "container", "start")).toBe(false);
  });
});
