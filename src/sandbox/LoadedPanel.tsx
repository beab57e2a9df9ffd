import { useSignal } from "@preact/signals";
import type { FunctionComponent } from "preact";
import { useEffect } from "preact/hooks";
import type { Machine } from "../machine/contract.ts";
import type { PanelName, Workbench } from "./workbench.ts";

interface LoadedPanelProps {
  readonly bench: Workbench;
  readonly name: PanelName;
  /** What it is to the reader, as in "the editor". */
  readonly what: string;
  /** Loads what it shows, when it is opened for the first time. */
  readonly load: () => Promise<PanelView>;
}

export type PanelView = FunctionComponent<{ machine: Machine; bench: Workbench }>;

/** A panel that needs a machine, and whose view is loaded when it is opened. */
export function LoadedPanel({ bench, name, what, load }: LoadedPanelProps) {
  const View = useSignal<PanelView | undefined>(undefined);
  const failure = useSignal<string | undefined>(undefined);
  const isShown = bench.panel.value === name;
  const state = bench.session.state.value;
  const machine = state.phase === "ready" || state.phase === "unresponsive" ? state.machine : undefined;

  useEffect(() => {
    if (!isShown || View.peek() !== undefined) return;
    failure.value = undefined;
    load().then(
      (view) => (View.value = view),
      () => (failure.value = `${what} could not be loaded. Look at your connection, then open this again.`),
    );
  }, [isShown, View, failure, what, load]);

  const Loaded = View.value;
  return (
    <section
      class={`${name}-panel`}
      role="tabpanel"
      id={`panel-${name}`}
      aria-labelledby={`tab-${name}`}
      hidden={!isShown}
      inert={machine === undefined || bench.isResetting.value}
    >
      {Loaded !== undefined && machine !== undefined ? (
        <Loaded machine={machine} bench={bench} />
      ) : (
        <p class="panel-note">{failure.value ?? `${what} is opened…`}</p>
      )}
    </section>
  );
}
