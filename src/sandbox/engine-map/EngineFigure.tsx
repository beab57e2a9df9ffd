import { useEffect, useRef } from "preact/hooks";
import { engineMapWords as words } from "../../words/engine-map.ts";
import type { FigureViewProps } from "../live-figures.tsx";
import { useOnScreen } from "../pictures/use-on-screen.ts";
import { EngineMapView } from "./EngineMapView.tsx";
import { noteOf, relationsOf } from "./map-text.ts";
import { useEngineDesk } from "./use-engine-desk.ts";

/** The map of the engine in a lesson's text; what is chosen is told in a sentence below. */
export function EngineFigure({ machine, bench, of, with: kind }: FigureViewProps) {
  const place = useRef<HTMLDivElement>(null);
  const isSeen = useOnScreen(place);
  const { desk, isThere } = useEngineDesk(machine, bench, isSeen);
  const isLookedFor = useRef(false);
  useEffect(() => {
    // Once: from then on the reader chooses.
    if (!isSeen || !isThere || of === undefined || isLookedFor.current) return;
    isLookedFor.current = true;
    void desk.lookFor(of, kind);
  }, [desk, isSeen, isThere, of, kind]);
  const map = desk.map.value;
  const thing = desk.byKey.value.get(desk.chosen.value ?? "");
  return (
    <div class="engine-figure" ref={place}>
      {desk.problem.value !== undefined && <p role="alert">{desk.problem.value}</p>}
      {map === undefined ? (
        <p>{words.reading}</p>
      ) : (
        <>
          <div class="engine-scroll">
            <EngineMapView desk={desk} map={map} find="" />
          </div>
          <p>
            {thing === undefined ? words.figureHint : `${thing.name}, ${noteOf(thing)}: ${relationsOf(map)(thing)}.`}
          </p>
        </>
      )}
    </div>
  );
}
