import { useSignal } from "@preact/signals";
import type { FunctionComponent } from "preact";
import { useEffect } from "preact/hooks";
import { terminalWords } from "../words/terminal.ts";
import type { Workbench } from "./workbench.ts";

type Dialog = FunctionComponent<{ bench: Workbench }>;

export interface LoadedDialogProps {
  readonly bench: Workbench;
  /** Somebody asked for it, which the dialog itself sees too. */
  readonly isWanted: boolean;
  readonly load: () => Promise<Dialog>;
}

/** A dialog that is loaded when it is first asked for. Should that fail, it is said; the next request tries again. */
export function LoadedDialog({ bench, isWanted, load }: LoadedDialogProps) {
  const Loaded = useSignal<Dialog | undefined>(undefined);
  useEffect(() => {
    if (!isWanted || Loaded.peek() !== undefined) return;
    load().then(
      (dialog) => (Loaded.value = dialog),
      () => {
        bench.transfer.value = undefined;
        bench.resetting.value = undefined;
        bench.notice.value = terminalWords.dialogNotLoaded;
      },
    );
    // `load` is another function each time.
  }, [isWanted]);
  const View = Loaded.value;
  return View === undefined ? null : <View bench={bench} />;
}
