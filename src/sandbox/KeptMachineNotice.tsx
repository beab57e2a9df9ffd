import { moment } from "./kept-words.ts";
import type { Workbench } from "./workbench.ts";
import { keptMachineNoticeWords } from "../words/kept-machine-notice.ts";

/** Says that the machine is the one of an earlier visit, or that another one is kept for this lesson, with the choices. */
export function KeptMachineNotice({ bench }: { bench: Workbench }) {
  const { keeper } = bench;
  if (bench.session.state.value.phase !== "ready") return null;
  const cannotAct = bench.acts.busy.value !== undefined;
  const now = new Date();
  const other = keeper.other.value;
  if (other !== undefined) {
    const place = other.lesson === "playground" ? keptMachineNoticeWords.playground : keptMachineNoticeWords.thisLesson;
    return (
      <div class="sandbox-notice">
        <p>{keptMachineNoticeWords.machineKeptOneRuns(place, moment(other.savedAt, now))}</p>
        <button type="button" disabled={cannotAct} onClick={() => void bench.goOnWithKept()}>
          {keptMachineNoticeWords.goOnMachineKept(place)}
        </button>
        <button type="button" onClick={() => keeper.useThis()}>
          {keptMachineNoticeWords.useOne}
        </button>
      </div>
    );
  }
  const info = keeper.goesOn.value;
  if (info === undefined) return null;
  return (
    <div class="sandbox-notice">
      <p>{keptMachineNoticeWords.yourMachineGoesOn(moment(info.savedAt, now))}</p>
      <button type="button" disabled={cannotAct} onClick={() => void bench.resetMachine("keep")}>
        {keptMachineNoticeWords.startFreshOne}
      </button>
      <button type="button" onClick={() => (keeper.goesOn.value = undefined)}>
        {keptMachineNoticeWords.close}
      </button>
    </div>
  );
}
