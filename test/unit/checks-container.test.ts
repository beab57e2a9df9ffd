// Over 250 lines because it is one list: all that the check container asks, passing and refusing with its sentence.
import { describe, expect, it } from "vitest";
import { bindCheck } from "../../src/checks/kinds.ts";
import { FakeWorld } from "./checks-fakes.ts";
import { ask, isConcerned, judges, notYet, passes, refusesToBind } from "./checks-judging.ts";

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

describe("the check container, property by property", () => {
  const hash = "a".repeat(64);
  const prepare = (world: FakeWorld) => {
    world.runs("web", "hello:1", {
      Path: "httpd",
      Args: ["-f"],
      State: { Status: "running", ExitCode: 0, Health: { Status: "starting" } },
      Config: { Env: ["MODE=dev", "EMPTY="], User: "1000:1000", Labels: { tier: "front" } },
      HostConfig: {
        Memory: 64 * 1024 * 1024,
        NanoCpus: 500_000_000,
        PidsLimit: 100,
        RestartPolicy: { Name: "on-failure", MaximumRetryCount: 3 },
        ReadonlyRootfs: true,
        CapDrop: ["CAP_NET_RAW"],
        CapAdd: ["NET_ADMIN"],
        Tmpfs: { "/run": "ro,size=1m" },
      },
      Mounts: [
        { Type: "volume", Name: "data", Source: "/var/lib/docker/volumes/data/_data", Destination: "/data", RW: true },
        { Type: "volume", Name: hash, Destination: "/cache", RW: true },
        { Type: "bind", Source: "/workspace/html", Destination: "/www", RW: false },
        { Type: "bind", Source: "/workspace/.config", Destination: "/etc/app", RW: true },
        { Type: "bind", Source: "/workspace", Destination: "/all", RW: true },
      ],
      NetworkSettings: {
        Ports: { "80/tcp": [{ HostIp: "127.0.0.1", HostPort: "8080" }], "53/udp": null },
        Networks: { front: {} },
      },
    });
  };
  const web = "The container web";
  judges("container", prepare, {
    "a name of the form": { asks: { namePattern: "^w.b$" } },
    "no name of the form": { asks: { namePattern: "^b" }, seen: "There is no container with such a name." },
    "a variable": { asks: { env: { MODE: "dev", EMPTY: true, SECRET: false } } },
    "a variable with another value": {
      asks: { env: { MODE: "prod" } },
      seen: `${web} has the variable MODE with the value "dev".`,
      wanted: "Wanted is a container with MODE set as the step asks.",
    },
    "no variable": { asks: { env: { PORT: true } }, seen: `${web} has no variable PORT.` },
    "a variable that is not to be": {
      asks: { env: { MODE: false } },
      seen: `${web} has the variable MODE.`,
      wanted: "Wanted is a container without the variable MODE.",
    },
    "a label": { asks: { labels: { tier: "front" } } },
    "another label": { asks: { labels: { tier: "back" } }, seen: `${web} has the label tier with the value "front".` },
    "a port on one address": { asks: { ports: { "80/tcp": "127.0.0.1:8080" } } },
    "a port on any port": { asks: { ports: { "80/tcp": "any" } } },
    "a port on all addresses": {
      asks: { ports: { "80/tcp": "0.0.0.0:8080" } },
      seen: `${web} publishes its port 80/tcp on 127.0.0.1:8080.`,
    },
    "a port that is only declared": {
      asks: { ports: { "53/udp": "any" } },
      seen: `${web} does not publish its port 53/udp.`,
    },
    "a volume": { asks: { mounts: [{ type: "volume", source: "data", target: "/data/", readOnly: false }] } },
    "a bind mount below /workspace": {
      asks: { mounts: [{ type: "bind", source: "./html", target: "/www", readOnly: true }] },
    },
    "a temporary file system": { asks: { mounts: [{ type: "tmpfs", target: "/run", readOnly: true }] } },
    "another volume": {
      asks: { mounts: [{ source: "other", target: "/data" }] },
      seen: `${web} has the volume data mounted at /data.`,
      wanted: "Wanted is a container with the volume other mounted at /data.",
    },
    "an unnamed volume": {
      asks: { mounts: [{ source: "other", target: "/cache" }] },
      seen: `${web} has an unnamed volume mounted at /cache.`,
    },
    "a bind mount instead of a volume": {
      asks: { mounts: [{ type: "volume", target: "/www" }] },
      seen: `${web} has /workspace/html mounted at /www.`,
      wanted: "Wanted is a container with a volume mounted at /www.",
    },
    "a bind mount instead of the volume of that name": {
      asks: { mounts: [{ source: "html", target: "/www" }] },
      seen: `${web} has /workspace/html mounted at /www.`,
      wanted: "Wanted is a container with the volume html mounted at /www.",
    },
    "a bind mount without a slash in it": { asks: { mounts: [{ type: "bind", source: "html", target: "/www" }] } },
    "a bind mount of a hidden folder": { asks: { mounts: [{ type: "bind", source: ".config", target: "/etc/app" }] } },
    "a hidden folder that was meant without its dot": {
      asks: { mounts: [{ type: "bind", source: "config", target: "/etc/app" }] },
      seen: `${web} has /workspace/.config mounted at /etc/app.`,
      wanted: "Wanted is a container with /workspace/config mounted at /etc/app.",
    },
    "a bind mount of the whole workspace": { asks: { mounts: [{ source: ".", target: "/all" }] } },
    "a volume instead of a folder": {
      asks: { mounts: [{ source: "./data", target: "/data" }] },
      seen: `${web} has the volume data mounted at /data.`,
      wanted: "Wanted is a container with /workspace/data mounted at /data.",
    },
    "a mount that is writable": {
      asks: { mounts: [{ target: "/data", readOnly: true }] },
      seen: `${web} has /data mounted writable.`,
    },
    "nothing mounted": { asks: { mounts: [{ target: "/srv" }] }, seen: `${web} has nothing mounted at /srv.` },
    "a network": { asks: { networks: ["front"] } },
    "another network": {
      asks: { networks: ["front", "back"] },
      seen: `${web} is connected to the network front only.`,
      wanted: "Wanted is a container connected to the networks front and back.",
    },
    "a user, without its group": { asks: { user: "1000", root: false } },
    "another user": { asks: { user: "app" }, seen: `${web} runs as the user 1000:1000.` },
    root: { asks: { root: true }, seen: `${web} runs as the user 1000:1000.` },
    "a restart policy": { asks: { restart: "on-failure" } },
    "a restart policy with its count": { asks: { restart: "on-failure:3" } },
    "another restart policy": { asks: { restart: "always" }, seen: `${web} has the restart policy on-failure:3.` },
    limits: { asks: { memory: "64m", cpus: 0.5, pids: 100 } },
    "another limit of memory": {
      asks: { memory: "128MB" },
      seen: `${web} may use 64 MB of memory.`,
      wanted: "Wanted is a container that may use 128 MB of memory.",
    },
    "another limit of processes": { asks: { pids: 5 }, seen: `${web} may have 100 processes.` },
    "another limit of processors": {
      asks: { cpus: 1 },
      seen: `${web} may use 0.5 processors.`,
      wanted: "Wanted is a container that may use one processor.",
    },
    "one process instead of several": {
      asks: { pids: 1 },
      seen: `${web} may have 100 processes.`,
      wanted: "Wanted is a container that may have one process.",
    },
    health: { asks: { health: "starting" } },
    "another health": {
      asks: { health: "healthy" },
      seen: `${web} has a health check that has not decided yet.`,
      wanted: "Wanted is a container whose health is healthy.",
    },
    confinement: { asks: { readOnly: true, privileged: false, capDrop: ["net_raw"], capAdd: ["CAP_NET_ADMIN"] } },
    "a writable root": { asks: { readOnly: false }, seen: `${web} has a read-only root file system.` },
    privileges: { asks: { privileged: true }, seen: `${web} is not privileged.` },
    "a capability that is kept": { asks: { capDrop: ["ALL"] }, seen: `${web} has not dropped the capability ALL.` },
    "a capability that is not there": {
      asks: { capAdd: ["SYS_TIME"] },
      seen: `${web} has not been given the capability SYS_TIME.`,
    },
    "another state": { asks: { state: "paused" }, seen: `${web} is running.` },
    "an end that has not come": { asks: { state: "exited" }, seen: `${web} is running, it has not ended.` },
    "two things wrong": {
      asks: { user: "app", state: "created" },
      seen: `${web} runs as the user 1000:1000. ${web} is running.`,
      wanted: "Wanted is a container that runs as the user app, that has never been started.",
    },
  });

  judges("container", (world) => world.runs("plain", "hello:1"), {
    "no CPU limit": { asks: { cpus: 1 }, seen: "The container plain has no CPU limit." },
    "no process limit": { asks: { pids: 1 }, seen: "The container plain has no process limit." },
    "a label that is not told": {
      asks: { labels: { tier: "secret" } },
      seen: "The container plain has no label tier.",
      wanted: "Wanted is a container with the label tier set as the step asks.",
    },
    "a state that is to be gone": {
      asks: { name: "plain", state: "running", gone: true },
      seen: "The container plain is still running.",
      wanted: "Wanted is that no running container named plain is left.",
    },
    "no limit": { asks: { memory: "64m" }, seen: "The container plain has no memory limit." },
    "no health check": { asks: { health: "healthy" }, seen: "The container plain has no health check." },
    "no health check, as wanted": { asks: { health: "none", restart: "no", root: true } },
    "no user": { asks: { root: false }, seen: "The container plain names no user, so it runs as root." },
    "no network": { asks: { networks: ["a"] }, seen: "The container plain is connected to no network." },
  });

  refusesToBind("container", [
    ['In the check "container": Only one of "name" and "namePattern" can be asked.', { name: "a", namePattern: "a" }],
    [
      'In the check "container": With "gone", no container is wanted, so none can be counted.',
      { count: 2, gone: true },
    ],
    [
      'In the check "container": "maxCount" needs "minCount", as there are no more than so many where nothing was done. To ask for few or none, write <Check not> around a check with minCount={3}.',
      { image: "a", maxCount: 2 },
    ],
    [
      'In the check "container": A mount of the type "tmpfs" comes from nowhere, so it has no "source".',
      { mounts: [{ type: "tmpfs", source: "a", target: "/a" }] },
    ],
    [
      'In the check "container": The name of a volume has no / in it, so "source" cannot be "./a" beside the type "volume".',
      { mounts: [{ type: "volume", source: "./a", target: "/a" }] },
    ],
    ['In the check "container": "count" is exact, so "minCount" cannot be asked beside it.', { count: 2, minCount: 1 }],
    [
      'In the check "container": "minCount" must not be more than "maxCount", but 3 is more than 2.',
      { minCount: 3, maxCount: 2 },
    ],
    [
      'In the check "container": "name" is that of one container, so there is nothing to count.',
      { name: "a", count: 2 },
    ],
    [
      'In the check "container": "exitCode" is that of a container that has ended, so "state" cannot be "running" beside it.',
      { state: "running", exitCode: 0 },
    ],
    ['In the check "container", "memory" must be a size in bytes or such as 50MB, but is "much".', { memory: "much" }],
    [
      'In the check "container", "env.A" must be a text, true for any value or false for none, but is 1.',
      { env: { A: 1 } },
    ],
    ['In the check "container", "env" must not be empty, but is {}.', { env: {} }],
    [
      'In the check "container", "mounts.0.target" must be a path in the container that starts with /, but is "data".',
      { mounts: [{ target: "data" }] },
    ],
    [
      'In the check "container", "restart" must be no, always, unless-stopped, on-failure or on-failure:3, but is "never".',
      { restart: "never" },
    ],
    [
      'In the check "container", "ports.80/tcp" must be a port such as 8080, an address with its port such as 127.0.0.1:8080, or "any", but is "x".',
      { ports: { "80/tcp": "x" } },
    ],
    ['In the check "container", "gone" must be true, but is false.', { gone: false }],
  ]);
});

describe("the check container, counting", () => {
  const prepare = (world: FakeWorld) => {
    world.runs("web-1", "hello");
    world.runs("web-2", "hello");
    world.runs("web-3", "hello");
    world.ends("web-3", 1);
  };
  const running = { image: "hello", state: "running" };
  judges("container", prepare, {
    "as many as wanted": { asks: { ...running, count: 2 } },
    "at least as many": { asks: { ...running, minCount: 1 } },
    "no more than wanted": { asks: { ...running, minCount: 1, maxCount: 2 } },
    "too few": {
      asks: { ...running, count: 3 },
      seen: "There are 2 such containers. The container web-3 is not running any more: it ended with exit code 1.",
      wanted: "Wanted are 3 containers from the image hello:latest that are running.",
    },
    "too many": {
      asks: { ...running, minCount: 1, maxCount: 1 },
      seen: "There are 2 such containers.",
      wanted: "Wanted is one container from the image hello:latest that is running.",
    },
    "one too few": {
      asks: { image: "hello", exitCode: 1, minCount: 2, maxCount: 3 },
      seen: /^There is one such container\. The container web-\d is running, so it has no exit code yet\.$/,
      wanted: "Wanted are 2 to 3 containers from the image hello:latest that have ended with exit code 1.",
    },
    "too few with their ports": {
      asks: { image: "hello", ports: { "80/tcp": 80 }, root: false, minCount: 2 },
      seen: /does not publish its port/,
      wanted:
        "Wanted are at least 2 containers from the image hello:latest with their port 80/tcp published on 80, that do not run as root.",
    },
    none: { asks: { image: "nginx", minCount: 2 }, seen: "There is no container from the image nginx:latest." },
  });
});

describe("the check container, not fooled", () => {
  it("does not take a container that removes itself for one that has ended", async () => {
    const world = new FakeWorld();
    world.runs("job", "hello", { State: { Status: "exited", ExitCode: 0 }, HostConfig: { AutoRemove: true } });
    expect(await ask(world, { kind: "container", image: "hello", state: "exited" })).toEqual(
      notYet("The container job has ended and is removed by itself."),
    );
    expect(await ask(world, { kind: "container", image: "hello", gone: true })).toEqual(
      notYet("The container job has ended, but is still there."),
    );
  });

  it("waits for what seems alive, but not for what has ended", () => {
    const settle = (more: object) => bindCheck({ kind: "container", name: "a", ...more }).settleMs;
    expect([settle({ state: "running" }), settle({}), settle({ health: "healthy" })]).toEqual([600, 600, 600]);
    expect([settle({ state: "exited" }), settle({ gone: true })]).toEqual([0, 0]);
  });

  it("is asked again when something happens that matters to it, and not for commands and health in a container", () => {
    const plain = { kind: "container", name: "a" };
    expect(["start", "die", "update", "rename"].map((action) => isConcerned(plain, "container", action))).toEqual([
      true,
      true,
      true,
      true,
    ]);
    for (const noise of ["exec_create: x ", "exec_start: x ", "exec_die", "health_status: healthy", "top", "attach"]) {
      expect(isConcerned(plain, "container", noise)).toBe(false);
    }
    expect(isConcerned(plain, "network", "connect")).toBe(false);
    expect(isConcerned({ ...plain, networks: ["n"] }, "network", "connect")).toBe(true);
    expect(isConcerned({ ...plain, health: "healthy" }, "container", "health_status: healthy")).toBe(true);
  });
});
