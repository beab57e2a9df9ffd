import { expect, test } from "vitest";
import { compareStacks } from "../../src/sandbox/stacks/comparison.ts";
import { stacksOf } from "../../src/sandbox/stacks/stack-blocks.ts";
import type { ContainerView, StacksView } from "../../src/sandbox/stacks/stacks-desk.ts";
import { stacksAsSvg } from "../../src/sandbox/stacks/stacks-picture.ts";
import { stacksAsText } from "../../src/sandbox/stacks/stacks-text.ts";

const web: ContainerView = {
  id: "web-id",
  name: "web",
  state: "running",
  image: "busybox",
  command: "httpd -f",
  imageBytes: 4_300_000,
  writtenBytes: 0,
  memory: 2_000_000,
  processes: 1,
  seconds: 42,
  startMs: 900,
};
const view: StacksView = {
  computer: { browser: "Firefox 140", cores: 8 },
  machine: {
    kernel: "6.1.0",
    processors: 1,
    processor: "Pentium",
    uptimeSeconds: 600,
    memory: 500_000_000,
    usedMemory: 125_000_000,
    engineMemory: 100_000_000,
    engineProcesses: 3,
    containers: new Map(),
  },
  engineVersion: "26.1.5",
  start: { loadedBytes: 49_000_000, downloaded: 1000, restored: 3000, ready: 4200 },
  containers: [web, { ...web, id: "old-id", name: "old", state: "exited" }],
  small: { phase: "off" },
};
const running: StacksView["small"] = {
  phase: "running",
  kernel: "6.1.0",
  memory: 64_000_000,
  diskBytes: 9_000_000,
  loadedBytes: 5_000_000,
  startMs: 6100,
};

test("the left stack leads from the containers down to the reader's computer", () => {
  const [containers, machines] = stacksOf(view);
  expect(containers.top.map(({ title }) => title)).toEqual(["web", "old"]);
  expect(containers.layers.map(({ title }) => title)).toEqual([
    "Docker Engine 26.1.5",
    "Linux 6.1.0",
    "Browser tab",
    "Your computer",
  ]);
  expect(containers.top[0]?.note).toBe("running for 42 s");
  expect(containers.layers.map(({ share }) => share)).toEqual([0.2, 0.25, undefined, undefined]);
  expect(machines.layers.map(({ title }) => title)).toEqual(["v86, the emulator", "Browser tab", "Your computer"]);
});

test("what is not known is said to be, and no figure stands in for it", () => {
  const empty: StacksView = {
    computer: {},
    machine: { containers: new Map() },
    engineVersion: undefined,
    start: {},
    containers: [],
    small: { phase: "off" },
  };
  const text = stacksAsText(empty);
  expect(text).toContain("Your computer: Logical cores not known; Memory the browser does not tell");
  expect(text).toContain("Memory not known");
  expect(text).toContain("No container yet.");
  expect(text).not.toMatch(/NaN|undefined/);
});

test("of many containers some are shown, the others counted and their memory added up", () => {
  const containers = Array.from({ length: 100 }, (_, n) => ({ ...web, id: String(n), name: `c${n}` }));
  const [stack] = stacksOf({ ...view, containers });
  expect(stack.top).toHaveLength(8);
  expect(stack.more).toBe("and 92 more, which hold 184 MB together");
});

test("a small machine that has run shows what it took, one that has not says where there is one", () => {
  const small = stacksOf(view)[1].top.at(-1);
  expect(small?.facts).toEqual([]);
  expect(small?.note).toContain("does not run here");
  expect(stacksAsText({ ...view, small: running })).toContain(
    "The small machine: runs; Its own kernel 6.1.0; Memory given to it 64 MB; On disk 9 MB; Loaded for it 5 MB; Start in this visit 6.1 s",
  );
});

test("the comparison has one kernel that is shared and two that are not", () => {
  const { heads, rows } = compareStacks({ ...view, small: running });
  expect(heads).toEqual(["Container web", "The small machine", "The sandbox’s machine"]);
  expect(rows[1]).toEqual(["Its kernel", "the machine’s, 6.1.0", "its own, 6.1.0", "its own, 6.1.0"]);
  expect(rows[3]).toEqual(["Start", "0.9 s, from created to started", "6.1 s", "4.2 s"]);
  expect(compareStacks({ ...view, containers: [] }).rows[2]?.[1]).toBe("none runs");
});

test("the picture is one SVG file with both stacks, long lines cut and signs of XML escaped", () => {
  const odd = { ...web, name: "<&>", image: "x".repeat(200) };
  const svg = stacksAsSvg({ ...view, containers: [odd] });
  expect(svg).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" viewBox="0 0 896 \d+"/);
  expect(svg).toContain("&lt;&amp;&gt;");
  expect(svg).toMatch(/Image: x+…</);
  expect(svg.match(/>Your computer</g)).toHaveLength(2);
});
