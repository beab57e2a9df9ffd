import { useEffect, useRef } from "preact/hooks";
import { workbenchWords } from "../words/workbench.ts";
import type { Workbench } from "./workbench.ts";

/** Asks before the machine is reset, and what of the person's files. */
export function ResetMachineDialog({ bench }: { bench: Workbench }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const isAsked = bench.askReset.value;
  useEffect(() => {
    if (isAsked) dialog.current?.showModal();
  }, [isAsked]);
  return (
    <dialog
      ref={dialog}
      class="sandbox-dialog"
      aria-labelledby="reset-title"
      onClose={() => (bench.askReset.value = false)}
    >
      <form
        method="dialog"
        onSubmit={({ submitter }) => {
          const choice = submitter instanceof HTMLButtonElement ? submitter.value : "";
          if (choice === "keep" || choice === "clear") void bench.resetMachine(choice);
        }}
      >
        <h2 id="reset-title">{workbenchWords.resetMachineQuestion}</h2>
        <p>{workbenchWords.yourContainersImagesYou}</p>
        <div class="dialog-buttons">
          <button type="submit" value="keep" class="main-button">
            {workbenchWords.resetKeepMyFiles}
          </button>
          <button type="submit" value="clear" class="plain-button">
            {workbenchWords.resetEverything}
          </button>
          <button type="submit" value="" class="plain-button">
            {workbenchWords.cancel}
          </button>
        </div>
      </form>
    </dialog>
  );
}
