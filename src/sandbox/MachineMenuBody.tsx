import { useRef } from "preact/hooks";
import { machineMenuWords } from "../words/machine-menu.ts";
import { machineActWords } from "../words/machine-acts.ts";
import { KeptMachineChoices } from "./KeptMachineChoices.tsx";
import type { Workbench } from "./workbench.ts";

/** What can be done with the machine. */
export function MachineMenuBody({ bench }: { bench: Workbench }) {
  const body = useRef<HTMLDivElement>(null);
  const state = bench.session.state.value;
  const machine = "machine" in state ? state.machine : undefined;
  const phase = bench.isResetting.value ? "resetting" : state.phase;
  const terminal = bench.terminal.value;
  const cannotAct =
    machine === undefined || phase === "ending" || bench.acts.busy.value !== undefined || bench.isResetting.value;
  const choose = (act: () => void) => () => {
    body.current?.closest("details")?.removeAttribute("open");
    act();
  };
  return (
    <div class="machine-menu-body" ref={body}>
      {machine !== undefined && (
        <p>
          {machineActWords.engine(machine.image.engineVersion)}
          <br />
          {machineActWords.kernel(machine.image.kernelVersion)}
        </p>
      )}
      <button type="button" disabled={cannotAct} onClick={choose(() => void bench.restartShell(terminal))}>
        {machineActWords.newShellTerminal(terminal + 1)}
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
      <button type="button" disabled={cannotAct} onClick={choose(() => (bench.transfer.value = { kind: "upload" }))}>
        {machineMenuWords.upload}
      </button>
      <button type="button" disabled={cannotAct} onClick={choose(() => (bench.transfer.value = { kind: "download" }))}>
        {machineMenuWords.download}
      </button>
      <button type="button" disabled={cannotAct} onClick={choose(() => void bench.restartEngine())}>
        {machineActWords.restartDocker}
      </button>
      <button type="button" disabled={cannotAct} onClick={choose(() => (bench.askReset.value = true))}>
        {machineActWords.resetMachine}
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
        {machineActWords.forScreenReaders}
      </label>
    </div>
  );
}
