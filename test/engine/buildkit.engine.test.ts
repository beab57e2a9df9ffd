import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createBuildControl, type BuildControl } from "../../src/engine/buildkit/build-control.ts";
import type { BuildHistoryEvent, BuildStatus } from "../../src/engine/buildkit/messages.ts";
import type { Machine } from "../../src/machine/contract.ts";
import { startMachineInNode } from "../../src/machine/node.ts";

let machine: Machine;
let control: BuildControl;

beforeAll(async () => {
  machine = await startMachineInNode({ imageFolder: join(import.meta.dirname, "../../public/machine") });
  control = createBuildControl(machine);
});
afterAll(async () => {
  control[Symbol.dispose]();
  await machine[Symbol.asyncDispose]();
});

const build = (options = "") =>
  machine.run(["sh", "-c", `docker build ${options} .`], { folder: "/workspace/ship", timeoutMs: 120_000 });

/** The next event of a build that is not among those that were known before. */
async function next(
  events: AsyncGenerator<BuildHistoryEvent, void>,
  type: BuildHistoryEvent["type"],
  isWanted: (event: BuildHistoryEvent) => boolean,
): Promise<BuildHistoryEvent> {
  for (;;) {
    const { value } = await events.next();
    if (value === undefined) throw new Error("The history ended.");
    if (value.type === type && isWanted(value)) return value;
  }
}

async function collect(statuses: AsyncGenerator<BuildStatus, void>) {
  const vertexes = new Map<string, BuildStatus["vertexes"][number]>();
  let output = "";
  const ids = new Set<string>();
  for await (const status of statuses) {
    for (const vertex of status.vertexes) vertexes.set(vertex.name, vertex);
    for (const { bytes } of status.logs) output += new TextDecoder().decode(bytes);
    for (const { id } of status.statuses) ids.add(id);
  }
  return { vertexes, output, ids };
}

test("a build of another client is told of while it runs and afterwards, step by step, with what failed", async () => {
  const stop = new AbortController();
  const { signal } = stop;
  const since = Date.now();
  const isNew = ({ record }: BuildHistoryEvent) => (record.createdAt ?? 0) > since - 5000;
  await machine.workspace.write("ship/rope.txt", new TextEncoder().encode("rope\n"));
  const dockerfile = "FROM busybox\nCOPY rope.txt /rope\nARG KNOT=bowline\nRUN cat /rope; echo $KNOT\n";
  await machine.workspace.write("ship/Dockerfile", new TextEncoder().encode(dockerfile));
  const events = control.history({ signal });

  const building = build("-t ship --build-arg KNOT=hitch");
  const { record } = await next(events, "started", isNew);
  expect(record.attributes).toMatchObject({ filename: "Dockerfile", "build-arg:KNOT": "hitch" });
  const live = await collect(control.status(record.ref, { signal }));
  expect((await building).exitCode).toBe(0);
  expect(live.vertexes.get("[2/3] COPY rope.txt /rope")).toMatchObject({ cached: false, error: "" });
  expect(live.vertexes.get("[3/3] RUN cat /rope; echo hitch")?.completed).toBeGreaterThan(record.createdAt ?? Infinity);
  expect(live.output).toBe("rope\nhitch\n");
  expect(live.ids).toContain("naming to docker.io/library/ship");
  const complete = await next(events, "complete", (event) => event.record.ref === record.ref);
  expect(complete.record.error).toBeUndefined();
  expect(complete.record.imageConfig).toContain("COPY rope.txt /rope");

  expect((await build("--build-arg KNOT=hitch")).exitCode).toBe(0);
  const again = await next(events, "complete", (event) => isNew(event) && event.record.ref !== record.ref);
  const kept = await collect(control.status(again.record.ref, { signal }));
  expect(kept.vertexes.get("[2/3] COPY rope.txt /rope")?.cached).toBe(true);
  expect(kept.vertexes.get("[3/3] RUN cat /rope; echo hitch")?.cached).toBe(true);

  await machine.workspace.write("ship/Dockerfile", new TextEncoder().encode("FROM busybox\nRUN echo leak; exit 3\n"));
  expect((await build()).exitCode).toBe(1);
  const failed = await next(events, "complete", (event) => event.record.error !== undefined);
  expect(failed.record.error).toContain("exit code: 3");
  const why = await collect(control.status(failed.record.ref, { signal }));
  expect(why.vertexes.get("[2/2] RUN echo leak; exit 3")?.error).toContain("exit code: 3");
  stop.abort(new Error("enough"));
  await expect(events.next()).rejects.toThrow("enough");
});

test("after the engine was restarted the next call connects anew, and the history is still there", async () => {
  const stop = new AbortController();
  const lost = control.history({ signal: stop.signal });
  const known = (await lost.next()).value?.record.ref;
  expect(known).toBeDefined();
  const broken = expect(
    (async () => {
      for await (const _ of lost);
    })(),
  ).rejects.toMatchObject({ code: "connection-lost" });
  await machine.restartEngine();
  await broken;
  const refs: (string | undefined)[] = [];
  const events = control.history({ signal: stop.signal });
  while (!refs.includes(known)) refs.push((await events.next()).value?.record.ref);
  await expect(control.status("none", { signal: stop.signal }).next()).rejects.toMatchObject({ name: "EngineError" });
  stop.abort();
});
