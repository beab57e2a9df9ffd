import { computed, effect, untracked, type ReadonlySignal } from "@preact/signals";
import type { Lesson } from "../lessons/model.ts";
import type { Workbench } from "../sandbox/workbench.ts";
import { marksBetween, type MarkedTalk } from "./recording/demo-marks.ts";
import { DemoRecorder } from "./recording/demo-recorder.ts";
import type { TalkState } from "./talk-messages.ts";
import type { Talk } from "./talk.ts";

/** The recording of a talk, from the moment at which the presenter begins it. It is in this window's memory: a reload forgets it. */
export interface TalkRecording extends Disposable {
  readonly told: ReadonlySignal<TalkState["recording"]>;
  /** Begins one, if there is a machine, or ends it. */
  turn(on: boolean): void;
  /** What was recorded last. */
  text(): string | undefined;
  /** Marks in it what the talk does. */
  follow(talk: Talk): void;
}

export function recordTalk(bench: Workbench, lesson: Lesson, recorder = new DemoRecorder()): TalkRecording {
  let latest: MarkedTalk | undefined;
  const size = computed(() => bench.panes.value[bench.terminal.value]?.size.value);
  const ends = [
    effect(() => {
      const consoles = bench.isJoined.value ? bench.session.machine?.consoles : undefined;
      untracked(() => recorder.listen(consoles ?? []));
    }),
    effect(() => {
      if (size.value !== undefined) recorder.resize(size.value.columns, size.value.rows);
    }),
  ];
  return {
    told: computed(() => {
      const state = recorder.state.value;
      if (state.phase === "idle") return null;
      const { bytes, ms } = state;
      return { bytes, ms, phase: state.phase, isCut: state.phase === "recorded" && state.because !== "stopped" };
    }),
    turn(on) {
      if (!on) {
        recorder.stop();
        return;
      }
      const { machine } = bench.session;
      const cells = size.peek();
      // Terminals come with the machine.
      if (machine === undefined || cells === undefined) return;
      const steps = lesson.steps.map(({ id, title, solution }) => ({ id, title, solution }));
      recorder.start({ lesson: lesson.id, title: lesson.title, steps, machine: machine.image.id, ...cells });
      if (latest?.step !== undefined) recorder.mark({ kind: "step", step: latest.step });
    },
    text() {
      const state = recorder.state.peek();
      return state.phase === "recorded" ? state.text : undefined;
    },
    follow(talk) {
      ends.push(
        effect(() => {
          const { acts, steps } = talk.state.value;
          const done = new Set(steps.filter(({ state }) => state === "done").map(({ id }) => id));
          const now = { step: talk.step.value, done, acts };
          const marks = marksBetween(latest ?? now, now, lesson);
          latest = now;
          untracked(() => {
            for (const [mark, terminal] of marks) recorder.mark(mark, terminal);
          });
        }),
      );
    },
    [Symbol.dispose]() {
      for (const end of ends) end();
      recorder[Symbol.dispose]();
    },
  };
}
