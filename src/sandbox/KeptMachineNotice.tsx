import { moment } from "./kept-words.ts";
import type { Workbench } from "./workbench.ts";

/** Says that the machine is the one of an earlier visit, or that another one is kept for this lesson, with the choices. */
export function KeptMachineNotice({ bench }: { bench: Workbench }) {
  const { keeper } = bench;
  if (bench.session.state.value.phase !== "ready") return null;
  const cannotAct = bench.acts.busy.value !== undefined;
  const now = new Date();
  const other = keeper.other.value;
  if (other !== undefined) {
    const place = other.lesson === "playground" ? "the playground" : "this lesson";
    return (
      <div class="sandbox-notice">
        <p>
          A machine is kept for {place} ({moment(other.savedAt, now)}), and the one that runs is another. If you go on
          with the kept one, what this one has goes. If you use this one, it may take the kept one’s place.
        </p>
        <button type="button" disabled={cannotAct} onClick={() => void bench.goOnWithKept()}>
          Go on with the machine kept for {place}
        </button>
        <button type="button" onClick={() => keeper.useThis()}>
          Use this one
        </button>
      </div>
    );
  }
  const info = keeper.goesOn.value;
  if (info === undefined) return null;
  return (
    <div class="sandbox-notice">
      <p>Your machine of {moment(info.savedAt, now)} goes on.</p>
      <button type="button" disabled={cannotAct} onClick={() => void bench.resetMachine("keep")}>
        Start with a fresh one
      </button>
      <button type="button" onClick={() => (keeper.goesOn.value = undefined)}>
        Close
      </button>
    </div>
  );
}
