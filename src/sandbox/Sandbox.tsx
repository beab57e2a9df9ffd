import { useLayoutEffect } from "preact/hooks";
import { BelowButton } from "./BelowButton.tsx";
import { currentBench } from "./current-bench.ts";
import { link } from "../components/link.ts";
import { addressOf } from "./download-size.ts";
import { joinPage } from "./lesson-page.ts";
import { LoadedPart } from "./LoadedPart.tsx";
import { LoadedPanel } from "./LoadedPanel.tsx";
import { MachineMenu } from "./MachineMenu.tsx";
import { MachineStateView } from "./MachineStateView.tsx";
import { Notices } from "./Notices.tsx";
import { PanelTabs } from "./PanelTabs.tsx";
import { loadedPanels, type LoadedPanelName } from "./panels.ts";
import { StepStrip } from "./StepStrip.tsx";
import { TerminalHost } from "./TerminalHost.tsx";
import { Workbench } from "./workbench.ts";
import "./sandbox.css";
import "./sandbox-bar.css";

/** The workbench beside a lesson: terminals, an editor, the steps, and the machine behind them. */
export default function Sandbox() {
  const bench = theWorkbench();
  // Before the first paint: the lesson's steps must not move what is below them.
  useLayoutEffect(() => {
    const page = joinPage(bench);
    const begin = setTimeout(() => bench.session.begin(), settleMs);
    return () => {
      clearTimeout(begin);
      page[Symbol.dispose]();
    };
  }, [bench]);

  return (
    <div class="sandbox">
      <div class="sandbox-bar">
        <PanelTabs bench={bench} />
        <BelowButton bench={bench} />
        <MachineMenu bench={bench} />
      </div>
      <StepStrip bench={bench} />
      <Notices bench={bench} />
      <LoadedPart
        bench={bench}
        isWanted={bench.resetting.value !== undefined}
        load={async () => (await import("./ResetDialog.tsx")).ResetDialog}
      />
      <LoadedPart
        bench={bench}
        isWanted={bench.transfer.value !== undefined}
        load={async () => (await import("./transfer/TransferDialog.tsx")).TransferDialog}
      />
      <div
        class="sandbox-panels"
        data-split={bench.below.value === undefined ? undefined : ""}
        style={{ "--below": `${bench.split.height.value}%` }}
      >
        {([0, 1, 2] as const).map((n) => (
          <TerminalHost key={n} bench={bench} number={n} />
        ))}
        {(Object.keys(loadedPanels) as LoadedPanelName[]).map((name) => (
          <LoadedPanel key={name} bench={bench} name={name} />
        ))}
        <LoadedPart bench={bench} isWanted={bench.below.value !== undefined} load={loadBelowBar} />
        <MachineStateView bench={bench} />
        <LoadedPart bench={bench} isWanted={bench.isWatching.value} load={loadRecording} />
      </div>
    </div>
  );
}

const loadRecording = async () => (await import("./WatchRecording.tsx")).WatchRecording;
const loadBelowBar = async () => (await import("./BelowBar.tsx")).BelowBar;

/** The text comes first: what the reader waits for is there before the machine asks for the network. */
const settleMs = 300;

/** One for the life of the page: the machine stays when the reader goes to another lesson. */
function theWorkbench(): Workbench {
  currentBench.value ??= new Workbench({
    manifestUrl: addressOf("manifest"),
    catalogueUrl: addressOf("catalogue"),
    imagesPage: link("images/"),
  });
  return currentBench.value;
}
