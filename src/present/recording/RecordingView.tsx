import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import type { TerminalName } from "../../lessons/model.ts";
import type { Recording } from "../../lessons/recording.ts";
import { recordingWords as words } from "../../words/recording.ts";
import { currentRecording } from "./current-recording.ts";
import { RecordingControls } from "./RecordingControls.tsx";
import { RecordingDesk, type RecordingState } from "./recording-desk.ts";
import { takeKey } from "./recording-keys.ts";
import { RecordingTerminals } from "./recording-terminals.ts";
import { RecordingText } from "./RecordingText.tsx";
import { terminalTitle } from "./terminal-title.ts";
import type { Timeline } from "./timeline.ts";
import "./recording.css";

export interface RecordingViewProps {
  /** Address of the recording. */
  readonly source: string;
  /** There is something to go back to. */
  readonly onClose?: () => void;
}

/** A recording of a lesson's terminals, labelled as one, with a player and as text. Fills the place that it is put into. */
export function RecordingView({ source, onClose }: RecordingViewProps) {
  const desk = useMemo(
    () => new RecordingDesk({ source, isCalm, fetch: (address, options) => fetch(address, options) }),
    [source],
  );
  useEffect(() => {
    currentRecording.value = desk;
    void desk.load();
    return () => {
      currentRecording.value = undefined;
      desk[Symbol.dispose]();
    };
  }, [desk]);
  const state = desk.state.value;
  const region = useRef<HTMLElement>(null);
  // The button that it was opened with had the keyboard, and is gone.
  const [wantsFocus] = useState(() => document.activeElement === document.body);
  useEffect(() => {
    if (!wantsFocus) return;
    const find = (selector: string) => region.current?.querySelector<HTMLElement>(selector);
    (find(".recording-screens") ?? find(".recording-note button") ?? find("button"))?.focus();
  }, [wantsFocus, state.phase]);

  return (
    <section
      class="recording"
      ref={region}
      data-phase={state.phase}
      aria-label={state.phase === "ready" ? words.name(state.recording.header.title) : words.recording}
      onKeyDown={(event) => takeKey(event, desk)}
    >
      <div class="recording-label">
        {state.phase === "ready" && <Label recording={state.recording} timeline={state.timeline} />}
        {onClose && (
          <button type="button" onClick={onClose}>
            {words.close}
          </button>
        )}
      </div>
      {state.phase === "ready" ? (
        <Player desk={desk} recording={state.recording} timeline={state.timeline} />
      ) : (
        <Waiting state={state} onRetry={() => void desk.load()} />
      )}
    </section>
  );
}

function Label({ recording: { header }, timeline }: { recording: Recording; timeline: Timeline }) {
  const date = new Date(header.timestamp * 1000).toLocaleDateString("en-GB", {
    day: "numeric",
    month: "long",
    year: "numeric",
  });
  return (
    <p>
      <strong>{words.isRecording}</strong>
      {words.madeOn(date)} {words.pauses(timeline.longestPause)}
      {isCalm() && ` ${words.calm}`}
    </p>
  );
}

function Waiting({ state, onRetry }: { state: Exclude<RecordingState, { phase: "ready" }>; onRetry: () => void }) {
  if (state.phase !== "failed") {
    return (
      <p class="recording-note" role="status">
        {words.loading}
      </p>
    );
  }
  const isMalformed = state.reason === "malformed";
  return (
    <div class="recording-note" role="alert">
      <p>{isMalformed ? words.malformed(state.problem) : words.unreachable}</p>
      <button type="button" onClick={onRetry}>
        {words.tryAgain}
      </button>
    </div>
  );
}

function Player({ desk, recording, timeline }: { desk: RecordingDesk; recording: Recording; timeline: Timeline }) {
  const { width: columns, height: rows } = recording.header;
  const terminals = useMemo(() => new RecordingTerminals({ columns, rows }), [recording]);
  useLayoutEffect(() => {
    const shown = desk.attach(terminals);
    return () => {
      shown[Symbol.dispose]();
      terminals[Symbol.dispose]();
    };
  }, [desk, terminals]);
  return (
    <>
      {timeline.terminals.length > 1 && <TerminalChoice desk={desk} names={timeline.terminals} />}
      {/* A scrolled place that takes the keys of the player. */}
      <div class="recording-screens" tabIndex={0} role="group" aria-label={words.screen}>
        {timeline.terminals.map((name) => (
          <Screen key={name} desk={desk} terminals={terminals} name={name} />
        ))}
      </div>
      <RecordingControls desk={desk} isCalm={isCalm()} />
      <RecordingText recording={recording} />
    </>
  );
}

function TerminalChoice({ desk, names }: { desk: RecordingDesk; names: readonly TerminalName[] }) {
  return (
    <div class="recording-terminals" role="group" aria-label={words.terminals}>
      {names.map((name) => (
        <button
          key={name}
          type="button"
          aria-pressed={desk.terminal.value === name}
          onClick={() => desk.chooseTerminal(name)}
        >
          {terminalTitle(name)}
        </button>
      ))}
    </div>
  );
}

interface ScreenProps {
  readonly desk: RecordingDesk;
  readonly terminals: RecordingTerminals;
  readonly name: TerminalName;
}

function Screen({ desk, terminals, name }: ScreenProps) {
  const place = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (place.current === null) return;
    const mounted = terminals.mount(name, place.current);
    return () => mounted[Symbol.dispose]();
  }, [terminals, name]);
  return <div class="recording-screen" ref={place} aria-hidden="true" data-shown={desk.terminal.value === name} />;
}

function isCalm(): boolean {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}
