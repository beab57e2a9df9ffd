import { describe, expect, it } from "vitest";
import { systemClock } from "../../src/checks/clock.ts";
import { createCheckRunner } from "../../src/checks/runner.ts";
import type { CheckSpec, QuizSpec, SolutionAction, Step, WrongWork } from "../../src/lessons/model.ts";
import { createCheckWatch } from "../lessons/check-watch.ts";
import { chooseLessons } from "../lessons/choose-lessons.ts";
import { concurrency } from "../lessons/concurrency.ts";
import { LessonFailure } from "../lessons/lesson-failure.ts";
import { requireNeeds } from "../lessons/lesson-workplace.ts";
import { proveStep, type Workplace } from "../lessons/prove-step.ts";
import { wrongAnswers } from "../lessons/wrong-answers.ts";
import { FakeWorld, settle } from "./checks-fakes.ts";

const check: CheckSpec = { kind: "file", path: "hello.txt", contains: "hello" };
const right = write("hello.txt", "hello");

describe("the proof of a step", () => {
  it("holds for a step that its solution ticks and its wrong work does not", async () => {
    const refusals: string[] = [];
    const wrong = { because: "another word", actions: [write("hello.txt", "goodbye")], undo: [] };
    await prove({ checks: [check], solution: [right], wrong: [wrong] }, { refusals });
    expect(refusals).toEqual([
      "hello.txt is there, but something that the step asks for is missing in it. Wanted is the file hello.txt with what the step asks for.",
    ]);
  });

  it("fails for a step whose checks pass before anything was done", async () => {
    const before = new Map([["hello.txt", "hello"]]);
    const failure = await failureOf(prove({ checks: [check], solution: [right] }, { before }));
    expect(failure.code).toBe("passes-before");
    expect(failure.message).toContain('Step "hello" (Say hello) passes before anything was done.');
  });

  it("fails for one that only its unanswered quiz keeps open", async () => {
    const before = new Map([["hello.txt", "hello"]]);
    const failure = await failureOf(prove({ checks: [check, quiz()], solution: [right] }, { before }));
    expect(failure.code).toBe("passes-before");
  });

  it("fails for a solution that does not solve, with what each check saw and what the terminals showed", async () => {
    const failure = await failureOf(
      prove({ checks: [check], solution: [write("other.txt", "hello"), command("echo hello")] }),
    );
    expect(failure.code).toBe("not-solved");
    expect(failure.message).toContain('✗ file {"path":"hello.txt","contains":"hello"}');
    expect(failure.message).toContain("There is no hello.txt in /workspace.");
    expect(failure.message).toContain("| # echo hello");
  });

  it("fails for wrong work that ticks the step", async () => {
    const wrong = { because: "it shouts", actions: [write("hello.txt", "hello!")], undo: [] };
    const failure = await failureOf(prove({ checks: [check], solution: [right], wrong: [wrong] }));
    expect(failure.code).toBe("wrong-passes");
    expect(failure.message).toContain("is ticked by wrong work: it shouts");
  });

  it("fails for wrong work that ticks the step only after a while", async () => {
    const slow: CheckSpec = { kind: "http", port: 8080 };
    const wrong = { because: "it is slow", actions: [command("serve later")], undo: [] };
    const failure = await failureOf(prove({ checks: [slow], solution: [command("serve")], wrong: [wrong] }));
    expect(failure.code).toBe("wrong-passes");
  });

  it("fails for wrong work that a quiz alone keeps from ticking the step", async () => {
    const wrong = { because: "it shouts", actions: [write("hello.txt", "hello!")], undo: [] };
    const solution = [right, { type: "answer", quiz: "q", answer: [1] } as const];
    const failure = await failureOf(prove({ checks: [check, quiz()], solution, wrong: [wrong] }));
    expect(failure.code).toBe("wrong-passes");
  });

  it("fails when taking the wrong work back leaves a solved step", async () => {
    const wrong = { because: "another word", actions: [write("hello.txt", "goodbye")], undo: [right] };
    const failure = await failureOf(prove({ checks: [check], solution: [right], wrong: [wrong] }));
    expect(failure.code).toBe("passes-before");
    expect(failure.message).toContain('once "another word" has been taken back');
  });

  it("fails for a check that cannot tell", async () => {
    const before = new Map([["hello.txt", ""]]);
    const failure = await failureOf(prove({ checks: [check], solution: [right] }, { before, unreadable: true }));
    expect(failure.code).toBe("not-told");
    expect(failure.message).toContain("Could not tell: The disk is gone.");
  });

  it("fails for a command that does not come back", async () => {
    const failure = await failureOf(prove({ checks: [check], solution: [command("hang")] }));
    expect(failure.code).toBe("not-carried-out");
    expect(failure.message).toContain('the command "hang" of the solution could not be carried out');
  });

  it("answers quizzes rightly, and wrongly before", async () => {
    await prove({ checks: [quiz()], solution: [{ type: "answer", quiz: "q", answer: [1] }] });
    const failure = await failureOf(
      prove({ checks: [quiz({ right: [2] })], solution: [{ type: "answer", quiz: "q", answer: [1] }] }),
    );
    expect(failure.code).toBe("not-solved");
  });
});

describe("wrong answers", () => {
  it("are all other choices, and none, of one", () => {
    expect(wrongAnswers(quiz())).toEqual([[], [0], [2]]);
  });

  it("are nearly right ones of many", () => {
    const answers = wrongAnswers(quiz({ type: "many", right: [0, 2] }));
    expect(answers).toEqual([[], [0, 1, 2], [0], [1], [2]]);
    expect(wrongAnswers(quiz({ type: "many", right: [0, 1, 2] }))).not.toContainEqual([0, 1, 2]);
  });

  it("are other orders", () => {
    const answers = wrongAnswers(quiz({ type: "order", right: [0, 1, 2] }));
    expect(answers).toEqual([[], [2, 1, 0], [1, 0, 2], [0, 2, 1]]);
  });

  it("are numbers outside of the tolerance", () => {
    expect(wrongAnswers(quiz({ type: "number", right: [12], tolerance: 0.5, answers: 0 }))).toEqual([
      [],
      [13.5],
      [10.5],
    ]);
  });
});

describe("the lessons to prove", () => {
  const lessons = [{ id: "containers/first-image" }, { id: "containers/layers" }, { id: "authors/first-lesson" }];

  it("are all without a name, or those of an id, of a name or of a course", () => {
    expect(chooseLessons(lessons, [])).toEqual(lessons);
    expect(chooseLessons(lessons, ["containers/layers"])).toEqual([{ id: "containers/layers" }]);
    expect(chooseLessons(lessons, ["first-lesson"])).toEqual([{ id: "authors/first-lesson" }]);
    expect(chooseLessons(lessons, ["containers", "layers"])).toHaveLength(2);
  });

  it("are listed when a name is unknown", () => {
    expect(() => chooseLessons(lessons, ["layer"])).toThrow(
      "There is no lesson or course called layer. There are:\n  containers/first-image\n  containers/layers",
    );
  });

  it("are proven as many at a time as cores and free memory allow, at least one", () => {
    expect(concurrency(8, 100e9)).toBe(8);
    expect(concurrency(8, 5e9)).toBe(3);
    expect(concurrency(2, 1e9)).toBe(1);
  });
});

describe("what a lesson needs", () => {
  const machine = {
    capabilities: { consoles: 3, save: true, reset: true, run: true, features: ["buildkit"] },
    image: { id: "", engineVersion: "", kernelVersion: "", containerImages: ["busybox:latest"] },
  } as const;

  it("is refused in words when the machine lacks it", () => {
    const needs = { terminals: 4, images: ["busybox:latest", "nginx:latest"], features: ["swarm"] };
    expect(() => requireNeeds({ machine: needs }, machine)).toThrow(
      "The machine has not 4 terminals, the image nginx:latest, the feature swarm, which the lesson needs.",
    );
  });

  it("passes when the machine offers it", () => {
    requireNeeds({ machine: { terminals: 3, images: ["busybox:latest"], features: ["buildkit"] } }, machine);
  });
});

interface Circumstances {
  before?: ReadonlyMap<string, string>;
  unreadable?: boolean;
  refusals?: string[];
}

/** Proves one step in a world where files are written at once, and where these commands are known: serve, serve later, hang. */
async function prove(
  step: Pick<Step, "checks" | "solution"> & { wrong?: WrongWork[] },
  circumstances: Circumstances = {},
) {
  const world = new FakeWorld();
  for (const [path, content] of circumstances.before ?? []) world.files.set(path, content);
  if (circumstances.unreadable) world.workspace.read = () => Promise.reject(new Error("The disk is gone."));
  const watch = createCheckWatch();
  using runner = createCheckRunner({ world, clock: systemClock, onOutcomes: watch.take });
  const typist: Workplace["typist"] = {
    async carryOut(action, signal) {
      if (action.type === "file") world.saves(action.path, action.content);
      else if (action.command === "hang") await untilAborted(signal);
      else if (action.command === "serve later")
        setTimeout(() => world.pages.set(8080, { status: 200, body: "" }), 100);
      else if (action.command === "serve") world.pages.set(8080, { status: 200, body: "" });
      await settle();
      return action.type === "command" ? `# ${action.command}\n` : "";
    },
  };
  await proveStep(
    { id: "hello", title: "Say hello", files: [], hints: 1, wrong: [], ...step },
    { typist, runner, watch },
    {
      signal: AbortSignal.timeout(20_000),
      patience: { answerMs: 2000, actionMs: 500, solvedMs: 1000, wrongMs: 1500 },
      onRefusal: (_, sentence) => circumstances.refusals?.push(sentence),
    },
  );
}

async function failureOf(proof: Promise<void>): Promise<LessonFailure> {
  const failure = await proof.then(
    () => new Error("The proof holds."),
    (error: unknown) => error,
  );
  if (failure instanceof LessonFailure) return failure;
  throw failure;
}

function untilAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason as Error));
  });
}

function write(path: string, content: string): SolutionAction {
  return { type: "file", path, content };
}

function command(line: string): SolutionAction {
  return { type: "command", command: line, terminal: 1, background: false, interrupt: false };
}

function quiz(changes: Partial<QuizSpec> = {}): QuizSpec {
  return { kind: "quiz", quiz: "q", type: "one", question: "Which?", right: [1], answers: 3, ...changes };
}
