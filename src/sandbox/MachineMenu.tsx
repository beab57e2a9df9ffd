import { useEffect, useRef } from "preact/hooks";
import { machineMenuWords } from "../words/machine-menu.ts";
import { KeptMachineChoices } from "./KeptMachineChoices.tsx";
import type { SessionState } from "./session.ts";
import type { Workbench } from "./workbench.ts";
import { workbenchWords } from "../words/workbench.ts";

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
              {workbenchWords.engine(machine.image.engineVersion)}
              <br />
              {workbenchWords.kernel(machine.image.kernelVersion)}
            </p>
          )}
          <button type="button" disabled={cannotAct} onClick={choose(() => void bench.restartShell(terminal))}>
            {workbenchWords.newShellTerminal(terminal + 1)}
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
            {workbenchWords.restartDocker}
          </button>
          <button type="button" disabled={cannotAct} onClick={choose(() => (bench.askReset.value = true))}>
            {workbenchWords.resetMachine}
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
            {workbenchWords.forScreenReaders}
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
    </>
  );
}

const words: Readonly<Record<SessionState["phase"], string>> = {
  idle: workbenchWords.notStarted,
  unsupported: workbenchWords.notSupported,
  waiting: workbenchWords.notStarted,
  elsewhere: workbenchWords.anotherTab,
  booting: workbenchWords.starting,
  ready: workbenchWords.ready,
  unresponsive: workbenchWords.notAnswering,
  resetting: workbenchWords.resetting,
  ending: workbenchWords.ending,
  failed: workbenchWords.failed,
};
