import type { ReadonlySignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { SmallMachineTimes } from "../../machine/small-machine.ts";
import type { TerminalPane } from "../terminal.ts";
import type { ContainerFigures } from "./container-meter.ts";
import { saySize, sayTime, shares } from "./figure-words.ts";
import type { SmallDesk, SmallState } from "./small-desk.ts";
import "./small-machine.css";
import { smallMachineWords } from "../../words/small-machine.ts";

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
    <section class="small-machine" aria-label={smallMachineWords.smallVirtualMachine}>
      <div class="small-machine-bar">
        <p role="status">{sayState(state)}</p>
        {isOn ? (
          <button type="button" class="quiet-button" onClick={() => desk.stop()}>
            {smallMachineWords.switchOff}
          </button>
        ) : (
          <button type="button" class="button" onClick={() => void desk.start()}>
            {desk.starts.value === 0 ? smallMachineWords.startSmallMachine : smallMachineWords.startAgain}
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
      return smallMachineWords.smallMachineSwitchedOff;
    case "running":
      return smallMachineWords.smallMachineRunsTerminal;
    case "failed":
      return state.words;
    case "starting":
      return state.status === undefined || state.status.phase === "downloading"
        ? smallMachineWords.fetchingKernelFileSystem
        : smallMachineWords.smallMachineStarts;
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
        <caption>{smallMachineWords.measuredOnYourDevice}</caption>
        <thead>
          <tr>
            <td />
            <th scope="col">{smallMachineWords.container}</th>
            <th scope="col">{smallMachineWords.virtualMachine}</th>
          </tr>
        </thead>
        <tbody>
          <Row
            title={smallMachineWords.start}
            values={[runMs, vmMs]}
            say={sayTime}
            notes={[
              run === undefined ? smallMachineWords.runOneTerminal : <code>{run.line}</code>,
              vmMs === undefined ? smallMachineWords.startAbove : sayParts(times),
            ]}
          />
          <tr>
            <th scope="row">{smallMachineWords.readyBefore}</th>
            <td>
              {engineMs === undefined ? smallMachineWords.engine : smallMachineWords.engineStart(sayTime(engineMs))}
              {engineMs === undefined && <small>{smallMachineWords.youMeasureLesson}</small>}
            </td>
            <td>{smallMachineWords.nothing}</td>
          </tr>
          <Row
            title={smallMachineWords.onDisk}
            values={[image?.bytes, disk]}
            say={saySize}
            notes={[
              image === undefined ? smallMachineWords.imagesSizeOnceYou : smallMachineWords.image(image.name),
              facts === undefined
                ? smallMachineWords.knownOnceStarted
                : smallMachineWords.kernelFiles(saySize(facts.kernelBytes), saySize(facts.unpackedBytes)),
            ]}
          />
          <Row
            title={smallMachineWords.memory}
            values={[memoryBytes, facts?.memoryBytes]}
            say={saySize}
            notes={[
              memoryBytes === undefined ? smallMachineWords.onceOneGoesOn : smallMachineWords.whatProcessesHold,
              facts === undefined ? smallMachineWords.knownOnceStarted : smallMachineWords.givenUsedNot,
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
    downloaded !== undefined && smallMachineWords.fetching(sayTime(downloaded)),
    emulator !== undefined && downloaded !== undefined && smallMachineWords.emulator(sayTime(emulator - downloaded)),
    kernel !== undefined && emulator !== undefined && smallMachineWords.kernel(sayTime(kernel - emulator)),
    program !== undefined && kernel !== undefined && smallMachineWords.initAndUname(sayTime(program - kernel)),
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
