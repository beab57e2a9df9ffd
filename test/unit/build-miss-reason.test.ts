import { describe, expect, test } from "vitest";
import type { BuildRecord, Vertex } from "../../src/engine/buildkit/messages.ts";
import { BuildBook, type Build } from "../../src/sandbox/build/build-record.ts";
import { explainStep, type StepReason } from "../../src/sandbox/build/miss-reason.ts";
import { recordOf, stageOf, statusOf, vertexOf } from "./build-fakes.ts";

function buildOf(vertexes: readonly Vertex[], more: Partial<BuildRecord> = {}): Build {
  const book = new BuildBook(recordOf("now", { completedAt: 9000, ...more }));
  book.add(statusOf(vertexes));
  return book.read();
}

/** What is said of each step, by the first word of its instruction and its number. */
function explain(build: Build, ...earlier: Build[]): Record<string, StepReason> {
  return Object.fromEntries(
    build.steps.flatMap((step) => {
      const reason = explainStep(step, build, earlier);
      return reason === undefined ? [] : [[`${step.number} ${step.words.split(" ")[0] ?? ""}`, reason]];
    }),
  );
}

const lines = ["FROM busybox", "COPY a.txt /a", "COPY b.txt /b", "RUN cat /a /b"];
const before = buildOf(stageOf(lines));
const config = (history: readonly (readonly [string, boolean])[], layers = ["sha256:base"]) =>
  JSON.stringify({
    rootfs: { diff_ids: layers },
    history: history.map(([by, isEmpty]) => ({ created_by: by, ...(isEmpty && { empty_layer: true }) })),
  });

describe("why a step was run again", () => {
  test("all of the first build are run because it is the first", () => {
    expect(explain(before)).toEqual({
      "2 COPY": { kind: "first" },
      "3 COPY": { kind: "first" },
      "4 RUN": { kind: "first" },
    });
  });

  test("what is from the cache says so", () => {
    expect(explain(buildOf(stageOf(lines, 3)), before)).toEqual({
      "2 COPY": { kind: "hit" },
      "3 COPY": { kind: "hit" },
      "4 RUN": { kind: "hit" },
    });
  });

  test("a copy with the same words has other files, and what is above it is not to blame", () => {
    expect(explain(buildOf(stageOf(lines, 1)), before)).toMatchObject({
      "2 COPY": { kind: "hit" },
      "3 COPY": { kind: "files", earlier: { ref: "now" }, step: { words: "COPY b.txt /b" } },
      "4 RUN": { kind: "above", step: { words: "COPY b.txt /b" } },
    });
  });

  test("a changed instruction is shown with its old and new words", () => {
    const changed = buildOf(stageOf([...lines.slice(0, 3), "RUN cat /b"], 2));
    expect(explain(changed, before)["4 RUN"]).toEqual({ kind: "instruction", was: "RUN cat /a /b", now: "RUN cat /b" });
  });

  test("a step that was put in between is new, and none that follows is called changed", () => {
    const longer = buildOf(stageOf([...lines.slice(0, 3), "RUN ls", "RUN cat /a /b"], 2));
    expect(explain(longer, before)).toMatchObject({ "4 RUN": { kind: "new-step" }, "5 RUN": { kind: "above" } });
  });

  test("a step that stands on another one since one was taken out says on which it stood", () => {
    const shorter = buildOf(stageOf(["FROM busybox", "COPY a.txt /a", "RUN cat /a /b"], 1));
    expect(explain(shorter, before)["3 RUN"]).toEqual({ kind: "order", was: "COPY b.txt /b", now: "COPY a.txt /a" });
  });

  test("the build before failed ahead of the step: the one before that is compared", () => {
    const failed = buildOf(stageOf([...lines.slice(0, 3), "RUN exit 3"], 2, { error: "exit code: 3" }));
    const again = buildOf(stageOf([...lines.slice(0, 3), "RUN exit 0"], 2));
    expect(explain(again, failed, before)["4 RUN"]).toMatchObject({ kind: "instruction", was: "RUN exit 3" });
    expect(explain(buildOf(stageOf(lines, 2)), failed, before)["4 RUN"]).toEqual({ kind: "unknown" });
  });

  test("a build argument that is in the words of a step is named, with its old and new value", () => {
    const run = (word: string) => stageOf(["FROM busybox", `RUN echo ${word}.txt`]);
    const old = buildOf(run("hitch"), { attributes: { filename: "Dockerfile", "build-arg:KNOT": "hitch" } });
    const now = buildOf(run("bend"), { attributes: { filename: "Dockerfile", "build-arg:KNOT": "bend" } });
    expect(explain(now, old)["2 RUN"]).toEqual({ kind: "argument", name: "KNOT", was: "hitch", now: "bend" });
    const without = buildOf(run("bowline"));
    expect(explain(now, without)["2 RUN"]).toEqual({ kind: "argument", name: "KNOT", now: "bend" });
    expect(explain(without, now)["2 RUN"]).toEqual({ kind: "argument", name: "KNOT", was: "bend" });
    const other = buildOf(stageOf(["FROM busybox", "RUN ls /"]), { attributes: now.attributes });
    expect(explain(other, old)["2 RUN"]).toMatchObject({ kind: "instruction" });
  });

  test("a build argument that a command reads is named although the words are the same", () => {
    const run = stageOf(["FROM busybox", "RUN sh /knot.sh"]);
    const old = buildOf(run, { attributes: { "build-arg:KNOT": "hitch" } });
    const now = buildOf(run, { attributes: { "build-arg:KNOT": "bend" } });
    expect(explain(now, old)["2 RUN"]).toEqual({ kind: "argument", name: "KNOT", was: "hitch", now: "bend" });
  });

  test("an instruction above that makes no layer is named by its old and new words", () => {
    const run = stageOf(["FROM busybox", "RUN sh /knot.sh"]);
    const withEnv = (env: string) =>
      config([
        ['CMD ["sh"]', true],
        [`ENV KNOT=${env}`, true],
        ["RUN /bin/sh -c sh /knot.sh # buildkit", false],
      ]);
    const old = buildOf(run, { imageConfig: withEnv("hitch") });
    const now = buildOf(run, { imageConfig: withEnv("bend") });
    expect(explain(now, old)["2 RUN"]).toEqual({ kind: "setting", was: "ENV KNOT=hitch", now: "ENV KNOT=bend" });
  });

  test("another base image is the cause, by its name or by its layers", () => {
    const older = buildOf(stageOf(["FROM busybox:1", ...lines.slice(1)]));
    expect(explain(before, older)["2 COPY"]).toEqual({ kind: "base", was: "FROM busybox:1", now: "FROM busybox" });
    const history = [["COPY a.txt /a # buildkit", false]] as const;
    const same = buildOf(stageOf(lines), { imageConfig: config(history) });
    const other = buildOf(stageOf(lines), { imageConfig: config(history, ["sha256:other"]) });
    expect(explain(same, other)["2 COPY"]).toEqual({ kind: "base", was: "FROM busybox", now: "FROM busybox" });
  });

  test("--no-cache is the cause of what would have been taken from it, and only of its stages", () => {
    const all = buildOf(stageOf(lines), { attributes: { "no-cache": "" } });
    expect(explain(all, before)).toMatchObject({ "2 COPY": { kind: "no-cache" }, "3 COPY": { kind: "above" } });
    const one = buildOf(stageOf(lines), { attributes: { "no-cache": "test" } });
    expect(explain(one, before)["2 COPY"]).toMatchObject({ kind: "files" });
  });

  test("a copy from another stage that was run again stands on its miss; one that copies no context names no files", () => {
    const stages = (isCached: boolean) => [
      vertexOf("[build 1/2] FROM busybox"),
      vertexOf("[build 2/2] COPY a /a", { inputs: ["[build 1/2] FROM busybox"], cached: isCached }),
      vertexOf("[stage-1 2/2] COPY --from=build /a /a", {
        inputs: ["[build 1/2] FROM busybox", "[build 2/2] COPY a /a"],
      }),
    ];
    const old = buildOf(stages(false));
    const now = buildOf(stages(false));
    const reason = now.steps.map((step) => explainStep(step, now, [old]));
    expect(reason).toMatchObject([undefined, { kind: "files" }, { kind: "above", step: { words: "COPY a /a" } }]);
    const hit = buildOf(stages(true));
    expect(hit.steps.map((step) => explainStep(step, hit, [old])?.kind)).toEqual([undefined, "hit", "unknown"]);
  });

  test("what has not run has no reason", () => {
    const failed = buildOf([
      ...stageOf(lines.slice(0, 2), 0, { error: "exit code: 1" }),
      vertexOf("[3/3] RUN ls", { started: undefined, completed: undefined, inputs: ["[2/2] COPY a.txt /a"] }),
    ]);
    expect(Object.keys(explain(failed))).toEqual(["2 COPY"]);
    expect(failed.steps.map(({ state }) => state)).toEqual(["done", "failed", "skipped"]);
  });
});
