import { findCurrentStep, withSolutionSeen } from "../lessons/progress.ts";
import { loadProgress, updateProgress } from "./progress-store.ts";
import { lessonTextWords } from "../words/lesson-text.ts";

/**
 * What the text of a lesson does by itself: Copy, remembering which hints and solutions were opened, and going to where the
 * reader was.
 */
document.addEventListener("astro:page-load", resumeReading);

document.addEventListener("click", ({ target }) => {
  const button = target instanceof Element ? target.closest<HTMLElement>("[data-copy]") : null;
  if (button) void copy(button);
});

// "toggle" does not bubble.
document.addEventListener(
  "toggle",
  ({ target }) => {
    if (!(target instanceof HTMLDetailsElement) || !target.open) return;
    if (target.matches(".hint")) target.dataset.seen = "";
    if (target.matches("[data-solution]")) rememberSolution(target);
  },
  { capture: true },
);

async function copy(button: HTMLElement): Promise<void> {
  const figure = button.closest<HTMLElement>("figure");
  const text = figure?.dataset.command ?? figure?.dataset.content ?? "";
  const label = (button.dataset.label ??= button.textContent);
  try {
    await navigator.clipboard.writeText(text);
    button.textContent = lessonTextWords.copied;
  } catch {
    // Without permission the reader can still copy by hand what is selected for them.
    const code = figure?.querySelector("pre");
    if (code) getSelection()?.selectAllChildren(code);
    button.textContent = lessonTextWords.pressCtrlC;
  }
  button.addEventListener("blur", () => (button.textContent = label), { once: true });
  button.addEventListener("pointerleave", () => (button.textContent = label), { once: true });
}

function rememberSolution(solution: HTMLElement): void {
  const step = solution.closest<HTMLElement>("[data-step]")?.dataset.step;
  const lesson = document.querySelector<HTMLElement>("[data-lesson]")?.dataset.lesson;
  if (step && lesson) updateProgress((progress) => withSolutionSeen(progress, lesson, step));
}

/** Only where nothing else says what is to be seen: an address with a fragment, or the browser, which restores the place. */
function resumeReading(): void {
  const lesson = document.querySelector<HTMLElement>("[data-lesson]");
  const id = lesson?.dataset.lesson;
  if (!lesson || id === undefined || location.hash !== "" || scrollY > 0) return;
  const steps = [...lesson.querySelectorAll<HTMLElement>("[data-step]")];
  const current = findCurrentStep(
    loadProgress(),
    id,
    steps.map(({ dataset }) => dataset.step ?? ""),
  );
  const section = steps.find(({ dataset }) => dataset.step === current);
  // Before the first step lies what the lesson is about.
  if (section === undefined || section === steps[0]) return;
  if (window.parent === window) section.scrollIntoView({ behavior: "instant", block: "start" });
  // That would scroll a page around this one, too.
  else {
    const { scrollMarginTop } = getComputedStyle(section);
    const top = section.getBoundingClientRect().top + scrollY - Number.parseFloat(scrollMarginTop);
    scrollTo({ top, behavior: "instant" });
  }
}
