import type { ComponentChildren } from "preact";
import { LoadedPart } from "./LoadedPart.tsx";
import type { MachineWork } from "./machine-acts.ts";
import type { Workbench } from "./workbench.ts";
import { machineWords } from "../words/machine.ts";

/** What is wrong with a machine that is there, each with its way back. */
export function Notices({ bench }: { bench: Workbench }) {
  const state = bench.session.state.value;
  const busy = bench.acts.busy.value;
  const saysOfKept = bench.keeper.other.value !== undefined || bench.keeper.goesOn.value !== undefined;
  return (
    <div class="sandbox-notices" aria-live="polite">
      {state.phase === "unresponsive" && (
        <Notice words={machineWords.machineNotAnsweredSeconds(Math.round(state.silentMs / 1000))}>
          <button type="button" onClick={() => void bench.session.restart()}>
            {machineWords.restartMachine}
          </button>
        </Notice>
      )}
      {state.phase === "ready" && !bench.engineAnswers.value && busy === undefined && (
        <Notice words={machineWords.dockerEngineNotAnswer}>
          <button type="button" onClick={() => void bench.restartEngine()}>
            {machineWords.restartDocker}
          </button>
        </Notice>
      )}
      {bench.isDiskShort.value && (
        <Notice words={machineWords.machinesDiskNearlyFull}>
          <button type="button" onClick={() => bench.run({ command: "docker system prune", terminal: 0 })}>
            {machineWords.cleanUpDocker}
          </button>
        </Notice>
      )}
      <LoadedPart bench={bench} isWanted={saysOfKept} load={loadKeptNotice} />
      {bench.board.notices.value.map(({ key, words, link, choices }) => (
        <Notice key={key} words={words}>
          {link && <a href={link.address}>{link.label}</a>}
          {choices.map(({ label, act }) => (
            <button key={label} type="button" onClick={act}>
              {label}
            </button>
          ))}
        </Notice>
      ))}
      {busy !== undefined && busy !== "reset" && <Notice words={workWords[busy]} />}
      {bench.notice.value !== undefined && (
        <Notice words={bench.notice.value}>
          <button type="button" onClick={() => (bench.notice.value = undefined)}>
            {machineWords.close}
          </button>
        </Notice>
      )}
    </div>
  );
}

/** A reset has a card of its own, in front of the panels. */
const workWords: Readonly<Record<Exclude<MachineWork, "reset">, string>> = {
  "new-shell": machineWords.startingNewShell,
  "restart-engine": machineWords.restartingDocker,
};

function Notice({ words, children }: { words: string; children?: ComponentChildren }) {
  return (
    <div class="sandbox-notice">
      <p>{words}</p>
      {children}
    </div>
  );
}

const loadKeptNotice = async () => (await import("./KeptMachineNotice.tsx")).KeptMachineNotice;
