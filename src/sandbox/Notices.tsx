import type { ComponentChildren } from "preact";
import { KeptMachineNotice } from "./KeptMachineNotice.tsx";
import type { MachineWork } from "./machine-acts.ts";
import type { Workbench } from "./workbench.ts";

/** What is wrong with a machine that is there, each with its way back. */
export function Notices({ bench }: { bench: Workbench }) {
  const state = bench.session.state.value;
  const busy = bench.acts.busy.value;
  return (
    <div class="sandbox-notices" aria-live="polite">
      {state.phase === "unresponsive" && (
        <Notice
          words={`The machine has not answered for ${Math.round(state.silentMs / 1000)} seconds. It may only be busy.`}
        >
          <button type="button" onClick={() => void bench.session.restart()}>
            Restart the machine
          </button>
        </Notice>
      )}
      {state.phase === "ready" && !bench.engineAnswers.value && busy === undefined && (
        <Notice words="Docker Engine does not answer.">
          <button type="button" onClick={() => void bench.restartEngine()}>
            Restart Docker
          </button>
        </Notice>
      )}
      {bench.isDiskShort.value && (
        <Notice words="The machine's disk is nearly full. Remove what you do not need, or reset the machine.">
          <button type="button" onClick={() => bench.run({ command: "docker system prune", terminal: 0 })}>
            Clean up Docker
          </button>
        </Notice>
      )}
      <KeptMachineNotice bench={bench} />
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
            Close
          </button>
        </Notice>
      )}
    </div>
  );
}

/** A reset has a card of its own, in front of the panels. */
const workWords: Readonly<Record<Exclude<MachineWork, "reset">, string>> = {
  "new-shell": "Starting a new shell…",
  "restart-engine": "Restarting Docker…",
};

function Notice({ words, children }: { words: string; children?: ComponentChildren }) {
  return (
    <div class="sandbox-notice">
      <p>{words}</p>
      {children}
    </div>
  );
}
