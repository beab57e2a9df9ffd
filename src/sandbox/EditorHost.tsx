import { useSignal } from "@preact/signals";
import type { FunctionComponent } from "preact";
import { useEffect } from "preact/hooks";
import type { Machine } from "../machine/contract.ts";
import type { Workbench } from "./workbench.ts";

/** The panel of the editor. What edits is loaded when it is opened for the first time. */
export function EditorHost({ bench }: { bench: Workbench }) {
  const View = useSignal<FunctionComponent<{ machine: Machine; bench: Workbench }> | undefined>(undefined);
  const failure = useSignal<string | undefined>(undefined);
  const isShown = bench.panel.value === "editor";
  const state = bench.session.state.value;
  const machine = state.phase === "ready" || state.phase === "unresponsive" ? state.machine : undefined;

  useEffect(() => {
    if (!isShown || View.peek() !== undefined) return;
    failure.value = undefined;
    import("./EditorPanel.tsx").then(
      ({ EditorPanel }) => (View.value = EditorPanel),
      () => (failure.value = "The editor could not be loaded. Look at your connection, then open it again."),
    );
  }, [isShown, View, failure]);

  const Editor = View.value;
  return (
    <section
      class="editor-panel"
      role="tabpanel"
      id="panel-editor"
      aria-labelledby="tab-editor"
      hidden={!isShown}
      inert={machine === undefined || bench.isResetting.value}
    >
      {Editor !== undefined && machine !== undefined ? (
        <Editor machine={machine} bench={bench} />
      ) : (
        <p class="editor-note">{failure.value ?? "Opening the editor…"}</p>
      )}
    </section>
  );
}
