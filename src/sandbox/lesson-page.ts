import { effect } from "@preact/signals";
import type { Lesson, QuizAnswer } from "../lessons/model.ts";
import { workbenchWords } from "../words/workbench.ts";
import type { StepView } from "./lesson-run.ts";
import { offeringAgain } from "./offering-again.ts";
import { showStep } from "./show-step.ts";
import type { Workbench } from "./workbench.ts";
import { stepWords } from "../words/steps.ts";

/** Joins the workbench to the page around it: its lesson, the steps in its text, and its buttons. */
export function joinPage(workbench: Workbench): Disposable {
  const stop = new AbortController();
  const { signal } = stop;
  const read = () => {
    const lesson = readLesson(document);
    // A page without a sandbox leaves everything as it is.
    if (lesson === undefined) return;
    workbench.desk.open(lesson);
    showRecording(document, workbench);
    workbench.placeSmall(document.querySelector<HTMLElement>("[data-small-machine]") ?? undefined);
    showSteps(workbench.steps.peek(), document);
    placeFigures();
    followAddress();
  };
  let figures: readonly Disposable[] = [];
  const placeFigures = () => {
    for (const figure of figures) figure[Symbol.dispose]();
    figures = [];
    const places = [...document.querySelectorAll<HTMLElement>("[data-live]")];
    if (places.length === 0) return;
    void offeringAgain(workbench.board, "figures", workbenchWords.figuresNotLoaded, async () => {
      const { placeLiveFigure } = await import("./live-figures.tsx");
      figures = places.filter((place) => place.isConnected).map((place) => placeLiveFigure(place, workbench));
    });
  };
  const followAddress = () => followLink(location.hash, workbench);
  read();
  addEventListener("hashchange", followAddress, { signal });
  document.addEventListener("astro:page-load", read, { signal });
  document.addEventListener("click", (event) => onClick(event, workbench), { signal });
  document.addEventListener("drydock:answer", (event) => onAnswer(event, workbench), { signal });
  const ends = [
    effect(() => showSteps(workbench.steps.value, document)),
    effect(() => {
      const reset = workbench.desk.resets.last.value;
      if (reset !== undefined) foldUp(reset.step, document);
    }),
  ];
  return {
    [Symbol.dispose]() {
      stop.abort();
      for (const figure of figures) figure[Symbol.dispose]();
      for (const end of ends) end();
    },
  };
}

/** The page's own data, made by the same build; `null` in the playground, `undefined` on a page without a sandbox. */
function readLesson(page: Document): Lesson | null | undefined {
  const text = page.querySelector("#lesson-data")?.textContent;
  return text ? (JSON.parse(text) as Lesson | null) : undefined;
}

function showRecording(page: Document, { recording, wantsRecording }: Workbench): void {
  const address = page.querySelector<HTMLElement>("#lesson-data")?.dataset.recording;
  if (address !== recording.peek()) wantsRecording.value = false;
  recording.value = address;
}

function onClick(event: Event, workbench: Workbench): void {
  const { target } = event;
  const anchor = target instanceof Element ? target.closest<HTMLAnchorElement>('a[href^="#panel="]') : null;
  if (anchor !== null) {
    // The address may say it already, and then a second click would do nothing.
    event.preventDefault();
    followLink(anchor.hash, workbench);
    return;
  }
  const button = target instanceof Element ? target.closest<HTMLElement>("button") : null;
  if (button === null) return;
  const step = button.closest<HTMLElement>("section.step")?.dataset.step;
  if (step !== undefined) onStepButton(button, step, workbench);
  const figure = button.closest<HTMLElement>("figure");
  if (figure === null) return;
  const { command, terminal = "1", interrupt, path, content } = figure.dataset;
  if (button.matches("[data-run]") && command !== undefined) {
    if (terminal === "vm") {
      workbench.runSmall(command);
      return;
    }
    const number = Math.min(Math.max(Number(terminal), 1), 3) - 1;
    workbench.run({ command, terminal: number, interrupt: interrupt !== undefined });
  }
  if (button.matches("[data-write]") && path !== undefined && content !== undefined) {
    workbench.run({ path, content, onWritten: () => confirm(button, stepWords.written) });
  }
}

/** What reads a link is loaded where there is one. */
function followLink(hash: string, workbench: Workbench): void {
  if (!hash.startsWith("#panel=")) return;
  void offeringAgain(workbench.board, "link", workbenchWords.linkNotLoaded, async () => {
    const { readPanelLink } = await import("./panel-link.ts");
    const link = readPanelLink(hash);
    if (link !== undefined) workbench.follow(link);
  });
}

function onStepButton(button: HTMLElement, step: string, workbench: Workbench): void {
  const { desk } = workbench;
  if (button.matches("[data-check-again]")) desk.checkAgain();
  if (button.matches("[data-reset-step]")) workbench.resetting.value = { step };
  if (button.matches("[data-open-step]")) {
    desk.openStep(step);
    showStep(step);
  }
  if (button.matches("[data-skip-step]")) {
    desk.skipStep(step);
    showStep(desk.steps.peek().find(({ isCurrent }) => isCurrent)?.id ?? step);
  }
  const next = button.matches("[data-next-step]") ? nextAfter(step, desk.steps.peek()) : undefined;
  if (next !== undefined) {
    desk.openStep(next.id);
    showStep(next.id);
  }
}

function onAnswer(event: Event, workbench: Workbench): void {
  if (!(event instanceof CustomEvent)) return;
  const { quiz, answer } = event.detail as { quiz: string; answer: QuizAnswer };
  void workbench.desk.answer(quiz, answer);
}

/** Says on a button that it has done its work, until the reader goes on. */
function confirm(button: HTMLElement, words: string): void {
  const label = (button.dataset.label ??= button.textContent);
  button.textContent = words;
  const status = document.createElement("span");
  status.className = "visually-hidden";
  status.setAttribute("role", "status");
  button.after(status);
  // A live region is only heard of when it changes.
  requestAnimationFrame(() => (status.textContent = words));
  const end = new AbortController();
  const restore = () => {
    end.abort();
    button.textContent = label;
    status.remove();
  };
  button.addEventListener("blur", restore, { signal: end.signal });
  button.addEventListener("pointerleave", restore, { signal: end.signal });
}

function nextAfter(step: string, steps: readonly StepView[]): StepView | undefined {
  const at = steps.findIndex(({ id }) => id === step);
  const isPending = ({ state }: StepView) => state === "open" || state === "skipped";
  return steps.slice(at + 1).find(isPending) ?? steps.find(isPending);
}

function showSteps(steps: readonly StepView[], page: Document): void {
  for (const view of steps) {
    const section = page.querySelector<HTMLElement>(`section.step[data-step="${CSS.escape(view.id)}"]`);
    if (section === null) continue;
    const { state, isCurrent, status } = view;
    if (state === "done" && section.dataset.state === "current") section.dataset.justDone = "";
    section.dataset.state = state;
    if (isCurrent) section.setAttribute("aria-current", "step");
    else section.removeAttribute("aria-current");
    const line = section.querySelector<HTMLElement>("[data-step-status]");
    const words = state === "done" ? stepWords.done : status === "" ? "" : stepWords.notYet(status);
    // The same words again would be read aloud again, and what was so before the page was opened is no news.
    if (line !== null && line.textContent !== words) {
      line.ariaLive = section.dataset.shown === undefined ? "off" : "polite";
      line.textContent = words;
    }
    section.dataset.shown = "";
    showControls(section, view, nextAfter(view.id, steps));
    for (const quiz of section.querySelectorAll<HTMLElement>("quiz-form[data-quiz]")) {
      showQuiz(quiz, view.rightQuizzes.includes(quiz.dataset.quiz ?? ""));
    }
  }
}

/** The form judges by itself; only what the run has counted as right is taken back when the run is reset. */
function showQuiz(quiz: HTMLElement, isRight: boolean): void {
  if (isRight) quiz.dataset.state = quiz.dataset.counted = "right";
  else if (quiz.dataset.counted !== undefined) {
    delete quiz.dataset.counted;
    delete quiz.dataset.state;
  }
}

function showControls(section: HTMLElement, view: StepView, next: StepView | undefined): void {
  const { state, isCurrent, status, solutionSeen } = view;
  const isDone = state === "done";
  const show = (name: string, isShown: boolean) => {
    const button = section.querySelector<HTMLElement>(`button[data-${name}]`);
    if (button !== null) button.hidden = !isShown;
    return button;
  };
  show("check-again", state === "current" && status !== "");
  const open = show("open-step", !isCurrent);
  const label = isDone ? stepWords.openAgain : state === "skipped" ? stepWords.returnStep : stepWords.openStep;
  if (open !== null && open.textContent !== label) {
    open.textContent = label;
    open.setAttribute("aria-label", `${label}: ${view.title}`);
  }
  show("skip-step", isCurrent && !isDone);
  show("reset-step", isCurrent || state !== "open");
  const goOn = show("next-step", isCurrent && isDone && next !== undefined);
  if (goOn !== null && next !== undefined) goOn.textContent = stepWords.goOnWith(next.title);
  const marks = section.querySelector<HTMLElement>("[data-step-marks]");
  const words = [
    isDone ? stepWords.doneMark : state === "skipped" ? stepWords.skipped : "",
    isCurrent ? stepWords.youHere : "",
    solutionSeen ? stepWords.solutionSeen : "",
  ];
  const line = words.filter(Boolean).join(" · ");
  if (marks !== null && marks.textContent !== line) marks.textContent = line;
}

/** Closes the hints and the solution of a step that was reset, or of all. */
function foldUp(step: string | undefined, page: Document): void {
  const sections = step === undefined ? "section.step" : `section.step[data-step="${CSS.escape(step)}"]`;
  for (const help of page.querySelectorAll<HTMLDetailsElement>(`${sections} details.help`)) {
    help.open = false;
    delete help.dataset.seen;
  }
}
