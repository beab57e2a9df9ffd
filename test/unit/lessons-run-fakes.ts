import { setTimeout } from "node:timers/promises";
import { systemClock } from "../../src/checks/clock.ts";
import { createCheckRunner } from "../../src/checks/runner.ts";
import type { QuizSpec, SolutionAction, Step } from "../../src/lessons/model.ts";
import { createCheckWatch } from "../lessons/check-watch.ts";
import { LessonFailure } from "../lessons/lesson-failure.ts";
import { proveStep, type Workplace } from "../lessons/prove-step.ts";
import type { StepProof } from "../lessons/step-proof.ts";
import { FakeWorld, settle } from "./checks-fakes.ts";

export interface Circumstances {
  before?: ReadonlyMap<string, string>;
  unreadable?: boolean;
}

/**
 * Proves one step in a world where files are written at once, and where these commands are known: serve, serve later, hang,
 * rm, fail with a number, and run and stop with a container, of which is told only a while after. The others end well.
 */
export async function prove(
  step: Pick<Step, "checks" | "solution"> & Partial<Step>,
  { before = new Map(), unreadable = false }: Circumstances = {},
): Promise<StepProof> {
  const world = new FakeWorld();
  for (const [path, content] of before) world.files.set(path, content);
  if (unreadable) world.workspace.read = () => Promise.reject(new Error("The disk is gone."));
  const watch = createCheckWatch();
  using runner = createCheckRunner({ world, clock: systemClock, onOutcomes: watch.take });
  const serve = () => world.pages.set(8080, { status: 200, body: "" });
  const typist: Workplace["typist"] = {
    async carryOut(action, signal) {
      if (action.type === "file") {
        world.saves(action.path, action.content);
        await settle();
        return { shown: "", exitCode: undefined, commands: 0 };
      }
      const [program, argument = ""] = action.command.split(" ");
      if (program === "hang") await untilAborted(signal);
      else if (action.command === "serve later") void setTimeout(100).then(serve);
      else if (program === "serve") serve();
      else if (program === "rm") {
        world.files.delete(argument);
        world.changes(argument);
      } else if (program === "run") {
        world.runs(argument, "busybox");
        world.hold = setTimeout(1800);
      } else if (program === "stop") world.containers.delete(argument);
      await settle();
      const commands = action.command.split("\n").length;
      return { shown: `# ${action.command}\n`, exitCode: program === "fail" ? Number(argument) : 0, commands };
    },
  };
  return await proveStep(
    { id: "hello", title: "Say hello", files: [], hints: 1, wrong: [], ...step },
    { typist, runner, watch },
    {
      signal: AbortSignal.timeout(20_000),
      patience: { answerMs: 2000, actionMs: 500, solvedMs: 1000, wrongMs: 1500 },
    },
  );
}

export async function failureOf(proof: Promise<unknown>): Promise<LessonFailure> {
  const failure = await proof.then(
    () => new Error("The proof holds."),
    (error: unknown) => error,
  );
  if (failure instanceof LessonFailure) return failure;
  throw failure;
}

export function write(path: string, content: string): SolutionAction {
  return { type: "file", path, content };
}

export function command(
  line: string,
  changes: Partial<Extract<SolutionAction, { type: "command" }>> = {},
): SolutionAction & { type: "command" } {
  return { type: "command", command: line, terminal: 1, background: false, interrupt: false, ...changes };
}

export function quiz(changes: Partial<QuizSpec> = {}): QuizSpec {
  return { kind: "quiz", quiz: "q", type: "one", question: "Which?", right: [1], answers: 3, ...changes };
}

function untilAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason as Error));
  });
}
