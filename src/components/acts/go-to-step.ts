import { showStep } from "../../sandbox/show-step.ts";

/** Goes to the step after or before the one that is read; tells whether there is one. Which step is open stays as it is. */
export function goToStep(way: "next" | "previous"): boolean {
  const steps = [...document.querySelectorAll<HTMLElement>(".reading [data-step]")];
  const at = steps.indexOf(readStep(steps) as HTMLElement);
  const step = steps[way === "next" ? at + 1 : at - 1];
  if (step?.dataset.step === undefined || (way === "previous" && at <= 0)) return false;
  showStep(step.dataset.step);
  return true;
}

/** Where the keyboard is, else the last one whose heading has come up to the top of the window. */
export function readStep(steps: readonly HTMLElement[]): HTMLElement | undefined {
  const focused = steps.find((step) => step.contains(document.activeElement));
  const third = innerHeight / 3;
  return focused ?? steps.findLast((step) => step.getBoundingClientRect().top < third);
}
