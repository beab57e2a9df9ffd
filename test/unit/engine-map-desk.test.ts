import { expect, test } from "vitest";
import type { Clock } from "../../src/checks/clock.ts";
import type { Call, Client } from "../../src/engine/client.ts";
import type { Engine } from "../../src/engine/engine.ts";
import type { Machine } from "../../src/machine/contract.ts";
import { EngineDesk } from "../../src/sandbox/engine-map/engine-desk.ts";
import type { EngineLists } from "../../src/sandbox/engine-map/engine-map.ts";
import { readFacts } from "../../src/sandbox/engine-map/thing-facts.ts";
import { fakeContainer, fakeLists, fakeWeb } from "./engine-map-fakes.ts";

test("many wishes while it looks become one more look, one request at a time", async () => {
  const { desk, asked, atOnce } = deskOf();
  await Promise.all([desk.look(), desk.look(), desk.look()]);
  expect(asked.filter((name) => name === "containers")).toHaveLength(2);
  expect(atOnce()).toBe(1);
});

test("the engine itself is asked about once", async () => {
  const { desk, asked } = deskOf();
  await desk.look();
  await desk.look();
  expect(desk.self.value).toEqual({ version: "26.1.5", storageDriver: "overlay2", mirrors: ["http://mirror"] });
  expect(asked.filter((name) => name === "version" || name.startsWith("cat"))).toEqual([
    "version",
    "cat /etc/docker/daemon.json",
  ]);
});

test("what comes later is new for a moment and said, what was there at first is not", async () => {
  const { desk, set, pass } = deskOf();
  await desk.look();
  expect([...desk.fresh.value]).toEqual([]);
  expect(desk.said.value).toBe("");
  set({ containers: [fakeWeb(), fakeContainer("new")] });
  await desk.look();
  expect([...desk.fresh.value]).toEqual(["container/new-id"]);
  expect(desk.said.value).toBe("New container new. Container crew is gone.");
  pass(3000);
  await desk.look();
  expect([...desk.fresh.value]).toEqual([]);
});

test("a map that has not changed is not drawn again", async () => {
  const { desk, set } = deskOf();
  await desk.look();
  const map = desk.map.value;
  set({
    containers: fakeLists().containers.map((one) => ({ ...one, Status: one.Status.replace("3 seconds", "9 seconds") })),
  });
  await desk.look();
  expect(desk.map.value).toBe(map);
});

test("what is chosen is inspected as the engine answers, and again when something has happened", async () => {
  const { desk, asked } = deskOf();
  await desk.lookFor("web");
  await desk.look();
  expect(desk.chosen.value).toBe("container/web-id");
  expect(desk.opened.value).toMatchObject({
    command: "docker inspect web",
    request: "GET /containers/web/json",
    answer: '{\n  "asked": "/containers/web/json"\n}',
  });
  expect(asked.filter((name) => name === "/containers/web/json")).toHaveLength(2);
  desk.choose("container/web-id");
  expect(desk.chosen.value).toBeUndefined();
});

test("what was chosen and is gone is let go", async () => {
  const { desk, set } = deskOf();
  await desk.lookFor("crew");
  set({ containers: [fakeWeb()] });
  await desk.look();
  expect([desk.chosen.value, desk.opened.value]).toEqual([undefined, undefined]);
  expect(desk.said.value).toBe("Container crew is gone.");
});

test("a link finds by name, by kind where there are several, and says what is not there", async () => {
  const { desk, set } = deskOf();
  set({ containers: [fakeContainer("hold")] });
  await desk.lookFor("hold", "volume");
  expect(desk.chosen.value).toBe("volume/hold");
  await desk.lookFor("hold");
  expect(desk.chosen.value).toBe("container/hold-id");
  await desk.lookFor("busybox");
  expect(desk.chosen.value).toBe("image/sha256:box");
  await desk.lookFor("daemon");
  expect(desk.chosen.value).toBe("daemon");
  await desk.lookFor("ghost");
  expect(desk.said.value).toBe("There is no ghost on this engine now.");
});

test("client and registry are asked of the machine, and a folder has only its command", async () => {
  const { desk, set } = deskOf();
  await desk.look();
  desk.choose("client");
  await desk.look();
  expect(desk.opened.value).toMatchObject({
    command: "docker context inspect",
    facts: [
      ["Context", "default"],
      ["Asks at", "unix:///var/run/docker.sock"],
    ],
  });
  desk.choose("registry");
  await desk.look();
  expect(desk.opened.value?.facts).toEqual([["Asks first at", "http://mirror"]]);
  const spaced = { Type: "bind", Source: "/my files", Destination: "/src" };
  set({ containers: [fakeContainer("one", { Mounts: [spaced] })] });
  await desk.lookFor("/my files");
  expect(desk.opened.value).toMatchObject({ command: "ls -la '/my files'" });
  expect(desk.opened.value?.answer).toBeUndefined();
});

test("what fails is said, and forgotten with the next look that does not", async () => {
  const { desk, fail } = deskOf();
  fail("The machine is silent.");
  await desk.look();
  expect(desk.problem.value).toBe("The machine is silent.");
  fail(undefined);
  await desk.look();
  expect(desk.problem.value).toBeUndefined();
});

test("the facts of a container leave out what has not been", () => {
  const answer = {
    Path: "httpd",
    Args: ["-f"],
    Config: { Image: "busybox" },
    State: {
      Status: "running",
      ExitCode: 0,
      Pid: 412,
      StartedAt: "2026-11-27T09:00:00Z",
      FinishedAt: "0001-01-01T00:00:00Z",
    },
    HostConfig: { RestartPolicy: { Name: "no" } },
    NetworkSettings: {
      Networks: { harbour: { IPAddress: "172.18.0.2" } },
      Ports: { "80/tcp": [{ HostIp: "0.0.0.0", HostPort: "8080" }], "443/tcp": null },
    },
    Mounts: [{ Name: "hold", Source: "/x", Destination: "/data" }],
  };
  const { Started, ...facts } = Object.fromEntries(readFacts("container", answer, new Date("2026-11-27T10:00:00Z")));
  expect(Started).toMatch(/^today, /);
  expect(facts).toEqual({
    State: "running",
    Image: "busybox",
    Program: "httpd -f",
    "Process on the machine": "412",
    Networks: "harbour: 172.18.0.2",
    "Published ports": "0.0.0.0:8080 → 80/tcp",
    Mounts: "hold → /data",
    Restarted: "never by itself",
  });
  expect(readFacts("container", { no: "container" })).toEqual([]);
});

/** A desk before an engine that has what it is set to have, and a clock that stands still until time passes. */
function deskOf() {
  let lists = fakeLists();
  let failure: string | undefined;
  let now = 0;
  let waiting = 0;
  let most = 0;
  const asked: string[] = [];
  const answer = async <T>(name: string, value: () => T): Promise<T> => {
    if (failure !== undefined) throw new Error(failure);
    asked.push(name);
    most = Math.max(most, ++waiting);
    await Promise.resolve();
    waiting--;
    return value();
  };
  const engine = {
    containers: { list: () => answer("containers", () => lists.containers) },
    images: {
      list: () => answer("images", () => lists.images),
      inspect: () => answer("image", () => ({ GraphDriver: { Name: "overlay2" } })),
    },
    networks: { list: () => answer("networks", () => lists.networks) },
    volumes: { list: () => answer("volumes", () => lists.volumes) },
    system: { version: () => answer("version", () => ({ Version: "26.1.5" })) },
  } as unknown as Engine;
  const client = { json: (call: Call) => answer(call.path, () => ({ asked: call.path })) } as unknown as Client;
  const run: Machine["run"] = (argv) =>
    answer(argv.join(" "), () => ({
      exitCode: 0,
      stderr: "",
      stdout: JSON.stringify(
        argv[0] === "cat"
          ? { "registry-mirrors": ["http://mirror"] }
          : [{ Name: "default", Endpoints: { docker: { Host: "unix:///var/run/docker.sock" } } }],
      ),
    }));
  const clock: Clock = {
    now: () => now,
    after(_ms, callback) {
      queueMicrotask(callback);
      return { [Symbol.dispose]: () => undefined };
    },
  };
  return {
    desk: new EngineDesk({ engine, client, machine: { run }, clock }),
    asked,
    atOnce: () => most,
    set: (some: Partial<EngineLists>) => (lists = fakeLists(some)),
    fail: (words: string | undefined) => (failure = words),
    pass: (ms: number) => (now += ms),
  };
}
