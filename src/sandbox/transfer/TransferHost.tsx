import { useSignal } from "@preact/signals";
import type { FunctionComponent } from "preact";
import { useEffect } from "preact/hooks";
import { paletteWords } from "../../words/palette.ts";
import type { Workbench } from "../workbench.ts";

type Dialogs = FunctionComponent<{ bench: Workbench }>;

/** The dialogs about files and text on their way, which are loaded when they are asked for. */
export function TransferHost({ bench }: { bench: Workbench }) {
  const Loaded = useSignal<Dialogs | undefined>(undefined);
  const isAsked = bench.transfer.value !== undefined;
  useEffect(() => {
    if (!isAsked || Loaded.peek() !== undefined) return;
    import("./TransferDialogs.tsx").then(
      ({ TransferDialogs }) => (Loaded.value = TransferDialogs),
      () => {
        bench.transfer.value = undefined;
        bench.notice.value = paletteWords.notLoaded;
      },
    );
  }, [isAsked, Loaded, bench]);
  const View = Loaded.value;
  return View === undefined ? null : <View bench={bench} />;
}
