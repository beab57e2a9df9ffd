import { useEffect, useRef } from "preact/hooks";
import { showStep } from "./show-step.ts";
import type { Workbench } from "./workbench.ts";

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
            <h2 id="reset-question">Reset the step “{step.title}”?</h2>
            <p>
              Its tick goes, and the files in <code>/workspace</code> become what they were when you first opened it.
            </p>
            <p>
              Containers and images stay as they are. If they are already what the step wants, it is ticked again at
              once. To begin without them, reset the machine too.
            </p>
            <div class="dialog-buttons">
              <button type="submit" value="step" class="main-button">
                Reset the step
              </button>
              <button type="submit" value="machine" class="plain-button">
                Reset the step and the machine
              </button>
              <button type="submit" value="" class="plain-button">
                Cancel
              </button>
            </div>
          </>
        )}
        {what === "lesson" && (
          <>
            <h2 id="reset-question">Reset the whole lesson?</h2>
            <p>
              All its ticks go, and so do your files, your containers and the images that you built. It begins anew, on
              a fresh machine with the lesson’s own files. Other lessons keep their progress and their files.
            </p>
            <div class="dialog-buttons">
              <button type="submit" value="lesson" class="main-button">
                Reset the lesson
              </button>
              <button type="submit" value="" class="plain-button">
                Cancel
              </button>
            </div>
          </>
        )}
      </form>
    </dialog>
  );
}
