import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { MachineStatus } from "../machine/contract.ts";
import type { WaitReason } from "./capability.ts";
import { describeWork } from "./command-queue.ts";
import { downloadBytes } from "./download-size.ts";
import { moment } from "./kept-words.ts";
import type { Workbench } from "./workbench.ts";

/** Stands in front of the panels while there is no machine: what it is doing, or why it waits, and what one can do. */
export function MachineStateView({ bench }: { bench: Workbench }) {
  const state = bench.session.state.value;
  const start = () => void bench.session.start();
  if (bench.isResetting.value) {
    return (
      <Card title="Resetting the machine" bench={bench}>
        <Progress words="Back to the machine as it was" />
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
        <Card title="The machine is about to end" bench={bench}>
          <Progress words="Keeping your work" />
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
              {state.reason === "taken" ? "Use it here" : "Start the machine"}
            </Button>
            {state.reason === "killed" && <StartFresh bench={bench} />}
          </div>
        </Card>
      );
    case "elsewhere":
      return (
        <Card title="Your machine runs in another tab" bench={bench}>
          <p>There is room for one. Go on in that tab, or use a fresh machine here: the other one then ends.</p>
          <Button isMain onClick={() => void bench.session.start({ takeOver: true })}>
            Use it here
          </Button>
        </Card>
      );
    case "unsupported":
      return (
        <Card title="This browser cannot run the machine" bench={bench}>
          <p>It lacks {state.missing.join(", and ")}.</p>
          <p>
            Current Chromium browsers (Chrome, Edge and others) and Firefox, on a computer with 4 GB of memory, work.
          </p>
        </Card>
      );
    case "failed":
      return (
        <Card title="The machine could not be started" bench={bench} isAlert>
          <p>{state.message}</p>
          <p>{state.hint}</p>
          <KeptMachine bench={bench} />
          <div class="dialog-buttons">
            <Button isMain onClick={start}>
              Try again
            </Button>
            <StartFresh bench={bench} />
          </div>
        </Card>
      );
  }
}

const waitTitles: Readonly<Record<WaitReason, string>> = {
  phone: "Start the machine?",
  "little-memory": "Start the machine?",
  "save-data": "Start the machine?",
  killed: "The machine did not get far last time",
  cancelled: "The machine is not running",
  taken: "Your machine runs in another tab now",
  deleted: "The machine has ended",
};

const waitReasons: Readonly<Record<WaitReason, string>> = {
  phone: "A whole computer will run in this tab. That takes about 1 GB of memory, and some battery.",
  "little-memory":
    "A whole computer will run in this tab. That takes about 1 GB of memory, and this device may not have it to spare.",
  "save-data": "Your browser is set to save data, so nothing has been loaded yet.",
  killed:
    "This tab was closed while it started, perhaps for want of memory. Close other tabs and programs before you try again.",
  cancelled: "The text works without it. Start it when you want to try something.",
  taken:
    "There is room for one. Your files and your progress are kept; what else there was went with this tab's machine.",
  deleted: "Your work in this browser was deleted, and this machine with it. What you do now begins anew.",
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
            <p>As soon as it is ready:</p>
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
  return (
    <p>
      The start begins from the machine that was kept {moment(kept.savedAt, new Date())}. A fresh machine needs less
      memory. The kept one stays until you decide about it.
    </p>
  );
}

function StartFresh({ bench }: { bench: Workbench }) {
  if (bench.keeper.last.value === undefined) return null;
  return <Button onClick={() => void bench.session.start({ isFresh: true })}>Start with a fresh machine</Button>;
}

function Booting({ bench, status }: { bench: Workbench; status: MachineStatus | undefined }) {
  return (
    <Card title="Your machine is on its way" bench={bench}>
      <BootProgress status={status} />
      <Button onClick={() => bench.session.cancel()}>Cancel</Button>
    </Card>
  );
}

function BootProgress({ status }: { status: MachineStatus | undefined }) {
  if (status?.phase === "downloading" && status.totalBytes > 0) {
    const { loadedBytes, totalBytes } = status;
    const words = `Getting the machine: ${megabytes(loadedBytes)} of ${megabytes(totalBytes)} MB`;
    return <Progress words={words} done={loadedBytes / totalBytes} />;
  }
  if (status?.phase === "restoring") return <Progress words="Waking the machine" />;
  if (status?.phase === "starting" || status?.phase === "ready") return <Progress words="Waiting for Docker Engine" />;
  return <Progress words="Getting the machine" />;
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
  return <p class="machine-size">{bytes === undefined ? "\u00a0" : `Loads ${megabytes(bytes)} MB the first time.`}</p>;
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
