import { showStep } from "../../sandbox/show-step.ts";

/** Goes to the step after or before the one that is read. Answers its id, or undefined where there is none. */
export function goToStep(way: "next" | "previous"): string | undefined {
  const steps = allSteps();
  const read = readStep(steps);
  const at = read === undefined ? -1 : steps.indexOf(read);
  const id = (way === "next" ? steps[at + 1] : at > 0 ? steps[at - 1] : undefined)?.dataset.step;
  if (id !== undefined) showStep(id);
  return id;
}

export function allSteps(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>(".reading [data-step]")];
}

/** Where the keyboard is, else the last one whose heading has come up to the top of the window. */
export function readStep(steps: readonly HTMLElement[]): HTMLElement | undefined {
  const focused = steps.find((step) => step.contains(document.activeElement));
  const third = innerHeight / 3;
  return focused ?? steps.findLast((step) => step.getBoundingClientRect().top < third);
}
