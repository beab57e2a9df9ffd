import type { Workbench } from "./workbench.ts";

/** Where the learner is in the lesson, in one line: "Step 3 of 7 · Write a Dockerfile". */
export function StepStrip({ bench }: { bench: Workbench }) {
  const steps = bench.steps.value;
  if (steps.length === 0) return null;
  const now = steps.findIndex(({ state }) => state === "current");
  const current = steps[now];
  return (
    <div class="step-strip">
      <ol aria-hidden="true">
        {steps.map(({ id, state }) => (
          <li key={id} data-state={state} />
        ))}
      </ol>
      {current === undefined ? (
        <p>All {steps.length} steps done</p>
      ) : (
        <p>
          Step {now + 1} of {steps.length} · <a href={`#step-${current.id}`}>{current.title}</a>
        </p>
      )}
    </div>
  );
}
