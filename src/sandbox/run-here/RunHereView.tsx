import { useEffect, useId, useRef } from "preact/hooks";
import { runHereWords, type ObstacleWords } from "../../words/run-here.ts";
import type { RunHereDesk, RunHereState } from "./run-here-desk.ts";
import type { Obstacle } from "./run-here-error.ts";
import "./run-here.css";

export interface RunHereViewProps {
  readonly desk: RunHereDesk;
  readonly port: number;
  /** What runs the same app in the sandbox. */
  readonly instead: string;
}

/** An app in the tab: a button, what it prints, and its page; or why not, and the sandbox instead. */
export function RunHereView({ desk, port, instead }: RunHereViewProps) {
  const state = desk.state.value;
  const hasOutput = ["starting", "running", "ended"].includes(state.phase) || desk.output.value !== "";
  const { label, act } = offer(desk, state);
  return (
    <div class="run-here" data-phase={state.phase}>
      <div class="run-here-bar">
        {/* One and the same button throughout: it keeps the keyboard. */}
        <button type="button" class="run-here-act" data-first={state.phase === "idle"} onClick={act}>
          {label}
        </button>
        <p role="status">{describe(state, port)}</p>
      </div>
      {state.phase === "failed" && <Failure state={state} instead={instead} />}
      {hasOutput && <Output text={desk.output.value} />}
      {state.phase === "running" && state.url !== undefined && (
        <iframe
          class="run-here-preview"
          src={state.url}
          title={runHereWords.preview(port)}
          allow="cross-origin-isolated"
        />
      )}
    </div>
  );
}

/** A boot that was begun cannot be begun again: only a new page can. */
const endsWithPage: readonly Obstacle[] = ["timeout", "refused", "broken"];

function offer(desk: RunHereDesk, state: RunHereState): { readonly label: string; readonly act: () => void } {
  const { run, again, retry, reload, stop } = runHereWords;
  const start = () => void desk.run();
  switch (state.phase) {
    case "idle":
      return { label: run, act: start };
    case "ended":
      return { label: again, act: start };
    case "failed":
      return endsWithPage.includes(state.code)
        ? { label: reload, act: () => location.reload() }
        : { label: retry, act: start };
    default:
      return { label: stop, act: () => desk.stop() };
  }
}

function Failure({ state, instead }: { state: RunHereState & { phase: "failed" }; instead: string }) {
  const id = useId();
  const words: ObstacleWords = runHereWords.obstacles[state.code];
  const isSaid = state.code === "refused" || state.code === "broken";
  return (
    <section class="run-here-failure" role="alert" aria-labelledby={id}>
      <h3 id={id}>{words.title}</h3>
      <p>{words.why}</p>
      {isSaid && <p>{runHereWords.vendorWords(state.message)}</p>}
      <p>{words.remedy}</p>
      <p>{runHereWords.insteadText}</p>
      <figure class="command" data-command={instead}>
        <pre>
          <code>{instead}</code>
        </pre>
        <div class="command-actions">
          <button type="button" data-run>
            {runHereWords.instead}
          </button>
        </div>
      </figure>
    </section>
  );
}

function Output({ text }: { text: string }) {
  const region = useRef<HTMLPreElement>(null);
  useEffect(() => {
    const element = region.current;
    if (element !== null) element.scrollTop = element.scrollHeight;
  }, [text]);
  return (
    <pre class="run-here-output" ref={region} role="log" aria-label={runHereWords.output} tabIndex={0}>
      {text === "" ? <span class="run-here-none">{runHereWords.noOutput}</span> : text}
    </pre>
  );
}

function describe(state: RunHereState, port: number): string {
  const { phases } = runHereWords;
  switch (state.phase) {
    case "failed":
      return "";
    case "running":
      return state.url === undefined ? phases.waiting(port) : phases.running;
    case "ended":
      return state.exitCode === undefined ? phases.stopped : phases.ended(state.exitCode);
    default:
      return phases[state.phase];
  }
}
