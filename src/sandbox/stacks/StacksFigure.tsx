import { useRef } from "preact/hooks";
import { stacksWords as words } from "../../words/stacks.ts";
import type { FigureViewProps } from "../live-figures.tsx";
import { useOnScreen } from "../pictures/use-on-screen.ts";
import { StacksPicture } from "./StacksPicture.tsx";
import { useStacksDesk } from "./use-stacks-desk.ts";

/** Both stacks in a lesson's text. */
export function StacksFigure({ machine, bench }: FigureViewProps) {
  const place = useRef<HTMLDivElement>(null);
  const desk = useStacksDesk(machine, bench, useOnScreen(place));
  const view = desk.view.value;
  return (
    <div class="stacks-figure" ref={place}>
      {desk.problem.value !== undefined && <p role="alert">{desk.problem.value}</p>}
      {view === undefined ? <p>{words.measuring}</p> : <StacksPicture view={view} />}
    </div>
  );
}
