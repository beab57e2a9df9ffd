import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { NoPage, PageAnswer, PublishedPorts } from "../../src/checks/world.ts";
import type { ContainerSummary } from "../../src/engine/container-answers.ts";
import type { Engine } from "../../src/engine/engine.ts";
import { PreviewDesk } from "../../src/sandbox/preview/preview-desk.ts";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

test("a port that is published is waited for, asked more and more seldom, until its server is up", async () => {
  const { desk, publish, answer, asked } = deskOf();
  expect(desk.state.value.phase).toBe("none");
  publish("web", 8080);
  await desk.look();
  await vi.advanceTimersByTimeAsync(10);
  expect(desk.state.value).toEqual({ phase: "waiting", heard: "closed" });
  await vi.advanceTimersByTimeAsync(10_000);
  expect(asked()).toBeLessThan(8);
  answer({ status: 404, headers: new Map(), body: "" });
  await vi.advanceTimersByTimeAsync(3000);
  expect(desk.state.value).toEqual({ phase: "up" });
});

test("a server that does not come is given up, and waited for again when asked", async () => {
  const { desk, publish, answer, asked } = deskOf();
  publish("web", 8080);
  await desk.look();
  await vi.advanceTimersByTimeAsync(121_000);
  expect(desk.state.value).toEqual({ phase: "absent" });
  const before = asked();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(asked()).toBe(before);
  answer({ status: 200, headers: new Map(), body: "" });
  desk.tryAgain();
  await vi.advanceTimersByTimeAsync(0);
  expect(desk.state.value).toEqual({ phase: "up" });
});

test("waiting can be stopped", async () => {
  const { desk, publish, asked } = deskOf();
  publish("web", 8080);
  await desk.look();
  await vi.advanceTimersByTimeAsync(10);
  desk.stopWaiting();
  const before = asked();
  await vi.advanceTimersByTimeAsync(60_000);
  expect([desk.state.value.phase, asked()]).toEqual(["stopped", before]);
});

test("a container that stops takes its preview away, and brings it back when it runs again", async () => {
  const { desk, publish, withdraw, answer } = deskOf();
  answer({ status: 200, headers: new Map(), body: "" });
  publish("web", 8080);
  await desk.look();
  await vi.advanceTimersByTimeAsync(0);
  expect(desk.state.value.phase).toBe("up");
  withdraw(8080);
  await desk.look();
  expect([desk.state.value.phase, desk.isPublished(8080), desk.chosen.value?.container]).toEqual([
    "gone",
    false,
    "web",
  ]);
  publish("web", 8080);
  await desk.look();
  await vi.advanceTimersByTimeAsync(0);
  expect(desk.state.value.phase).toBe("up");
});

test("only TCP ports of running containers count, each once, and never the engine's own", async () => {
  const { desk, containers } = deskOf();
  const port = (PublicPort: number | undefined, Type = "tcp", IP = "0.0.0.0") => ({
    PrivatePort: 80,
    ...(PublicPort !== undefined && { PublicPort }),
    Type,
    IP,
  });
  containers.push(
    container("web", [port(8080), port(8080, "tcp", "::"), port(undefined), port(5353, "udp"), port(2375)]),
    container("inner", [port(9000, "tcp", "127.0.0.1")]),
    container("old", [port(7000)], "exited"),
  );
  await desk.look();
  expect(desk.ports.value).toEqual([
    { port: 8080, containerPort: 80, container: "web", id: "id-web", isLocal: false },
    { port: 9000, containerPort: 80, container: "inner", id: "id-inner", isLocal: true },
  ]);
  desk[Symbol.dispose]();
});

test("pages are gone through in the order they were seen, and those of other ports are not this preview's", async () => {
  const { desk, publish } = deskOf();
  publish("web", 8080);
  await desk.look();
  const see = (path: string, port = 8080) => desk.take({ kind: "page", place: { port, path }, console: "heard" });
  see("/");
  see("/");
  expect(desk.canGoBack.value).toBe(false);
  see("/about");
  see("/elsewhere", 9000);
  expect([desk.path.value, desk.canGoBack.value]).toEqual(["/about", true]);
  expect(desk.back()).toBe("/");
  see("/");
  expect([desk.canGoBack.value, desk.back()]).toEqual([false, undefined]);
  desk[Symbol.dispose]();
});

test.each([
  ["about", "/about"],
  [" /a b?c#d ", "/a%20b?c#d"],
  ["//evil.example/x", "/evil.example/x"],
  ["", "/"],
  ["/../../x", "/x"],
])("%j, typed as a path, is %s", (typed, path) => {
  expect(deskOf().desk.pathOf(typed)).toBe(path);
});

test("of a console that does not end the last messages are kept, and the others counted", async () => {
  const { desk } = deskOf();
  for (let n = 0; n < 1000; n++) desk.take({ kind: "console", level: "log", text: String(n) });
  await vi.advanceTimersByTimeAsync(500);
  const lines = desk.console.lines.value;
  expect([lines.length, lines.at(-1)?.text, desk.console.left.value]).toEqual([200, "999", 800]);
  desk.console.clear();
  expect(desk.console.lines.value).toEqual([]);
});

function deskOf() {
  const containers: ContainerSummary[] = [];
  let now: PageAnswer | NoPage = { failed: "closed" };
  let asked = 0;
  const ports: PublishedPorts = {
    request: () => {
      asked++;
      return Promise.resolve(now);
    },
  };
  const engine = { containers: { list: () => Promise.resolve([...containers]) } } as unknown as Engine;
  return {
    desk: new PreviewDesk({ engine, ports }),
    containers,
    publish: (name: string, PublicPort: number) =>
      containers.push(container(name, [{ PrivatePort: 80, PublicPort, Type: "tcp", IP: "0.0.0.0" }])),
    withdraw: (port: number) =>
      containers.splice(
        containers.findIndex(({ Ports }) => Ports.some(({ PublicPort }) => PublicPort === port)),
        1,
      ),
    answer: (answer: PageAnswer | NoPage) => (now = answer),
    asked: () => asked,
  };
}

function container(name: string, Ports: object[], State = "running"): ContainerSummary {
  return { Id: `id-${name}`, Names: [`/${name}`], Ports, State } as unknown as ContainerSummary;
}
