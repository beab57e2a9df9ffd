import { useSignal } from "@preact/signals";
import type { FunctionComponent } from "preact";
import { useEffect } from "preact/hooks";
import type { Machine } from "../machine/contract.ts";
import { panelWords } from "../words/panels.ts";
import { loadedPanels, type LoadedPanelName } from "./panels.ts";
import type { Workbench } from "./workbench.ts";

export type PanelView = FunctionComponent<{ machine: Machine; bench: Workbench }>;

/** A panel that needs a machine, and whose view is loaded when it is opened. */
export function LoadedPanel({ bench, name }: { bench: Workbench; name: LoadedPanelName }) {
  const { what, load } = loadedPanels[name];
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
      () => (failure.value = panelWords.notLoaded(what)),
    );
  }, [isShown, View, failure, what, load]);

  const Loaded = View.value;
  return (
    <section
      class={`loaded-panel ${name}-panel`}
      role="tabpanel"
      id={`panel-${name}`}
      aria-labelledby={`tab-${name}`}
      hidden={!isShown}
      inert={machine === undefined || bench.isResetting.value}
    >
      {Loaded !== undefined && machine !== undefined ? (
        <Loaded machine={machine} bench={bench} />
      ) : (
        <p class="panel-note">{failure.value ?? panelWords.opening(what)}</p>
      )}
    </section>
  );
}
