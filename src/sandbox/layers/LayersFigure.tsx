import { useEffect, useMemo } from "preact/hooks";
import { createEngine } from "../../engine/create-engine.ts";
import type { FigureViewProps } from "../live-figures.tsx";
import { LayersDesk } from "./layers-desk.ts";
import { Stack } from "./LayersPanel.tsx";

/** The stack of one image or container, in a lesson's text. */
export function LayersFigure({ machine, bench, of }: FigureViewProps) {
  const desk = useMemo(() => new LayersDesk(createEngine(machine), machine), [machine]);
  useEffect(() => () => desk[Symbol.dispose](), [desk]);
  const changes = bench.engineChanges.value;
  const isThere = bench.engineAnswers.value && !bench.isResetting.value;
  useEffect(() => {
    if (isThere) void desk.lookFor(of);
  }, [desk, isThere, changes, of]);
  const view = desk.view.value;
  return (
    <>
      {desk.problem.value !== undefined && <p role="alert">{desk.problem.value}</p>}
      {view !== undefined && <Stack desk={desk} view={view} />}
    </>
  );
}
