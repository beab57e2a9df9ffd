import { render, type FunctionComponent } from "preact";
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Machine } from "../machine/contract.ts";
import { panelWords } from "../words/panels.ts";
import { pictureWords } from "../words/pictures.ts";
import { formatPanelLink } from "./panel-link.ts";
import { loadedPanels, type LoadedPanelName } from "./panels.ts";
import type { Workbench } from "./workbench.ts";
import "./live-figures.css";

export interface FigureViewProps {
  readonly machine: Machine;
  readonly bench: Workbench;
  /** What the author named, such as an image or a container; what is missing is the view's to say. */
  readonly of: string | undefined;
  readonly with: string | undefined;
}
export type FigureView = FunctionComponent<FigureViewProps>;

/** The pictures that can stand in a lesson's text, each named as its panel. */
const figures: Readonly<Record<string, { panel: LoadedPanelName; load: () => Promise<FigureView> }>> = {
  layers: { panel: "layers", load: async () => (await import("./layers/LayersFigure.tsx")).LayersFigure },
  processes: {
    panel: "processes",
    load: async () => (await import("./processes/ProcessesFigure.tsx")).ProcessesFigure,
  },
  build: { panel: "build", load: async () => (await import("./build/BuildFigure.tsx")).BuildFigure },
  engine: { panel: "engine", load: async () => (await import("./engine-map/EngineFigure.tsx")).EngineFigure },
  stacks: { panel: "stacks", load: async () => (await import("./stacks/StacksFigure.tsx")).StacksFigure },
};

/** Draws the picture that `place` asks for, from the learner's own engine. */
export function placeLiveFigure(place: HTMLElement, bench: Workbench): Disposable {
  const { live = "", of, with: other } = place.dataset;
  const figure = figures[live];
  if (figure === undefined) return { [Symbol.dispose]: () => undefined };
  // The words that stood there for it.
  place.replaceChildren();
  render(<LiveFigure bench={bench} of={of} with={other} {...figure} />, place);
  return { [Symbol.dispose]: () => render(null, place) };
}

interface LiveFigureProps extends Omit<FigureViewProps, "machine"> {
  readonly panel: LoadedPanelName;
  readonly load: () => Promise<FigureView>;
}

function LiveFigure({ bench, panel, load, of, with: other }: LiveFigureProps) {
  const View = useSignal<FigureView | undefined>(undefined);
  const failure = useSignal<string | undefined>(undefined);
  const state = bench.session.state.value;
  const machine = state.phase === "ready" || state.phase === "unresponsive" ? state.machine : undefined;
  const { what } = loadedPanels[panel];
  const isWanted = machine !== undefined;
  useEffect(() => {
    if (!isWanted || View.peek() !== undefined) return;
    load().then(
      (view) => (View.value = view),
      () => (failure.value = panelWords.notLoaded(what)),
    );
  }, [isWanted, View, failure, what, load]);
  const Loaded = View.value;
  const link = { panel, ...(of !== undefined && { of }), ...(other !== undefined && { with: other }) };
  return (
    <div class="live-figure">
      {machine === undefined || Loaded === undefined ? (
        <p>{failure.value ?? (machine === undefined ? pictureWords.needsMachine(what) : panelWords.opening(what))}</p>
      ) : (
        <Loaded machine={machine} bench={bench} of={of} with={other} />
      )}
      <a href={formatPanelLink(link)}>{pictureWords.openPanel}</a>
    </div>
  );
}
