import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { createEngine } from "../../src/engine/create-engine.ts";
import type { Machine } from "../../src/machine/contract.ts";
import { startMachineInNode } from "../../src/machine/node.ts";
import { LayersDesk } from "../../src/sandbox/layers/layers-desk.ts";
import { memoryOf } from "../../src/sandbox/layers/layers-memory.ts";
import { stackAsText } from "../../src/sandbox/layers/stack-text.ts";
import { runShell } from "./guest.ts";

const imageFolder = process.env.DRYDOCK_MACHINE ?? join(import.meta.dirname, "../../public/machine");
const dockerfile = [
  "FROM busybox",
  "RUN mkdir /hold && echo rope > /hold/rope && echo 'a lantern' > /hold/lantern",
  "ENV LIGHT=on",
  "RUN rm /hold/rope && echo 'a lamp' > /hold/lantern",
  "RUN rm -r /hold && mkdir /hold && echo new > /hold/oar",
].join("\\n");

let machine: Machine;
let desk: LayersDesk;

beforeAll(async () => {
  machine = await startMachineInNode({ imageFolder });
  const engine = createEngine(machine);
  desk = new LayersDesk({ engine, machine, memory: memoryOf(machine), now: () => new Date(), place: "panel" });
  await desk.look();
  await runShell(machine, `printf "${dockerfile}" | docker build -q -t ship -`, { timeoutMs: 240_000 });
});

afterAll(async () => {
  desk[Symbol.dispose]();
  await machine[Symbol.asyncDispose]();
});

test("an image is shown as its layers, each with what it adds, changes and deletes, to the byte", async () => {
  await show("ship:latest");
  const { stack, contents = [] } = desk.view.value ?? {};
  const instructions = stack?.rows.map((row) => row.step?.instruction.replace(/ .*/s, "") ?? row.kind);
  expect(instructions?.slice(0, 4)).toEqual(["RUN", "RUN", "ENV", "RUN"]);
  const told = contents.map(({ changes }) =>
    changes
      .filter(({ path }) => path.startsWith("hold"))
      .map(({ path, change, bytes }) => `${path} ${change} ${bytes}`),
  );
  expect(told.slice(-3)).toEqual([
    ["hold added 0", "hold/lantern added 10", "hold/rope added 5"],
    ["hold kept 0", "hold/lantern changed 7", "hold/rope deleted 5"],
    ["hold changed 0", "hold/oar added 4"],
  ]);
  expect(contents.slice(-3).map(({ hiddenBytes }) => hiddenBytes)).toEqual([15, 7, 0]);
});

test("a layer that other images stand on says so", async () => {
  await show("ship:latest");
  const layers = desk.view.value?.stack.rows.filter((row) => row.kind === "layer");
  expect(layers?.map(({ sharedWith }) => sharedWith)).toEqual([
    [],
    [],
    [],
    ...Array<string[]>(3).fill(["busybox:latest"]),
  ]);
});

test("the layers of a build are new, those that it stands on were there", async () => {
  await show("ship:latest");
  expect(desk.view.value?.ages.map((age) => age?.kind)).toEqual([
    ...Array<string>(3).fill("there"),
    ...Array<string>(3).fill("new"),
  ]);
});

test("two images stand on the layers that both have, and their bytes are those of the engine", async () => {
  await desk.lookFor({ of: "ship", with: "busybox" });
  const { shared, alone, bytes } = desk.comparison.value ?? {};
  expect(shared?.filter(({ kind }) => kind === "layer")).toHaveLength(3);
  expect(alone?.of.filter(({ kind }) => kind === "layer")).toHaveLength(3);
  expect(alone?.with.filter(({ kind }) => kind === "layer")).toEqual([]);
  expect(bytes?.alone).toEqual({ of: 15 + 7 + 4, with: 0 });
  const { stack } = desk.otherView.value ?? {};
  expect(bytes?.shared).toBe(stack?.size);
});

test("a file of a layer is read as it is in that layer", async () => {
  await show("ship:latest");
  desk.showLayer(3);
  await desk.open("hold/lantern");
  expect(desk.file.value).toEqual({ path: "hold/lantern", text: "a lantern\n" });
  desk.showLayer(0);
  await desk.open("bin/busybox");
  expect(desk.file.value).toEqual({ path: "bin/busybox", note: "This is not text." });
});

test("what a container writes is seen on top of its image", async () => {
  await runShell(machine, "docker run -d --name crew ship sh -c 'echo log > /log; rm /hold/oar; sleep 1000'", {
    timeoutMs: 60_000,
  });
  await show("crew");
  const seen = () => desk.view.value?.contents?.at(-1)?.changes.map(({ path, change }) => `${path} ${change}`);
  await vi.waitFor(
    async () => {
      await desk.look();
      expect(seen()).toEqual(["hold kept", "hold/oar deleted", "log added"]);
    },
    { timeout: 30_000, interval: 500 },
  );
  await runShell(machine, "docker exec crew sh -c 'echo more > /more'");
  await desk.look();
  expect(seen()).toContain("more added");
  const view = desk.view.value;
  expect(view && stackAsText(view, new Date())).toMatch(
    /^container crew, .*\n {2}writable layer {2}\d+ bytes\n {6}2 added, 1 deleted\n/,
  );
});

async function show(name: string): Promise<void> {
  await desk.lookFor({ of: name });
  if (desk.missing.value.length > 0) throw new Error(`there is no ${name}`);
}
