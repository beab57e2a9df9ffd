import { useSignal } from "@preact/signals";
import type { FunctionComponent } from "preact";
import { useEffect } from "preact/hooks";
import { terminalWords } from "../words/terminal.ts";
import type { Workbench } from "./workbench.ts";

type Part = FunctionComponent<{ bench: Workbench }>;

export interface LoadedPartProps {
  readonly bench: Workbench;
  /** Somebody asked for it, which the part itself sees too. */
  readonly isWanted: boolean;
  readonly load: () => Promise<Part>;
}

/** A dialog, a menu or a bar that is loaded when it is first asked for. Should that fail, it is said; the next request tries again. */
export function LoadedPart({ bench, isWanted, load }: LoadedPartProps) {
  const Loaded = useSignal<Part | undefined>(undefined);
  useEffect(() => {
    if (!isWanted || Loaded.peek() !== undefined) return;
    load().then(
      (part) => (Loaded.value = part),
      () => {
        bench.transfer.value = undefined;
        bench.resetting.value = undefined;
        bench.wantsRecording.value = false;
        bench.notice.value = terminalWords.dialogNotLoaded;
      },
    );
    // `load` is another function each time.
  }, [isWanted]);
  const View = Loaded.value;
  return View === undefined ? null : <View bench={bench} />;
}
