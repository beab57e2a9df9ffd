import { allSteps, readStep } from "./go-to-step.ts";

const ran = new WeakSet<Element>();

document.addEventListener(
  "click",
  ({ target }) => {
    const button = target instanceof Element ? target.closest("[data-run]") : null;
    const block = button?.closest("figure");
    if (block) ran.add(block);
  },
  { capture: true },
);

/**
 * Presses Run on the command after the last one that was run: of the step that is read, or of the page where there are no steps. Tells whether there is one. What hints and solutions hold is not run unasked.
 */
export function runNext(): boolean {
  const steps = allSteps();
  const step = readStep(steps) ?? steps.find((one) => one.matches("[aria-current]")) ?? steps[0];
  const place = step ?? document.querySelector(".reading article");
  const blocks = [...(place?.querySelectorAll("figure:has([data-run])") ?? [])].filter(
    (block) => block.closest("details") === null,
  );
  const next = blocks[blocks.findLastIndex((block) => ran.has(block)) + 1];
  const button = next?.querySelector<HTMLElement>("[data-run]");
  if (!next || !button) return false;
  next.scrollIntoView({ behavior: "instant", block: "nearest" });
  button.click();
  return true;
}
