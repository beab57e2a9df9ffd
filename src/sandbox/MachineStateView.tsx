import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { MachineStatus } from "../machine/contract.ts";
import type { WaitReason } from "./capability.ts";
import { describeWork } from "./command-queue.ts";
import { downloadBytes } from "./download-size.ts";
import { moment } from "./kept-words.ts";
import { standsStill, type Workbench } from "./workbench.ts";
import { machineWords } from "../words/machine.ts";

/** Stands in front of the panels while there is no machine: what it is doing, or why it waits, and what one can do. */
export function MachineStateView({ bench }: { bench: Workbench }) {
  const state = bench.session.state.value;
  const start = () => void bench.session.start();
  // The recording is over it.
  if (bench.isWatching.value) return null;
  if (bench.isResetting.value) {
    return (
      <Card title={machineWords.resettingMachine} bench={bench}>
        <Progress words={machineWords.backMachine} />
      </Card>
    );
  }
  switch (state.phase) {
    case "ready":
    case "resetting":
    case "unresponsive":
      return null;
    case "ending":
      return (
        <Card title={machineWords.machineAboutEnd} bench={bench}>
          <Progress words={machineWords.keepingYourWork} />
        </Card>
      );
    case "idle":
      return <Booting bench={bench} status={undefined} />;
    case "booting":
      return <Booting bench={bench} status={state.status} />;
    case "waiting":
      return (
        <Card title={waitTitles[state.reason]} bench={bench}>
          <p>{waitReasons[state.reason]}</p>
          {state.reason === "killed" && <KeptMachine bench={bench} />}
          <DownloadSize />
          <div class="dialog-buttons">
            <Button isMain onClick={() => void bench.session.start({ takeOver: state.reason === "taken" })}>
              {state.reason === "taken" ? machineWords.useHere : machineWords.startMachine}
            </Button>
            {state.reason === "killed" && <StartFresh bench={bench} />}
            <Recording bench={bench} />
          </div>
        </Card>
      );
    case "elsewhere":
      return (
        <Card title={machineWords.yourMachineRunsAnother} bench={bench}>
          <p>{machineWords.roomOneGoOn}</p>
          <Button isMain onClick={() => void bench.session.start({ takeOver: true })}>
            {machineWords.useHere}
          </Button>
        </Card>
      );
    case "unsupported":
      return (
        <Card title={machineWords.browserCannotRunMachine} bench={bench}>
          <p>{machineWords.itLacks(state.missing.join(", and "))}</p>
          <p>{machineWords.currentChromiumBrowsersChrome}</p>
          <NoRecording bench={bench} />
          <Recording bench={bench} />
        </Card>
      );
    case "failed":
      return (
        <Card title={machineWords.machineCouldNotStarted} bench={bench} isAlert>
          <p>{state.message}</p>
          <p>{state.hint}</p>
          <KeptMachine bench={bench} />
          <NoRecording bench={bench} />
          <div class="dialog-buttons">
            <Button isMain onClick={start}>
              {machineWords.tryAgain}
            </Button>
            <StartFresh bench={bench} />
            <Recording bench={bench} />
          </div>
        </Card>
      );
  }
}

const waitTitles: Readonly<Record<WaitReason, string>> = {
  phone: machineWords.startMachineQuestion,
  "little-memory": machineWords.startMachineQuestion,
  "save-data": machineWords.startMachineQuestion,
  killed: machineWords.machineDidNotGet,
  cancelled: machineWords.machineNotRunning,
  taken: machineWords.yourMachineRunsAnotherTab,
  deleted: machineWords.machineEnded,
};

const waitReasons: Readonly<Record<WaitReason, string>> = {
  phone: machineWords.wholeComputerWillRun,
  "little-memory": machineWords.wholeComputerWillRunTab,
  "save-data": machineWords.yourBrowserSetSave,
  killed: machineWords.tabClosedWhileStarted,
  cancelled: machineWords.textWorksWithoutStart,
  taken: machineWords.roomOneYourFiles,
  deleted: machineWords.yourWorkBrowserDeleted,
};

function Card(props: { title: string; bench: Workbench; isAlert?: boolean; children?: ComponentChildren }) {
  const waiting = props.bench.queue.waiting.value;
  return (
    <div class="machine-state" role={props.isAlert ? "alert" : undefined}>
      <div class="machine-card">
        <h2>{props.title}</h2>
        {props.children}
        {waiting.length > 0 && (
          <div class="machine-queue" role="status">
            <p>{machineWords.soonReady}</p>
            <ul>
              {waiting.map((work, n) => (
                <li key={n}>
                  <code>{describeWork(work)}</code>
                </li>
              ))}
            </ul>
          </div>
        )}
      </div>
    </div>
  );
}

/** Where a start begins from a kept machine, that may be what it fails at. */
function KeptMachine({ bench }: { bench: Workbench }) {
  const kept = bench.keeper.last.value;
  if (kept === undefined) return null;
  return <p>{machineWords.startBeginsMachineKept(moment(kept.savedAt, new Date()))}</p>;
}

function StartFresh({ bench }: { bench: Workbench }) {
  if (bench.keeper.last.value === undefined) return null;
  return <Button onClick={() => void bench.session.start({ isFresh: true })}>{machineWords.startFreshMachine}</Button>;
}

function Recording({ bench }: { bench: Workbench }) {
  if (bench.recording.value === undefined || !standsStill(bench.session.state.value)) return null;
  return (
    <button type="button" class="plain-button" data-watch onClick={() => (bench.wantsRecording.value = true)}>
      {machineWords.watchRecording}
    </button>
  );
}

function NoRecording({ bench }: { bench: Workbench }) {
  if (bench.lesson.value === null || bench.recording.value !== undefined) return null;
  return <p>{machineWords.noRecording}</p>;
}

function Booting({ bench, status }: { bench: Workbench; status: MachineStatus | undefined }) {
  return (
    <Card title={machineWords.yourMachineOnWay} bench={bench}>
      <BootProgress status={status} />
      <Button onClick={() => bench.session.cancel()}>{machineWords.cancel}</Button>
    </Card>
  );
}

function BootProgress({ status }: { status: MachineStatus | undefined }) {
  if (status?.phase === "downloading" && status.totalBytes > 0) {
    const { loadedBytes, totalBytes } = status;
    const words = machineWords.gettingMachineMB(megabytes(loadedBytes), megabytes(totalBytes));
    return <Progress words={words} done={loadedBytes / totalBytes} />;
  }
  if (status?.phase === "restoring") return <Progress words={machineWords.wakingMachine} />;
  if (status?.phase === "starting" || status?.phase === "ready")
    return <Progress words={machineWords.waitingDockerEngine} />;
  return <Progress words={machineWords.gettingMachine} />;
}

function Progress({ words, done }: { words: string; done?: number }) {
  const percent = done === undefined ? undefined : Math.floor(done * 100);
  return (
    <div class="machine-progress">
      <p id="machine-progress-words">{words}</p>
      <div
        role="progressbar"
        aria-labelledby="machine-progress-words"
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={percent}
        data-busy={percent === undefined ? "" : undefined}
      >
        <span style={{ inlineSize: `${percent ?? 30}%` }} />
      </div>
    </div>
  );
}

function DownloadSize() {
  const [bytes, setBytes] = useState<number>();
  useEffect(() => {
    const stop = new AbortController();
    void downloadBytes(stop.signal).then(setBytes);
    return () => stop.abort();
  }, []);
  // The line is there from the start, so that nothing moves when the number comes.
  return <p class="machine-size">{bytes === undefined ? "\u00a0" : machineWords.loadsMBFirstTime(megabytes(bytes))}</p>;
}

function Button(props: { isMain?: boolean; onClick: () => void; children: ComponentChildren }) {
  return (
    <button type="button" class={props.isMain ? "main-button" : "plain-button"} onClick={props.onClick}>
      {props.children}
    </button>
  );
}

function megabytes(bytes: number): number {
  return Math.round(bytes / 1e6);
}
