import { effect, untracked } from "@preact/signals";
import type { Workbench } from "../sandbox/workbench.ts";
import { readyRecording } from "./recording/current-recording.ts";
import type { Talk } from "./talk.ts";

/**
 * Where the machine cannot start, the lesson's recording stands on the stage without being asked for, at the step that is shown. Whoever closes
 * it sees why there is no machine.
 */
export function standIn(bench: Workbench, talk: Talk): Disposable {
  const ends = [
    effect(() => {
      const { phase } = bench.session.state.value;
      if (bench.recording.value !== undefined && (phase === "unsupported" || phase === "failed"))
        bench.wantsRecording.value = true;
    }),
    effect(() => {
      const step = talk.step.value;
      const shown = readyRecording.value;
      if (step !== undefined) untracked(() => shown?.showStep(step));
    }),
  ];
  return {
    [Symbol.dispose]() {
      for (const end of ends) end();
    },
  };
}
