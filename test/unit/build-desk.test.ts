import { describe, expect, test, vi } from "vitest";
import { systemClock } from "../../src/checks/clock.ts";
import { EngineError } from "../../src/engine/error.ts";
import type { ImageDetails } from "../../src/engine/images.ts";
import type { RunResult } from "../../src/machine/contract.ts";
import { BuildDesk } from "../../src/sandbox/build/build-desk.ts";
import { describeBuild } from "../../src/sandbox/build/build-rows.ts";
import { FakeControl, recordOf, stageOf, statusOf } from "./build-fakes.ts";

const lines = ["FROM busybox", "COPY a.txt lib /srv/", "RUN ls"];
const history = [
  { created_by: "CMD sh", empty_layer: true },
  { created_by: "COPY base / # buildkit" },
  { created_by: "COPY a.txt lib /srv/ # buildkit" },
  { created_by: "RUN /bin/sh -c ls # buildkit" },
];
const imageConfig = JSON.stringify({ rootfs: { diff_ids: ["sha256:base"] }, history });

/** The build's id is its image's, too. */
function complete(control: FakeControl, ref: string, createdAt: number, cached: number, name = "ship") {
  const id = `sha256:${ref.repeat(64).slice(0, 64)}`;
  const status = (id: string) => ({ id, vertex: "export", current: 0, total: 0, completed: 1 });
  const statuses = [status(`writing image ${id}`), status(`naming to docker.io/library/${name}`)];
  control.statuses.set(ref, [statusOf(stageOf(lines, cached)), statusOf([], { statuses })]);
  control.tell({ type: "complete", record: recordOf(ref, { createdAt, completedAt: createdAt + 500, imageConfig }) });
}

interface FakeMachine {
  folders?: Record<string, readonly [string, boolean]>;
  /** What the comparison of two layers says. */
  changes?: string;
  /** What a folder holds each time that it is looked at. */
  contexts?: readonly string[];
}

function deskOf({ folders = {}, changes = "", contexts: held = [] }: FakeMachine = {}) {
  const left = [...held];
  const control = new FakeControl();
  const ran: string[][] = [];
  const machine = {
    run(argv: readonly string[]): Promise<RunResult> {
      const args = argv.slice(argv.indexOf("--") + 1);
      ran.push(args);
      const contexts = args.flatMap((ref) => {
        const [folder, isThere] = folders[ref] ?? ["/workspace/ship", true];
        return `${ref}\t${isThere ? 1 : 0}\t${JSON.stringify({ LocalPath: folder })}\0`;
      });
      const isContexts = args.every((arg) => !arg.startsWith("/"));
      if (isContexts) return Promise.resolve({ exitCode: 0, stdout: contexts.join(""), stderr: "" });
      const stdout = args.length === 2 ? changes : left.shift();
      return Promise.resolve({ exitCode: stdout === undefined ? 1 : 0, stdout: stdout ?? "", stderr: "" });
    },
  };
  const images = {
    inspect(id: string) {
      if (id.includes("9")) return Promise.reject(new EngineError("not-found", "gone", { hint: "" }));
      const Data = { UpperDir: `/${id.slice(-1)}/top`, LowerDir: `/${id.slice(-1)}/copy:/base` };
      return Promise.resolve({ GraphDriver: { Name: "overlay2", Data } } as unknown as ImageDetails);
    },
  };
  const engine = { images } as unknown as ConstructorParameters<typeof BuildDesk>[0]["engine"];
  const clock = { now: () => 0, after: (_: number, callback: () => void) => systemClock.after(1, callback) };
  return { control, ran, desk: new BuildDesk({ control, engine, machine, clock }) };
}

const refs = (desk: BuildDesk) => desk.builds.value.map(({ ref }) => ref);

describe("the desk of builds", () => {
  test("reads the steps only while somebody looks, of earlier builds too, the newest first", async () => {
    const { control, desk } = deskOf();
    complete(control, "a", 1000, 0);
    complete(control, "b", 2000, 2);
    desk.listen();
    await vi.waitUntil(() => desk.isRead.value && desk.builds.value.length === 2);
    expect(refs(desk)).toEqual(["b", "a"]);
    expect(control.asked).not.toContain("b");
    const looking = desk.look(() => desk.build.peek());
    await vi.waitUntil(() => control.asked.includes("a"));
    expect(control.asked.filter((ref) => ref.length === 1)).toEqual(["b", "a"]);
    await vi.waitUntil(() => desk.builds.value.every(({ steps }) => steps.length > 0));
    const [newest] = desk.builds.value;
    if (newest === undefined) throw new Error("There is no build");
    expect(describeBuild(desk, newest, 0)).toMatchObject({
      name: "ship",
      state: "done",
      summary: "2 steps after FROM, all from the cache, 0.5 s",
    });
    looking[Symbol.dispose]();
    complete(control, "c", 3000, 2);
    await vi.waitUntil(() => desk.builds.value.length === 3);
    expect(control.asked).not.toContain("c");
    desk[Symbol.dispose]();
    expect(control.asked.at(-1)).toBe("dispose");
  });

  test("keeps the context of a build that was looked at, also when nobody looks any more", async () => {
    const { control, desk, ran } = deskOf();
    complete(control, "a", 1000, 0);
    desk.listen();
    await vi.waitUntil(() => desk.isRead.value);
    desk.look(() => desk.build.peek())[Symbol.dispose]();
    await vi.waitUntil(() => ran.some((args) => args.includes("/workspace/ship")));
    desk[Symbol.dispose]();
  });

  test("names the files by which a copy missed, as the layers of the two images tell", async () => {
    const { control, desk, ran } = deskOf({ changes: "c\tsrv/a.txt\0a\tsrv/knots/hitch\0d\tsrv/old\0" });
    complete(control, "a", 1000, 0);
    complete(control, "b", 2000, 0);
    desk.listen();
    desk.look(() => desk.build.peek());
    const sentence = () => {
      const build = desk.build.value;
      return build && describeBuild(desk, build, 0).groups[0]?.steps[1]?.sentence;
    };
    await vi.waitUntil(() => sentence()?.includes("a.txt"));
    expect(sentence()).toBe(
      "Run again because files that it copies have changed: a.txt, knots/hitch (added), old (deleted)",
    );
    expect(ran.at(-1)).toEqual(["/a/copy", "/b/copy"]);
    desk[Symbol.dispose]();
  });

  test("says no more than that files have changed where an image is gone", async () => {
    const { control, desk } = deskOf({ changes: "c\tsrv/a.txt\0" });
    complete(control, "9", 1000, 0);
    complete(control, "b", 2000, 0);
    desk.listen();
    desk.look(() => desk.build.peek());
    await vi.waitUntil(() => desk.build.value !== undefined && desk.filesOf(desk.build.value).size === 1);
    expect(describeBuild(desk, desk.build.value ?? never(), 0).groups[0]?.steps[1]?.sentence).toBe(
      "Run again because files that it copies have changed.",
    );
    desk[Symbol.dispose]();
  });

  test("names the files of a build that failed by what its folder was before, unless that had changed since", async () => {
    const fail = (control: FakeControl, ref: string, createdAt: number) => {
      control.statuses.set(ref, [statusOf(stageOf(lines, 0, { error: "exit code: 3" }))]);
      control.tell({
        type: "complete",
        record: recordOf(ref, { createdAt, completedAt: createdAt + 500, error: "exit code: 3" }),
      });
    };
    for (const [changedAt, said] of [
      ["1", "Run again because a file that it copies has changed: lib/l.txt"],
      ["7", "Run again because files that it copies have changed."],
    ] as const) {
      const contexts = [`${changedAt}\0\x00100644:1\tlib/l.txt\0`, "2\0\x00100644:2\tlib/l.txt\0"];
      const { control, desk } = deskOf({ contexts });
      complete(control, "a", 3000, 0);
      desk.listen();
      desk.look(() => desk.build.peek());
      await vi.waitUntil(() => desk.build.value?.steps.length === 3);
      fail(control, "b", 5000);
      await vi.waitUntil(() => desk.build.value?.ref === "b" && desk.filesOf(desk.build.value).size === 1);
      expect(describeBuild(desk, desk.build.value ?? never(), 0).groups[0]?.steps[1]?.sentence).toBe(said);
      desk[Symbol.dispose]();
    }
  });

  test("compares a build with those of the same folder, and does not show those by which the machine was made", async () => {
    const folders = { a: ["/gone", false], b: ["/workspace/other", true], c: ["/workspace/ship", true] } as const;
    const { control, desk } = deskOf({ folders });
    complete(control, "a", 1000, 0);
    complete(control, "b", 2000, 0, "other");
    complete(control, "c", 3000, 0);
    desk.listen();
    desk.look(() => desk.build.peek());
    await vi.waitUntil(
      () => desk.builds.value.length === 2 && desk.builds.value.every(({ steps }) => steps.length > 0),
    );
    expect(refs(desk)).toEqual(["c", "b"]);
    const reasons = [...desk.explain(desk.build.value ?? never()).values()];
    expect(reasons[0]).toEqual({ kind: "first" });
    // A folder that is removed later takes nothing away.
    complete(control, "a", 4000, 0);
    complete(control, "d", 5000, 0);
    await vi.waitUntil(() => refs(desk).includes("d"));
    expect(refs(desk)).toEqual(["d", "c", "b"]);
    desk[Symbol.dispose]();
  });

  test("finds a build by its reference, by its image, and one that failed by the image of those before it", async () => {
    const { control, desk } = deskOf();
    complete(control, "a", 1000, 0);
    control.statuses.set("b", [statusOf(stageOf(lines, 1, { error: "exit code: 3" }))]);
    control.tell({
      type: "complete",
      record: recordOf("b", { createdAt: 2000, completedAt: 2500, error: "exit code: 3" }),
    });
    desk.listen();
    desk.look(() => desk.build.peek());
    await vi.waitUntil(
      () => desk.builds.value.length === 2 && desk.builds.value.every(({ steps }) => steps.length > 0),
    );
    expect(desk.find("a")?.ref).toBe("a");
    expect(desk.find("ship:latest")).toMatchObject({ ref: "b", state: "failed" });
    expect(desk.find("boat")).toBeUndefined();
    desk[Symbol.dispose]();
  });

  test("listens again when the engine was away, says what lasts, and forgets what a reset took", async () => {
    const { control, desk } = deskOf();
    complete(control, "a", 1000, 0);
    desk.listen();
    await vi.waitUntil(() => control.asked.filter((what) => what === "listen").length === 1);
    control.breakOff(new EngineError("connection-lost", "gone", { hint: "Try again." }));
    await vi.waitUntil(() => control.asked.filter((what) => what === "listen").length === 2);
    expect(desk.problem.value).toBeUndefined();
    complete(control, "b", 2000, 0);
    await vi.waitUntil(() => desk.builds.value.length === 2);
    desk.forget();
    expect(refs(desk)).toEqual([]);
    expect(desk.isRead.value).toBe(false);
    control.breakOff(new EngineError("engine-too-old", "This engine does not tell.", { hint: "Take a newer one." }));
    await vi.waitUntil(() => desk.problem.value !== undefined);
    expect(desk.problem.value).toBe("This engine does not tell. Take a newer one.");
    desk[Symbol.dispose]();
  });

  test("keeps the last twenty builds", async () => {
    const { control, desk } = deskOf();
    for (let n = 0; n < 25; n++) complete(control, String.fromCharCode(97 + n), 1000 + n, 0);
    desk.listen();
    await vi.waitUntil(() => desk.isRead.value);
    await vi.waitUntil(() => desk.builds.value.length === 20);
    expect(desk.builds.value[0]?.ref).toBe("y");
    desk[Symbol.dispose]();
  });
});

function never(): never {
  throw new Error("There is no build");
}
