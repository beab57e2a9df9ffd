import { moment } from "./kept-words.ts";
import type { Workbench } from "./workbench.ts";

/** Says that the machine is the one of an earlier visit, with the way to a fresh one. */
export function KeptMachineNotice({ bench }: { bench: Workbench }) {
  const { goesOn } = bench.keeper;
  const info = goesOn.value;
  if (info === undefined || bench.session.state.value.phase !== "ready") return null;
  return (
    <div class="sandbox-notice">
      <p>Your machine of {moment(info.savedAt, new Date())} goes on.</p>
      <button type="button" disabled={bench.busy.value !== undefined} onClick={() => void bench.resetMachine("keep")}>
        Start with a fresh one
      </button>
      <button type="button" onClick={() => (goesOn.value = undefined)}>
        Close
      </button>
    </div>
  );
}
