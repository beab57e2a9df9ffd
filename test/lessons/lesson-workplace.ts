import { systemClock } from "../../src/checks/clock.ts";
import { createWorld } from "../../src/checks/create-world.ts";
import { createCheckRunner } from "../../src/checks/runner.ts";
import type { World } from "../../src/checks/world.ts";
import { createEngine } from "../../src/engine/create-engine.ts";
import type { Lesson, LessonFile } from "../../src/lessons/model.ts";
import type { Machine } from "../../src/machine/contract.ts";
import { startMachineInNode, startSmallMachineInNode } from "../../src/machine/node.ts";
import { SmallDesk } from "../../src/sandbox/small-machine/small-desk.ts";
import { createCheckWatch } from "./check-watch.ts";
import { requireEnd } from "./command-end.ts";
import { LessonFailure } from "./lesson-failure.ts";
import type { Workplace } from "./prove-step.ts";
import { createTypist } from "./typist.ts";

export interface LessonWorkplace extends Workplace, AsyncDisposable {
  /** What the sandbox puts into the workspace when a step is opened. */
  write(files: readonly LessonFile[], signal: AbortSignal): Promise<void>;
}

/** Restores the machine as it was released and brings it to where the lesson begins. */
export async function openWorkplace(
  lesson: Lesson,
  { imageFolder, signal }: { imageFolder: string; signal: AbortSignal },
): Promise<LessonWorkplace> {
  await using held = new AsyncDisposableStack();
  const machine = held.use(await startMachineInNode({ imageFolder, signal }));
  requireNeeds(lesson, machine);
  const small = new SmallDesk({
    now: () => performance.now(),
    start: (options) => startSmallMachineInNode({ imageFolder, ...options }),
  });
  held.use(small.show());
  const world = createWorld(machine, createEngine(machine), small.console);
  const workplace = held.use(await beginLesson(lesson, { machine, small, world, signal }));
  const all = held.move();
  return { ...workplace, [Symbol.asyncDispose]: () => all.disposeAsync() };
}

export interface LessonParts {
  readonly machine: Pick<Machine, "consoles" | "workspace">;
  readonly small?: SmallDesk;
  readonly world: World;
  readonly signal: AbortSignal;
}

/** Brings a fresh machine to where the lesson begins. */
export async function beginLesson(
  lesson: Pick<Lesson, "id" | "start" | "files">,
  { machine, small, world, signal }: LessonParts,
): Promise<LessonWorkplace> {
  await using held = new AsyncDisposableStack();
  const typist = held.use(createTypist(machine, small));
  const watch = createCheckWatch();
  // As in the sandbox, it is there before anything is done: what it is told while no step is open counts for none.
  const runner = held.use(createCheckRunner({ world, clock: systemClock, onOutcomes: watch.take }));
  const write: LessonWorkplace["write"] = async (files, stop) => {
    for (const { path, encoding, content, executable } of files) {
      const mode = executable ? 0o755 : 0o644;
      // A small `Buffer` is part of a larger one, which could not be handed to the machine.
      await machine.workspace.write(path, new Uint8Array(Buffer.from(content, encoding)), { mode, signal: stop });
    }
  };
  const { start } = lesson;
  if (start) {
    await write(start.files, signal);
    for (const action of start.actions) {
      if (action.type === "answer") continue;
      const done = await typist.carryOut(action, signal);
      requireEnd(action, done, `Lesson "${lesson.id}"`, `of "${start.title}", from which it goes on,`);
    }
  }
  await write(lesson.files, signal);
  const all = held.move();
  return { typist, runner, watch, write, [Symbol.asyncDispose]: () => all.disposeAsync() };
}

/** Rejects what the machine lacks, before a command fails for want of it. */
export function requireNeeds(
  { machine: needs }: Pick<Lesson, "machine">,
  { capabilities, image }: Pick<Machine, "capabilities" | "image">,
): void {
  const missing = [
    ...(needs.terminals > capabilities.consoles ? [`${needs.terminals} terminals`] : []),
    ...needs.images.filter((name) => !image.containerImages.includes(name)).map((name) => `the image ${name}`),
    ...needs.features
      .filter((name) => !capabilities.features.some((feature) => feature === name))
      .map((name) => `the feature ${name}`),
  ];
  if (missing.length === 0) return;
  const has = [
    `${capabilities.consoles} terminals`,
    `the images ${image.containerImages.join(", ")}`,
    `the features ${capabilities.features.join(", ")}`,
  ];
  throw new LessonFailure("needs-missing", `The machine has not ${missing.join(", ")}, which the lesson needs.`, {
    hint: `It has ${has.join("; ")}. Change "machine" in the lesson's front matter.`,
  });
}
