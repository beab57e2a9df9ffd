import type { ReadonlySignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { SmallMachineTimes } from "../../machine/small-machine.ts";
import type { TerminalPane } from "../terminal.ts";
import type { ContainerFigures } from "./container-meter.ts";
import { saySize, sayTime, shares } from "./figure-words.ts";
import type { SmallDesk, SmallState } from "./small-desk.ts";
import "./small-machine.css";

export interface SmallMachineViewProps {
  desk: SmallDesk;
  figures: ReadonlySignal<ContainerFigures>;
  createPane: () => TerminalPane;
}

/** The small machine in a lesson's text: its switch, its console, and what it takes beside what a container takes. */
export function SmallMachineView({ desk, figures, createPane }: SmallMachineViewProps) {
  const state = desk.state.value;
  const isOn = state.phase === "starting" || state.phase === "running";
  return (
    <section class="small-machine" aria-label="Small virtual machine">
      <div class="small-machine-bar">
        <p role="status">{sayState(state)}</p>
        {isOn ? (
          <button type="button" class="quiet-button" onClick={() => desk.stop()}>
            Switch it off
          </button>
        ) : (
          <button type="button" class="button" onClick={() => void desk.start()}>
            {desk.starts.value === 0 ? "Start the small machine" : "Start it again"}
          </button>
        )}
      </div>
      <SmallTerminal desk={desk} createPane={createPane} isOn={isOn} />
      <Comparison desk={desk} figures={figures.value} />
    </section>
  );
}

function sayState(state: SmallState): string {
  switch (state.phase) {
    case "off":
      return "The small machine is switched off.";
    case "running":
      return "The small machine runs. Its terminal is below.";
    case "failed":
      return state.words;
    case "starting":
      return state.status === undefined || state.status.phase === "downloading"
        ? "Fetching a kernel and a file system…"
        : "The small machine starts…";
  }
}

type SmallTerminalProps = Pick<SmallMachineViewProps, "desk" | "createPane"> & { isOn: boolean };

/** A terminal keeps the Tab key for its shell, so it is passed over while there is none. */
function SmallTerminal({ desk, createPane, isOn }: SmallTerminalProps) {
  const screen = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (screen.current === null) return;
    const pane = createPane();
    pane.mount(screen.current);
    pane.fit();
    const shown = [pane.connect(desk.console), desk.show(), pane];
    return () => {
      for (const each of shown) each[Symbol.dispose]();
    };
  }, [desk, createPane]);
  return <div class="small-machine-screen" ref={screen} inert={!isOn} />;
}

function Comparison({ desk, figures }: { desk: SmallDesk; figures: ContainerFigures }) {
  const { run, image, memoryBytes, engineMs } = figures;
  const times = desk.times.value;
  const facts = desk.facts.value;
  const state = desk.state.value;
  const startedAt = state.phase === "starting" && times.program === undefined ? state.since : undefined;
  const runningSince = run !== undefined && run.ms === undefined ? run.since : undefined;
  const now = useNow(startedAt !== undefined || runningSince !== undefined);
  const vmMs = times.program ?? (startedAt === undefined ? undefined : now - startedAt);
  const runMs = run?.ms ?? (runningSince === undefined ? undefined : now - runningSince);
  const disk = facts && facts.kernelBytes + facts.unpackedBytes;
  return (
    <div class="small-machine-figures">
      <table>
        <caption>Measured on your device, just now</caption>
        <thead>
          <tr>
            <td />
            <th scope="col">Container</th>
            <th scope="col">Virtual machine</th>
          </tr>
        </thead>
        <tbody>
          <Row
            title="Start"
            values={[runMs, vmMs]}
            say={sayTime}
            notes={[
              run === undefined ? "Run one in the terminal." : <code>{run.line}</code>,
              vmMs === undefined ? "Start it above." : sayParts(times),
            ]}
          />
          <tr>
            <th scope="row">Ready before that</th>
            <td>
              Docker Engine{engineMs === undefined ? "" : `: ${sayTime(engineMs)} to start`}
              {engineMs === undefined && <small>You measure it in this lesson.</small>}
            </td>
            <td>Nothing</td>
          </tr>
          <Row
            title="On disk"
            values={[image?.bytes, disk]}
            say={saySize}
            notes={[
              image === undefined ? "The image’s size, once you run one." : `image ${image.name}`,
              facts === undefined
                ? "Known once it has started."
                : `kernel ${saySize(facts.kernelBytes)}, files ${saySize(facts.unpackedBytes)}`,
            ]}
          />
          <Row
            title="Memory"
            values={[memoryBytes, facts?.memoryBytes]}
            say={saySize}
            notes={[
              memoryBytes === undefined ? "Once one goes on running." : "what its processes hold",
              facts === undefined ? "Known once it has started." : "given to it, used or not",
            ]}
          />
        </tbody>
      </table>
    </div>
  );
}

type Pair<T> = readonly [container: T, machine: T];

interface RowProps {
  title: string;
  values: Pair<number | undefined>;
  say: (value: number) => string;
  notes: Pair<ComponentChildren>;
}

/** Two figures with their bars; who does not see the bars has the figures. */
function Row({ title, values, say, notes }: RowProps) {
  const lengths = shares(values);
  return (
    <tr>
      <th scope="row">{title}</th>
      {values.map((value, n) => (
        <td key={n}>
          {value !== undefined && <strong>{say(value)}</strong>}
          <span class="small-machine-bar-track" aria-hidden="true">
            <span style={{ inlineSize: `${(lengths[n] ?? 0) * 100}%` }} />
          </span>
          <small>{notes[n]}</small>
        </td>
      ))}
    </tr>
  );
}

function sayParts({ downloaded, emulator, kernel, program }: SmallMachineTimes): string {
  const parts = [
    downloaded !== undefined && `fetching ${sayTime(downloaded)}`,
    emulator !== undefined && downloaded !== undefined && `emulator ${sayTime(emulator - downloaded)}`,
    kernel !== undefined && emulator !== undefined && `kernel ${sayTime(kernel - emulator)}`,
    program !== undefined && kernel !== undefined && `init and uname ${sayTime(program - kernel)}`,
  ];
  return parts.filter((part) => part !== false).join(", ");
}

/** The time by `performance.now`, while something is to be seen going on. */
function useNow(isTicking: boolean): number {
  const [now, setNow] = useState(performance.now());
  useEffect(() => {
    if (!isTicking) return;
    const isCalm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const timer = setInterval(() => setNow(performance.now()), isCalm ? 1000 : 100);
    return () => clearInterval(timer);
  }, [isTicking]);
  return now;
}
