import { existsSync, globSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { systemClock } from "../../src/checks/clock.ts";
import { createWorld } from "../../src/checks/create-world.ts";
import type { Outcome } from "../../src/checks/outcome.ts";
import { createCheckRunner, type CheckRunner } from "../../src/checks/runner.ts";
import { validateCheck } from "../../src/checks/schema.ts";
import { createEngine } from "../../src/engine/create-engine.ts";
import type { Lesson, Step } from "../../src/lessons/model.ts";
import { readLesson } from "../../src/lessons/read-lesson.ts";
import type { Machine } from "../../src/machine/contract.ts";
import { startMachineInNode } from "../../src/machine/node.ts";
import { root } from "../../src/server/build-site.ts";
import { createTypist, type Typist } from "./typist.ts";

const minute = 60_000;
const lessons = globSync("content/*/*/lesson.mdx", { cwd: root }).sort().map(load);

it("finds the lessons", () => {
  expect(lessons.map(({ id }) => id)).toContain("containers/first-image");
});

describe.each(lessons)("$title", (lesson) => {
  const held = new AsyncDisposableStack();
  let typist: Typist;
  let runner: CheckRunner;
  let outcomes: readonly (Outcome | undefined)[] = [];
  let onOutcomes = (): void => undefined;

  beforeAll(async () => {
    const machine = held.use(await startMachineInNode({ imageFolder: join(root, "public/machine") }));
    await writeLessonFiles(machine, lesson);
    typist = held.use(createTypist(machine));
    await typist.waitForPrompt(AbortSignal.timeout(minute));
    runner = held.use(
      createCheckRunner({
        world: createWorld(machine, createEngine(machine)),
        clock: systemClock,
        onOutcomes: (answers) => {
          outcomes = answers;
          onOutcomes();
        },
      }),
    );
  }, 5 * minute);

  afterAll(() => held.disposeAsync());

  it.each([...lesson.steps])("$title: is open, is solved by its solution, and ticks", async (step) => {
    open(step);
    await until(() => outcomes.length > 0 && outcomes.every((outcome) => outcome !== undefined), minute);
    expect(outcomes.filter((outcome) => outcome?.result === "unknown")).toEqual([]);
    expect(isDone(), `passes before anything was done: ${JSON.stringify(step.checks)}`).toBe(false);

    let shown = "";
    for (const action of step.solution) shown += await typist.carryOut(action, AbortSignal.timeout(5 * minute));
    await until(isDone, 20_000).catch((cause: unknown) => {
      throw new Error(
        `The solution does not tick the step: ${JSON.stringify(outcomes)}\nThe terminal showed:\n${shown}`,
        { cause },
      );
    });
  });

  function open(step: Step): void {
    outcomes = [];
    runner.open(step.checks);
    onTestFinished(() => runner.close());
  }

  function isDone(): boolean {
    return outcomes.length > 0 && outcomes.every((outcome) => outcome?.result === "passed");
  }

  function until(condition: () => boolean, ms: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`Not within ${ms} ms: ${JSON.stringify(outcomes)}`)), ms);
      onOutcomes = () => {
        if (!condition()) return;
        clearTimeout(timer);
        resolve();
      };
      onOutcomes();
    });
  }
});

interface LoadedLesson extends Lesson {
  readonly folder: string;
}

function load(file: string): LoadedLesson {
  const folder = join(root, dirname(file));
  const course = basename(dirname(folder));
  const id = `${course}/${basename(folder).replace(/^\d+-/, "")}`;
  return { ...readLesson(readFileSync(join(root, file), "utf8"), { id, file, validateCheck }), folder };
}

/** What the sandbox puts into the workspace when the lesson is opened. */
async function writeLessonFiles(machine: Machine, { folder }: LoadedLesson): Promise<void> {
  const files = join(folder, "files");
  if (!existsSync(files)) return;
  for (const entry of globSync("**/*", { cwd: files, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    await machine.workspace.write(path.slice(files.length + 1), readFileSync(path));
  }
}
