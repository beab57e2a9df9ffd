import { effect, signal, type ReadonlySignal } from "@preact/signals";
import { updateProgress } from "../components/progress-store.ts";
import { withStepReset } from "../lessons/progress.ts";
import { pageKeptWork } from "../sandbox/kept-work.ts";
import type { TerminalNumber, Workbench } from "../sandbox/workbench.ts";
import { presentWords as words } from "../words/present.ts";
import type { DemoSeat } from "./demo.ts";
import type { StepPoint, StepPointsOptions } from "./step-points.ts";

/** A workbench as a demo and the saved states of a talk use it. The keyboard stays where it is, so that the stage's keys go on working. */
export interface BenchSeat extends DemoSeat, Pick<StepPointsOptions, "save" | "goBack">, Disposable {
  /** Terminals in which something runs, counted from 1. */
  readonly busy: ReadonlySignal<ReadonlySet<number>>;
}

export function takeSeat(bench: Workbench): BenchSeat {
  const busy = signal<ReadonlySet<number>>(new Set());
  const pane = (terminal: number) => bench.panes.peek()[Math.min(terminal, 3) - 1];
  const isReady = () =>
    bench.isJoined.peek() && bench.session.state.peek().phase === "ready" && !bench.isResetting.peek();
  const ends = [
    effect(() => {
      const command = bench.lastCommand.value;
      if (command === undefined || command.terminal === "vm") return;
      const now = new Set(busy.peek());
      if (command.exitCode === undefined) now.add(command.terminal);
      else now.delete(command.terminal);
      busy.value = now;
    }),
    effect(() => {
      if (!bench.isJoined.value) busy.value = new Set();
    }),
  ];
  return {
    busy,
    isReady,
    isBusy: (terminal) => busy.peek().has(terminal),
    show: (terminal) => {
      const number = (Math.min(terminal, 3) - 1) as TerminalNumber;
      if (bench.below.peek() === undefined) bench.panel.value = `terminal-${number}`;
      else bench.terminal.value = number;
    },
    type: (terminal, text) => pane(terminal)?.type(text),
    enter: (terminal) => pane(terminal)?.enter(),
    clearLine: (terminal) => pane(terminal)?.clearLine(),
    interrupt: (terminal) => pane(terminal)?.interrupt(),
    runSmall: (command) => bench.runSmall(command),
    async write(file) {
      await bench.desk.write(file);
      // What was written is to be seen.
      bench.asked.value = { panel: "editor", of: file.path };
      bench.panel.value = "editor";
    },
    answer: (quiz, answer) => bench.desk.answer(quiz, answer),
    onCommand: (listener) => {
      const end = effect(() => {
        const command = bench.lastCommand.value;
        if (command !== undefined) listener(command);
      });
      return { [Symbol.dispose]: end };
    },
    async save(signal) {
      const { machine } = bench.session;
      if (machine === undefined || !isReady() || busy.peek().size > 0 || !machine.capabilities.save) return undefined;
      return machine.save({ signal });
    },
    goBack: (point) => goBack(bench, point),
    [Symbol.dispose]() {
      for (const end of ends) end();
    },
  };
}

/** Files and ticks by the lesson's own resets; the machine as one that was kept is taken up. */
async function goBack(bench: Workbench, { step, state }: StepPoint): Promise<void> {
  const lesson = bench.lesson.peek();
  if (lesson === null) return;
  const at = lesson.steps.findIndex(({ id }) => id === step);
  for (const { id } of lesson.steps.slice(at + 1))
    updateProgress((progress) => withStepReset(progress, lesson.id, id, new Date()));
  await bench.desk.resets.step(step, { machine: false });
  // What is being kept of the machine as it is now would take the place of what is put there.
  await bench.keeper.leave();
  const info = {
    lesson: lesson.id,
    step,
    savedAt: new Date().toISOString(),
    imageId: state.imageId,
    bytes: state.bytes.size,
  };
  if ((await pageKeptWork().saveMachine(info, state)) === "no-room") throw new Error(words.noRoomBack);
  await bench.session.restart();
  const { phase } = bench.session.state.peek();
  if (phase !== "ready") throw new Error(words.machineIs(words.phases[phase]));
}
