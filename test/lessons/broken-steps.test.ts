import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Lesson, SolutionAction, Step } from "../../src/lessons/model.ts";
import { root } from "../../src/server/build-site.ts";
import { openWorkplace, type LessonWorkplace } from "./lesson-workplace.ts";
import { proveStep } from "./prove-step.ts";

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
    actions: [{ type: "answer", quiz: "q", answer: [0] }, command("./begin.sh")],
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

function prove(step: Pick<Step, "checks" | "solution"> & Partial<Step>, signal: AbortSignal): Promise<void> {
  const whole = { id: "broken", title: "Broken", files: [], hints: 1, wrong: [], ...step };
  return proveStep(whole, workplace, { signal, patience });
}

function command(line: string): SolutionAction {
  return { type: "command", command: line, terminal: 1, background: false, interrupt: false };
}
