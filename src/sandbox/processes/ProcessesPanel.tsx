import { useEffect, useMemo } from "preact/hooks";
import { systemClock } from "../../checks/clock.ts";
import { createEngine } from "../../engine/create-engine.ts";
import type { Machine } from "../../machine/contract.ts";
import { processWords as words } from "../../words/processes.ts";
import { PictureTools, type TakeablePicture } from "../pictures/PictureTools.tsx";
import type { Workbench } from "../workbench.ts";
import { wholeMachine } from "./history.ts";
import { Meters } from "./Meters.tsx";
import { ProcessesDesk } from "./processes-desk.ts";
import { processesAsSvg } from "./processes-picture.ts";
import { processesAsText, type TakenView } from "./processes-text.ts";
import { ProcessFacts } from "./ProcessFacts.tsx";
import { ProcessTree } from "./ProcessTree.tsx";
import { useWatch } from "./use-watch.ts";
import "./processes.css";

/** The processes of the learner's own machine: their tree on the left, on the right what the machine and its containers use and may use. */
export function ProcessesPanel({ machine, bench }: { machine: Machine; bench: Workbench }) {
  const desk = useMemo(() => new ProcessesDesk(createEngine(machine), machine, systemClock), [machine]);
  useEffect(() => () => desk[Symbol.dispose](), [desk]);
  const asked = bench.asked.value;
  useEffect(() => {
    if (asked?.panel === "processes") desk.choose(asked.of);
  }, [desk, asked]);
  useWatch(desk, bench, bench.panel.value === "processes");

  const picture = desk.picture.value;
  return (
    <div class="processes">
      <div class="processes-bar">
        <Chooser desk={desk} />
        <button type="button" onClick={() => (desk.isPaused.value = !desk.isPaused.peek())}>
          {desk.isPaused.value ? words.goOn : words.pause}
        </button>
        {picture !== undefined && <PictureTools picture={takeable(desk)} />}
      </div>
      {desk.problem.value !== undefined && <p role="alert">{desk.problem.value}</p>}
      {picture === undefined ? (
        <p class="processes-note">{desk.problem.value === undefined && words.opening}</p>
      ) : (
        <div class="processes-body">
          <div class="processes-left">
            <ProcessTree desk={desk} picture={picture} />
            <ProcessFacts desk={desk} bench={bench} picture={picture} />
            <p class="processes-note">{lookInWords(desk)}</p>
          </div>
          <Meters desk={desk} picture={picture} />
        </div>
      )}
    </div>
  );
}

function Chooser({ desk }: { desk: ProcessesDesk }) {
  const chosen = desk.chosen.value;
  const names = desk.subjects.value.flatMap(({ container, name }) => (container === undefined ? [] : [name]));
  const isListed = chosen === undefined || chosen === wholeMachine || names.includes(chosen);
  return (
    <label>
      {words.chooserLabel}
      <select value={chosen ?? ""} onChange={({ currentTarget }) => desk.choose(currentTarget.value || undefined)}>
        <option value="">{words.all}</option>
        <option value={wholeMachine}>{words.machine}</option>
        {(names.length > 0 || !isListed) && (
          <optgroup label={words.containers}>
            {(isListed ? names : [chosen, ...names]).map((name) => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
          </optgroup>
        )}
      </select>
    </label>
  );
}

function lookInWords(desk: ProcessesDesk): string {
  if (desk.isPaused.value) return words.paused;
  const look = desk.shares.value?.look;
  return look === undefined ? "" : words.looking(Math.round(look * 100));
}

function takeable(desk: ProcessesDesk): TakeablePicture {
  const chosen = desk.chosen.value;
  return {
    name: words.fileName(chosen),
    link: { panel: "processes", ...(chosen !== undefined && { of: chosen }) },
    text: () => taken(desk, processesAsText),
    svg: () => taken(desk, processesAsSvg),
  };
}

function taken(desk: ProcessesDesk, take: (view: TakenView) => string): string {
  const picture = desk.picture.peek();
  if (picture === undefined) return "";
  const { shares, shown, names, tones } = desk;
  return take({
    picture,
    shares: shares.peek(),
    subjects: shown.peek(),
    names: names.peek(),
    tones: tones.peek(),
  });
}
