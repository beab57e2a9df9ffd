import { createWorld } from "../../src/checks/create-world.ts";
import { createEngine } from "../../src/engine/create-engine.ts";
import type { Lesson } from "../../src/lessons/model.ts";
import { startMachineInNode, startSmallMachineInNode } from "../../src/machine/node.ts";
import { SmallDesk } from "../../src/sandbox/small-machine/small-desk.ts";
import { tapConsole, type TerminalSize } from "./console-tap.ts";
import { beginLesson, requireNeeds } from "./lesson-workplace.ts";
import { recordSteps, type RecordStepsOptions } from "./record-steps.ts";
import { TerminalRecorder } from "./terminal-recorder.ts";

export interface RecordLessonOptions extends RecordStepsOptions {
  readonly imageFolder: string;
}

/** Of the recorded terminals. */
const size: TerminalSize = { columns: 100, rows: 28 };

/**
 * Goes through a lesson on a machine as it was released, and resolves to the text of the recording. The parts are those of `openWorkplace`,
 * but for the consoles, which the recording hears first.
 */
export async function recordLesson(lesson: Lesson, { imageFolder, ...options }: RecordLessonOptions): Promise<string> {
  const { signal } = options;
  await using held = new AsyncDisposableStack();
  const opening = AbortSignal.any([signal, AbortSignal.timeout(openingMs)]);
  const machine = held.use(await startMachineInNode({ imageFolder, signal: opening }));
  requireNeeds(lesson, machine);
  const recorder = new TerminalRecorder();
  const consoles = machine.consoles.map((console, n) =>
    tapConsole(console, size, (bytes) => recorder.print(n + 1, bytes)),
  );
  const small = new SmallDesk({
    now: () => performance.now(),
    start: (settings) => startSmallMachineInNode({ imageFolder, ...settings }),
  });
  small.console.resize(size.columns, size.rows);
  small.console.onOutput((bytes) => recorder.print("vm", bytes));
  held.use(small.show());
  const { workspace, capabilities } = machine;
  const world = createWorld(
    {
      consoles,
      workspace,
      capabilities,
      dial: (...dialled) => machine.dial(...dialled),
      run: (...program) => machine.run(...program),
    },
    createEngine(machine),
    small.console,
  );
  const workplace = held.use(
    await beginLesson(lesson, { machine: { consoles, workspace }, small, world, signal: opening }),
  );
  // Shells draw their prompts anew in the size that they were given.
  await recorder.quiet(opening);
  const timestamp = Math.floor(Date.now() / 1000);
  const { terminals } = lesson.machine;
  recorder.begin(terminals);
  await recordSteps(lesson, workplace, recorder, options);
  return recorder.text({
    version: 2,
    width: size.columns,
    height: size.rows,
    timestamp,
    title: lesson.title,
    idle_time_limit: 2,
    drydock: {
      lesson: lesson.id,
      machine: machine.image.id,
      terminals,
      steps: lesson.steps.map(({ id, title, solution }) => ({ id, title, solution })),
    },
  });
}

/** To restore the machine and to do what the lesson goes on from, which may be several lessons. */
const openingMs = 10 * 60_000;
