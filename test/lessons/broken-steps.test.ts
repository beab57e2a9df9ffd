import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Lesson, SolutionAction, Step } from "../../src/lessons/model.ts";
import { root } from "../../src/server/build-site.ts";
import { openWorkplace, type LessonWorkplace } from "./lesson-workplace.ts";
import { proveStep } from "./prove-step.ts";
import type { StepProof } from "./step-proof.ts";

const minute = 60_000;
const patience = { answerMs: minute, actionMs: 2 * minute, solvedMs: 5000, wrongMs: 3000 };
const lesson: Lesson = {
  id: "ships/broken",
  title: "Broken in every way",
  machine: { terminals: 1, images: ["busybox:latest"], features: [] },
  start: {
    lesson: "ships/earlier",
    title: "Earlier",
    files: [{ path: "begin.sh", encoding: "utf8", content: "#!/bin/sh\necho begun > begun.txt\n", executable: true }],
    actions: [
      { type: "answer", quiz: "q", answer: [0] },
      command("./begin.sh"),
      command("cat no-such-file", { fails: true }),
      command("docker tag busybox boat:0"),
    ],
  },
  files: [{ path: "logbook/day 1.txt", encoding: "utf8", content: "calm\n", executable: false }],
  steps: [],
};
const held = new AsyncDisposableStack();
let workplace: LessonWorkplace;

beforeAll(async () => {
  const signal = AbortSignal.timeout(5 * minute);
  workplace = held.use(await openWorkplace(lesson, { imageFolder: join(root, "public/machine"), signal }));
});
afterAll(() => held.disposeAsync());

it("what a lesson goes on from has not happened in its first step", async ({ signal }) => {
  const checks = [{ kind: "event", type: "image", action: "tag" }];
  const proof = await prove({ checks, solution: [command("docker tag busybox boat:1")] }, signal);
  expect(proof.first).toMatchObject([{ result: "not-yet" }]);
});

it("a lesson begins with its files, after those of the lesson that it goes on from and what was done there", async ({
  signal,
}) => {
  const checks = [
    { kind: "file", path: "begun.txt", contains: "begun" },
    { kind: "file", path: "logbook/day 1.txt", contains: "calm" },
  ];
  await expect(prove({ checks, solution: [] }, signal)).rejects.toMatchObject({ code: "passes-before" });
});

it("a real step that passes before anything was done is found out", async ({ signal }) => {
  const checks = [{ kind: "file", path: "logbook/day 1.txt" }];
  await expect(prove({ checks, solution: [] }, signal)).rejects.toMatchObject({ code: "passes-before" });
});

it("a solution that leaves the engine as it was is found out, with what the terminal showed", async ({ signal }) => {
  const checks = [{ kind: "container", name: "ship", state: "running" }];
  const failure = prove({ checks, solution: [command("docker run --name ship busybox echo sunk")] }, signal);
  await expect(failure).rejects.toMatchObject({ code: "not-solved" });
  await expect(failure).rejects.toThrow(/The container ship is not running[^]*\| sunk/);
});

it("wrong work that ticks a real step is found out", async ({ signal }) => {
  const wrong = [{ because: "it is another tag", actions: [command("docker tag busybox boat:2")], undo: [] }];
  const checks = [{ kind: "event", type: "image", action: "tag" }];
  const failure = prove({ checks, wrong, solution: [command("docker tag busybox boat:1")] }, signal);
  await expect(failure).rejects.toMatchObject({ code: "wrong-passes" });
});

it("a real check that passes beside one that does not is found out", async ({ signal }) => {
  const checks = [
    { kind: "file", path: "logbook/day 1.txt" },
    { kind: "volume", name: "hold" },
  ];
  const failure = prove({ checks, solution: [command("docker volume create hold")] }, signal);
  await expect(failure).rejects.toMatchObject({ code: "never-refused" });
  await expect(failure).rejects.toThrow('file {"path":"logbook/day 1.txt"} passes before anything was done.');
});

it("a command that fails is found out although the step is ticked", async ({ signal }) => {
  const checks = [{ kind: "event", type: "volume", action: "create" }];
  const solution = [command("docker volume create hold"), command("docker volume inspect holt")];
  const failure = prove({ checks, solution }, signal);
  await expect(failure).rejects.toMatchObject({ code: "command-failed" });
  await expect(failure).rejects.toThrow(/ended with exit code 1\.[^]*no such volume/);
});

it("several commands in one block are found out, one of several lines is not", async ({ signal }) => {
  const checks = [{ kind: "file", path: "poem.txt", contains: "sea" }];
  const poem = command("cat > poem.txt <<'EOF'\nthe sea\nEOF");
  const failure = prove({ checks, solution: [command("false\ntrue"), poem] }, signal);
  await expect(failure).rejects.toMatchObject({ code: "several-commands" });
  await prove({ checks, solution: [poem] }, signal);
});

function prove(step: Pick<Step, "checks" | "solution"> & Partial<Step>, signal: AbortSignal): Promise<StepProof> {
  const whole = { id: "broken", title: "Broken", files: [], hints: 1, wrong: [], ...step };
  return proveStep(whole, workplace, { signal, patience });
}

function command(line: string, more: { fails?: true } = {}): SolutionAction {
  return { type: "command", command: line, terminal: 1, background: false, interrupt: false, ...more };
}
