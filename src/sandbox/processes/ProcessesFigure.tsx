import { useEffect, useMemo, useRef } from "preact/hooks";
import { systemClock } from "../../checks/clock.ts";
import { createEngine } from "../../engine/create-engine.ts";
import { processWords as words } from "../../words/processes.ts";
import type { FigureViewProps } from "../live-figures.tsx";
import { wholeMachine } from "./history.ts";
import { Meter } from "./Meters.tsx";
import { ProcessesDesk } from "./processes-desk.ts";
import { useOnScreen } from "../pictures/use-on-screen.ts";
import { ProcessFacts } from "./ProcessFacts.tsx";
import { ProcessTree } from "./ProcessTree.tsx";
import { useWatch } from "./use-watch.ts";
import "./processes.css";

/** The processes and limits of one container in a lesson's text, or of the whole machine. */
export function ProcessesFigure({ machine, bench, of }: FigureViewProps) {
  const desk = useMemo(() => new ProcessesDesk(createEngine(machine), machine, systemClock), [machine]);
  useEffect(() => () => desk[Symbol.dispose](), [desk]);
  useEffect(() => desk.choose(of ?? wholeMachine), [desk, of]);
  const place = useRef<HTMLDivElement>(null);
  useWatch(desk, bench, useOnScreen(place));

  const picture = desk.picture.value;
  const subject = desk.shown.value[0];
  return (
    <div ref={place} class="processes-figure">
      {desk.problem.value !== undefined && <p role="alert">{desk.problem.value}</p>}
      {picture === undefined && <p>{words.opening}</p>}
      {picture !== undefined && subject === undefined && of !== undefined && <p>{words.notRunning(of)}</p>}
      {picture !== undefined && subject !== undefined && (
        <>
          <ProcessTree desk={desk} picture={picture} container={subject.container?.id} />
          <ProcessFacts desk={desk} bench={bench} picture={picture} />
          <Meter subject={subject} cpus={picture.machine.cpus} />
        </>
      )}
    </div>
  );
}
