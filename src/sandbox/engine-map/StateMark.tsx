import type { ContainerThing } from "./engine-map.ts";
import { stateShapes } from "./state-shapes.ts";

/** The state of a container as a shape, beside the word for it. */
export function StateMark({ state, exitCode }: Pick<ContainerThing, "state" | "exitCode">) {
  const isFailed = exitCode !== undefined && exitCode !== 0;
  return (
    <svg
      class="state-mark"
      viewBox="0 0 12 12"
      aria-hidden="true"
      data-state={state}
      data-failed={isFailed ? "" : undefined}
    >
      <path d={stateShapes[state]} fill-rule="evenodd" />
    </svg>
  );
}
