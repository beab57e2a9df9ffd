import { useEffect, useRef } from "preact/hooks";
import { layersWords as words } from "../../words/layers.ts";
import type { FigureViewProps } from "../live-figures.tsx";
import { useOnScreen } from "../pictures/use-on-screen.ts";
import { ComparisonView } from "./ComparisonView.tsx";
import { LayerFiles } from "./LayerFiles.tsx";
import { Stack } from "./Stack.tsx";
import { useLayersDesk } from "./use-layers-desk.ts";
import "./layers-figure.css";

/** The stack of one image or container in a lesson's text, or two of them; a layer that is chosen opens below. */
export function LayersFigure({ machine, bench, of, with: other }: FigureViewProps) {
  const place = useRef<HTMLDivElement>(null);
  const isOnScreen = useOnScreen(place);
  const desk = useLayersDesk(machine, "figure", isOnScreen);
  const changes = bench.engineChanges.value;
  const isThere = isOnScreen && bench.engineAnswers.value && !bench.isResetting.value;
  useEffect(() => {
    if (isThere) void desk.lookFor({ of, with: other });
  }, [desk, isThere, changes, of, other]);

  const view = desk.view.value;
  const compared = desk.comparison.value;
  const shown = desk.side.value === "with" ? compared?.with : view;
  const missing = desk.missing.value;
  return (
    <div class="layers-figure" ref={place}>
      {desk.problem.value !== undefined && <p role="alert">{desk.problem.value}</p>}
      <p role="status">
        {missing.length > 0
          ? words.missingYet(missing)
          : view === undefined && desk.problem.value === undefined && words.reading}
      </p>
      {view !== undefined &&
        (compared ? <ComparisonView desk={desk} compared={compared} /> : <Stack desk={desk} view={view} />)}
      {view !== undefined && desk.layer.value !== undefined && <LayerFiles desk={desk} view={shown ?? view} />}
    </div>
  );
}
