import { RecordingView } from "../present/recording/RecordingView.tsx";
import type { Workbench } from "./workbench.ts";

/** The lesson's recording in place of the machine's terminals, while somebody watches it. */
export function WatchRecording({ bench }: { bench: Workbench }) {
  const source = bench.recording.value;
  if (!bench.isWatching.value || source === undefined) return null;
  const close = () => {
    bench.wantsRecording.value = false;
    // Back to the button that it was opened with, once that is there again.
    requestAnimationFrame(() => document.querySelector<HTMLElement>("#sandbox [data-watch]")?.focus());
  };
  return <RecordingView source={source} onClose={close} />;
}
