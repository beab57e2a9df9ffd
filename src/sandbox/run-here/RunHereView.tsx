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
  const isUnderWay = ["looking", "booting", "starting", "running"].includes(state.phase);
  const hasRun = isUnderWay || state.phase === "ended";
  return (
    <div class="run-here" data-phase={state.phase}>
      <div class="run-here-bar">
        {isUnderWay ? (
          <button type="button" class="run-here-act" onClick={() => desk.stop()}>
            {runHereWords.stop}
          </button>
        ) : (
          <RunButton desk={desk} state={state} />
        )}
        <p role="status">{describe(state, port)}</p>
      </div>
      {state.phase === "failed" && <Failure state={state} instead={instead} />}
      {hasRun && <Output text={desk.output.value} />}
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

function RunButton({ desk, state }: { desk: RunHereDesk; state: RunHereState }) {
  if (state.phase === "failed" && endsWithPage.includes(state.code)) {
    return (
      <button type="button" class="run-here-act" onClick={() => location.reload()}>
        {runHereWords.reload}
      </button>
    );
  }
  const { run, retry, again } = runHereWords;
  return (
    <button type="button" class="run-here-act" data-first={state.phase === "idle"} onClick={() => void desk.run()}>
      {state.phase === "idle" ? run : state.phase === "failed" ? retry : again}
    </button>
  );
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
