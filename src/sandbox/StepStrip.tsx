import { useEffect, useRef } from "preact/hooks";
import type { StepView } from "./lesson-run.ts";
import { showStep } from "./show-step.ts";
import type { Workbench } from "./workbench.ts";
import { stepWords } from "../words/steps.ts";

/** Where the learner is in the lesson, in one line that opens into the list of its steps. */
export function StepStrip({ bench }: { bench: Workbench }) {
  const details = useRef<HTMLDetailsElement>(null);
  const steps = bench.steps.value;

  useEffect(() => {
    const stop = new AbortController();
    const close = ({ target }: Event) => {
      const menu = details.current;
      if (menu?.open === true && !(target instanceof Node && menu.contains(target))) menu.open = false;
    };
    document.addEventListener("pointerdown", close, { signal: stop.signal });
    document.addEventListener("focusin", close, { signal: stop.signal });
    return () => stop.abort();
  }, []);

  if (steps.length === 0) return null;
  const now = steps.findIndex(({ isCurrent }) => isCurrent);
  const current = steps[now];
  const close = () => {
    if (details.current !== null) details.current.open = false;
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const menu = details.current;
    if (menu === null) return;
    if (event.key === "Escape" && menu.open) {
      close();
      menu.querySelector("summary")?.focus();
      return;
    }
    const buttons = [...menu.querySelectorAll<HTMLElement>("button:not(:disabled)")];
    const at = buttons.findIndex((button) => button === document.activeElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: buttons.length - 1 }[event.key];
    if (to === undefined || !menu.open) return;
    event.preventDefault();
    buttons.at(to % buttons.length)?.focus();
  };
  const goTo = (id: string) => {
    close();
    bench.desk.openStep(id);
    showStep(id);
  };
  const skip = (id: string) => {
    close();
    bench.desk.skipStep(id);
    showStep(bench.steps.peek().find(({ isCurrent }) => isCurrent)?.id ?? id);
  };
  return (
    <div class="step-strip">
      <details class="step-menu" ref={details} onKeyDown={onKeyDown}>
        <summary>
          <span class="step-dots" aria-hidden="true">
            {steps.map(({ id, state, isCurrent }) => (
              <span key={id} data-state={state} data-current={isCurrent ? "" : undefined} />
            ))}
          </span>
          <span class="step-now">
            {current === undefined ? describeEnd(steps) : stepWords.stepOf(now + 1, steps.length, current.title)}
          </span>
        </summary>
        <div class="step-menu-body">
          <ol>
            {steps.map((step, n) => (
              <li key={step.id} data-state={step.state}>
                <button type="button" aria-current={step.isCurrent ? "step" : undefined} onClick={() => goTo(step.id)}>
                  <span class="step-number">{n + 1}</span>
                  <span class="step-name">{step.title}</span>
                  <span class="step-words">{describe(step)}</span>
                </button>
              </li>
            ))}
          </ol>
          <div class="step-menu-acts">
            {current !== undefined && current.state !== "done" && (
              <button type="button" onClick={() => skip(current.id)}>
                {stepWords.skipStep}
              </button>
            )}
            {current !== undefined && (
              <button
                type="button"
                onClick={() => {
                  close();
                  bench.resetting.value = { step: current.id };
                }}
              >
                {stepWords.resetStep}
              </button>
            )}
            <button
              type="button"
              onClick={() => {
                close();
                bench.resetting.value = "lesson";
              }}
            >
              {stepWords.resetLesson}
            </button>
          </div>
        </div>
      </details>
    </div>
  );
}

function describe({ state, isCurrent, solutionSeen }: StepView): string {
  const words = { done: stepWords.stepDone, skipped: stepWords.stepSkipped, current: "", open: "" }[state];
  const all = [words, isCurrent ? stepWords.stepHere : "", solutionSeen ? stepWords.stepSolutionSeen : ""]
    .filter(Boolean)
    .join(", ");
  return all.charAt(0).toUpperCase() + all.slice(1);
}

function describeEnd(steps: readonly StepView[]): string {
  const skipped = steps.filter(({ state }) => state === "skipped").length;
  const done = steps.filter(({ state }) => state === "done").length;
  return skipped === 0 ? stepWords.allStepsDone(steps.length) : stepWords.stepsDoneSkipped(done, steps.length, skipped);
}
