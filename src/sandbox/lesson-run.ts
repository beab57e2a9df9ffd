import { signal, type ReadonlySignal } from "@preact/signals";
import type { Outcome } from "../checks/outcome.ts";
import type { CheckRunner } from "../checks/runner.ts";
import type { Lesson, Step } from "../lessons/model.ts";
import { withCheckPassed, withStepDone, type Progress } from "../lessons/progress.ts";

export interface StepView {
  readonly id: string;
  readonly title: string;
  readonly state: "open" | "current" | "done";
  /** What was seen and what is wanted; empty as long as nothing has been asked. */
  readonly status: string;
}

export interface ProgressStore {
  load(): Progress;
  update(change: (progress: Progress) => Progress): Progress;
  onChange(listener: (progress: Progress) => void): Disposable;
}

export interface LessonRunOptions {
  lesson: Lesson;
  progress: ProgressStore;
  now: () => Date;
}

/** A learner's way through a lesson: one step after the other is open, and ticked when all its checks have passed. */
export class LessonRun implements Disposable {
  readonly #options: LessonRunOptions;
  readonly #steps = signal<readonly StepView[]>([]);
  readonly #progressChanges: Disposable;
  #progress: Progress;
  #runner: Pick<CheckRunner, "open" | "close" | "checkAgain"> | undefined;
  #current: Step | undefined;
  #status = "";

  constructor(options: LessonRunOptions) {
    this.#options = options;
    this.#progress = options.progress.load();
    this.#progressChanges = options.progress.onChange((progress) => {
      this.#progress = progress;
      this.#advance();
    });
    this.#advance();
  }

  get steps(): ReadonlySignal<readonly StepView[]> {
    return this.#steps;
  }

  /** Asks the machine behind `runner` from now on; without one, steps only show the progress. */
  connect(runner: Pick<CheckRunner, "open" | "close" | "checkAgain"> | undefined): void {
    this.#runner = runner;
    this.#current = undefined;
    this.#advance();
  }

  /** Takes the runner's answers for the current step. */
  take(outcomes: readonly (Outcome | undefined)[]): void {
    const step = this.#current;
    if (step?.checks.length !== outcomes.length) return;
    const { lesson, progress, now } = this.#options;
    this.#status = describe(outcomes);
    const passed = outcomes.flatMap((outcome, n) => (outcome?.result === "passed" ? [n] : []));
    const all = passed.length === step.checks.length;
    this.#progress = progress.update((before) => {
      const after = passed.reduce((sum, check) => withCheckPassed(sum, lesson.id, step.id, check), before);
      return all ? withStepDone(after, lesson.id, step.id, now()) : after;
    });
    this.#advance();
  }

  checkAgain(): void {
    this.#runner?.checkAgain();
  }

  [Symbol.dispose](): void {
    this.#progressChanges[Symbol.dispose]();
    this.#runner?.close();
  }

  /** Opens the first step that is not done, if it is not open already. */
  #advance(): void {
    const { lesson } = this.#options;
    const isDone = (step: Step) => this.#progress[lesson.id]?.[step.id]?.done !== undefined;
    const next = lesson.steps.find((step) => !isDone(step));
    if (next?.id !== this.#current?.id) {
      this.#current = next;
      this.#status = "";
      const passed = next === undefined ? undefined : this.#progress[lesson.id]?.[next.id]?.checks;
      if (next === undefined) this.#runner?.close();
      else this.#runner?.open(next.checks, (check) => passed?.includes(check) === true);
    }
    this.#steps.value = lesson.steps.map((step) => {
      const state = isDone(step) ? "done" : step.id === next?.id ? "current" : "open";
      return { id: step.id, title: step.title, state, status: state === "current" ? this.#status : "" };
    });
  }
}

function describe(outcomes: readonly (Outcome | undefined)[]): string {
  const passed = outcomes.filter((outcome) => outcome?.result === "passed").length;
  const missing = outcomes.find((outcome) => outcome !== undefined && outcome.result !== "passed");
  const count = passed > 0 && outcomes.length > 1 ? `${passed} of ${outcomes.length} done. ` : "";
  if (missing?.result === "not-yet") return `${count}${missing.seen} ${missing.wanted}`;
  if (missing?.result === "unknown") return `${count}Could not tell: ${missing.cause}`;
  return count.trim();
}
