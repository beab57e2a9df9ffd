import { buildWords as words } from "../../words/build.ts";
import { ticksOf, timeScale } from "./build-picture.ts";
import { labelOf, type BuildView, type StepRow } from "./build-rows.ts";

/** One build, its steps on a common axis of time. */
export function BuildSteps({ view, isRead }: { view: BuildView; isRead: boolean }) {
  const { summary, sent, error, groups, durationMs, state, ref } = view;
  const time = timeScale(durationMs, 0, 1);
  return (
    <div class="build-steps">
      <p class="build-summary">
        <span class="build-chip" data-state={state}>
          {words.buildStates[state]}
        </span>
        {[summary, ...(sent === undefined ? [] : [sent])].join(", ")}
      </p>
      {error !== undefined && <p class="build-error">{error}</p>}
      {groups.length === 0 ? (
        <p>{isRead ? words.noSteps : words.readingSteps}</p>
      ) : (
        <ol class="build-axis" aria-label={words.timeAxis}>
          {ticksOf(time, 4).map(({ at, label }) => (
            <li key={label} style={{ "--at": at }}>
              {/* It would leave the axis. */}
              {at < 0.94 && label}
            </li>
          ))}
        </ol>
      )}
      {groups.map(({ key, title, steps }) => (
        <section key={`${ref} ${key}`} class="build-group">
          {title !== undefined && <h3>{title}</h3>}
          <ol>
            {steps.map((row) => (
              <Step key={row.step.digest} row={row} time={time} />
            ))}
          </ol>
        </section>
      ))}
    </div>
  );
}

function Step({ row, time }: { row: StepRow; time: (ms: number) => number }) {
  const { step, sentence, was, fromMs, toMs } = row;
  const lines = step.output.split("\n").filter((line) => line.trim() !== "");
  return (
    <li class="build-step" data-state={step.state} data-kind={step.kind}>
      <div class="build-line">
        <span class="build-chip" data-state={step.state}>
          {labelOf(step)}
        </span>
        {step.kind !== "other" && (
          <span class="build-number">
            {step.number}/{step.of}
          </span>
        )}
        {step.kind === "other" ? <span class="build-words">{step.words}</span> : <code>{step.words}</code>}
        {fromMs !== undefined && toMs !== undefined && <span class="build-time">{words.seconds(toMs - fromMs)}</span>}
      </div>
      {fromMs !== undefined && toMs !== undefined && (
        <div class="build-track" aria-hidden="true">
          <div style={{ "--from": time(fromMs), "--to": Math.min(1, time(toMs)) }} />
        </div>
      )}
      {sentence !== undefined && <p class="build-why">{sentence}</p>}
      {was !== undefined && (
        <dl class="build-change">
          <dt>{words.was}</dt>
          <dd>
            <del>{was}</del>
          </dd>
          <dt>{words.now}</dt>
          <dd>
            <ins>{step.words}</ins>
          </dd>
        </dl>
      )}
      {step.error !== undefined && <p class="build-error">{words.error(step.error)}</p>}
      {step.state === "running" && lines.length > 0 && <p class="build-said">{lines.at(-1)}</p>}
      {lines.length > 0 && (
        <details open={step.state === "failed"}>
          <summary>{words.output(lines.length)}</summary>
          {/* It scrolls, so the keyboard has to get into it. */}
          <pre tabIndex={0}>{step.output}</pre>
        </details>
      )}
    </li>
  );
}
