import { effect } from "@preact/signals";
import type { Lesson } from "../lessons/model.ts";
import type { StepView } from "./lesson-run.ts";
import type { Workbench } from "./workbench.ts";

/** Joins the workbench to the page around it: its lesson, the steps in its text, and its buttons. */
export function joinPage(workbench: Workbench): Disposable {
  const stop = new AbortController();
  const { signal } = stop;
  const read = () => workbench.open(readLesson(document));
  read();
  document.addEventListener("astro:page-load", read, { signal });
  document.addEventListener("click", (event) => onClick(event, workbench), { signal });
  const end = effect(() => showSteps(workbench.steps.value, document));
  return {
    [Symbol.dispose]() {
      stop.abort();
      end();
    },
  };
}

/** The page's own data, made by the same build; `null` on a page without a lesson. */
function readLesson(page: Document): Lesson | null {
  const text = page.querySelector("#lesson-data")?.textContent;
  return text ? (JSON.parse(text) as Lesson | null) : null;
}

function onClick({ target }: Event, workbench: Workbench): void {
  if (!(target instanceof Element)) return;
  if (target.closest("[data-check-again]") !== null) workbench.checkAgain();
  const figure = target.closest("button[data-run]")?.closest<HTMLElement>("figure.command");
  const command = figure?.dataset.command;
  if (command === undefined) return;
  const terminal = Number(figure?.dataset.terminal ?? "1");
  workbench.run({ command, terminal: Math.min(Math.max(terminal, 1), 3) - 1 });
}

function showSteps(steps: readonly StepView[], page: Document): void {
  for (const { id, state, status } of steps) {
    const section = page.querySelector<HTMLElement>(`section.step[data-step="${CSS.escape(id)}"]`);
    if (section === null) continue;
    if (state === "done" && section.dataset.state === "current") section.dataset.justDone = "";
    if (section.dataset.state !== state) section.dataset.state = state;
    const line = section.querySelector<HTMLElement>("[data-step-status]");
    const words = state === "done" ? "Done." : status === "" ? "" : `Not yet. ${status}`;
    // The same words again would be read aloud again.
    if (line !== null && line.textContent !== words) line.textContent = words;
    const again = section.querySelector<HTMLButtonElement>("[data-check-again]");
    if (again !== null) again.hidden = state !== "current" || status === "";
  }
}
