import { useEffect, useRef } from "preact/hooks";
import { showStep } from "./show-step.ts";
import { WithCode } from "./WithCode.tsx";
import type { Workbench } from "./workbench.ts";
import { resetDialogWords } from "../words/reset-dialog.ts";

/** Asks before a step or the lesson is reset, and says what goes and what stays. */
export function ResetDialog({ bench }: { bench: Workbench }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const what = bench.resetting.value;
  useEffect(() => {
    if (what !== undefined) dialog.current?.showModal();
  }, [what]);

  const steps = bench.steps.value;
  const step = typeof what === "object" ? steps.find(({ id }) => id === what.step) : undefined;
  const onSubmit = ({ submitter }: SubmitEvent) => {
    const choice = submitter instanceof HTMLButtonElement ? submitter.value : "";
    if (choice === "lesson") {
      void bench.desk.resets.lesson();
      const first = steps[0];
      if (first !== undefined) showStep(first.id);
    } else if (step !== undefined && choice !== "") {
      void bench.desk.resets.step(step.id, { machine: choice === "machine" });
      showStep(step.id);
    }
  };
  return (
    <dialog
      ref={dialog}
      class="sandbox-dialog"
      aria-labelledby="reset-question"
      onClose={() => (bench.resetting.value = undefined)}
    >
      <form method="dialog" onSubmit={onSubmit}>
        {step !== undefined && (
          <>
            <h2 id="reset-question">{resetDialogWords.resetStepQuestion(step.title)}</h2>
            <p>
              <WithCode words={resetDialogWords.tickGoes} />
            </p>
            <p>{resetDialogWords.containersImagesStayThey}</p>
            <div class="dialog-buttons">
              <button type="submit" value="step" class="main-button">
                {resetDialogWords.resetStepYes}
              </button>
              <button type="submit" value="machine" class="plain-button">
                {resetDialogWords.resetStepMachine}
              </button>
              <button type="submit" value="" class="plain-button">
                {resetDialogWords.cancel}
              </button>
            </div>
          </>
        )}
        {what === "lesson" && (
          <>
            <h2 id="reset-question">{resetDialogWords.resetWholeLesson}</h2>
            <p>{resetDialogWords.allTicksGoYour}</p>
            <div class="dialog-buttons">
              <button type="submit" value="lesson" class="main-button">
                {resetDialogWords.resetLessonYes}
              </button>
              <button type="submit" value="" class="plain-button">
                {resetDialogWords.cancel}
              </button>
            </div>
          </>
        )}
      </form>
    </dialog>
  );
}
