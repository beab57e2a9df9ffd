import { useEffect, useRef } from "preact/hooks";
import { machineMenuWords } from "../words/machine-menu.ts";
import { KeptMachineChoices } from "./KeptMachineChoices.tsx";
import type { SessionState } from "./session.ts";
import type { Workbench } from "./workbench.ts";

/** The machine's state in a word, and behind it what can be done with it. */
export function MachineMenu({ bench }: { bench: Workbench }) {
  const details = useRef<HTMLDetailsElement>(null);
  const dialog = useRef<HTMLDialogElement>(null);
  const state = bench.session.state.value;
  const machine = "machine" in state ? state.machine : undefined;
  const phase = bench.isResetting.value ? "resetting" : state.phase;
  const terminal = bench.terminal.value;
  const asksReset = bench.askReset.value;
  const cannotAct =
    machine === undefined || phase === "ending" || bench.acts.busy.value !== undefined || bench.isResetting.value;

  useEffect(() => {
    const stop = new AbortController();
    const close = (event: Event) => {
      const menu = details.current;
      if (menu?.open !== true || (event.target instanceof Node && menu.contains(event.target))) return;
      menu.open = false;
    };
    document.addEventListener("pointerdown", close, { signal: stop.signal });
    document.addEventListener("focusin", close, { signal: stop.signal });
    return () => stop.abort();
  }, []);

  useEffect(() => {
    if (asksReset) dialog.current?.showModal();
  }, [asksReset]);

  const choose = (act: () => void) => () => {
    if (details.current !== null) details.current.open = false;
    act();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Escape" || details.current === null) return;
    details.current.open = false;
    details.current.querySelector("summary")?.focus();
  };

  return (
    <>
      <details class="machine-menu" ref={details} onKeyDown={onKeyDown}>
        <summary data-phase={phase} title={words[phase]}>
          <span class="machine-word">{words[phase]}</span>
        </summary>
        <div class="machine-menu-body">
          {machine !== undefined && (
            <p>
              Docker Engine {machine.image.engineVersion}
              <br />
              Linux {machine.image.kernelVersion}
            </p>
          )}
          <button type="button" disabled={cannotAct} onClick={choose(() => void bench.restartShell(terminal))}>
            New shell in Terminal {terminal + 1}
          </button>
          <button
            type="button"
            disabled={cannotAct}
            onClick={choose(() => {
              bench.panes.peek()[terminal]?.clear();
              bench.showTerminal();
            })}
          >
            {machineMenuWords["clear-terminal"]}
          </button>
          <button
            type="button"
            disabled={cannotAct}
            onClick={choose(() => (bench.transfer.value = { kind: "upload" }))}
          >
            {machineMenuWords.upload}
          </button>
          <button
            type="button"
            disabled={cannotAct}
            onClick={choose(() => (bench.transfer.value = { kind: "download" }))}
          >
            {machineMenuWords.download}
          </button>
          <button type="button" disabled={cannotAct} onClick={choose(() => void bench.restartEngine())}>
            Restart Docker
          </button>
          <button type="button" disabled={cannotAct} onClick={choose(() => (bench.askReset.value = true))}>
            Reset machine…
          </button>
          {phase === "unresponsive" && (
            <button type="button" onClick={choose(() => void bench.session.restart())}>
              {machineMenuWords["restart-machine"]}
            </button>
          )}
          <KeptMachineChoices bench={bench} machine={machine} cannotAct={cannotAct} choose={choose} />
          <label>
            <input
              type="checkbox"
              checked={bench.isForScreenReader.value}
              onChange={({ currentTarget }) => bench.chooseForScreenReader(currentTarget.checked)}
            />
            Terminal for screen readers
          </label>
        </div>
      </details>
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
          <h2 id="reset-title">Reset the machine?</h2>
          <p>
            Your containers, and the images that you built, go. Your progress in the lessons stays. “Reset everything”
            also puts this page’s files back to their beginning.
          </p>
          <div class="dialog-buttons">
            <button type="submit" value="keep" class="main-button">
              Reset, keep my files
            </button>
            <button type="submit" value="clear" class="plain-button">
              Reset everything
            </button>
            <button type="submit" value="" class="plain-button">
              Cancel
            </button>
          </div>
        </form>
      </dialog>
    </>
  );
}

const words: Readonly<Record<SessionState["phase"], string>> = {
  idle: "Not started",
  unsupported: "Not supported",
  waiting: "Not started",
  elsewhere: "In another tab",
  booting: "Starting",
  ready: "Ready",
  unresponsive: "Not answering",
  resetting: "Resetting",
  ending: "Ending",
  failed: "Failed",
};
