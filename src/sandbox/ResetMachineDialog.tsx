import { useEffect, useRef } from "preact/hooks";
import { machineActWords } from "../words/machine-acts.ts";
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
        <h2 id="reset-title">{machineActWords.resetMachineQuestion}</h2>
        <p>{machineActWords.yourContainersImagesYou}</p>
        <div class="dialog-buttons">
          <button type="submit" value="keep" class="main-button">
            {machineActWords.resetKeepMyFiles}
          </button>
          <button type="submit" value="clear" class="plain-button">
            {machineActWords.resetEverything}
          </button>
          <button type="submit" value="" class="plain-button">
            {machineActWords.cancel}
          </button>
        </div>
      </form>
    </dialog>
  );
}
