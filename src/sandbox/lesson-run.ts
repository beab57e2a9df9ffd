import { signal, type ReadonlySignal } from "@preact/signals";
import type { Outcome } from "../checks/outcome.ts";
import type { CheckRunner } from "../checks/runner.ts";
import type { CheckSpec, Lesson, QuizAnswer, QuizSpec, Step } from "../lessons/model.ts";
import {
  findCurrentStep,
  withCheckPassed,
  withoutProgress,
  withStepDone,
  withStepOpened,
  withStepReset,
  withStepSkipped,
  type Progress,
} from "../lessons/progress.ts";
import { describeOutcomes } from "./describe-outcomes.ts";

export interface StepView {
  readonly id: string;
  readonly title: string;
  /** `current`: the learner is at it and it is not done. One that is done stays so when it is opened again. */
  readonly state: "open" | "current" | "done" | "skipped";
  readonly isCurrent: boolean;
  /** What was seen and what is wanted; empty as long as nothing has been asked. */
  readonly status: string;
  readonly solutionSeen: boolean;
  /** Names of its quizzes that have been answered right. */
  readonly rightQuizzes: readonly string[];
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
  /** Judges a quiz where no machine's checks do. */
  judge: (spec: QuizSpec, answer: QuizAnswer) => Promise<Outcome>;
  /** Awaited before a step's checks are asked; should it reject, they are asked all the same. */
  prepare?: (step: Step) => Promise<void>;
  /** The lesson's progress was forgotten elsewhere. Nothing is asked any more until a runner is connected again. */
  onForgotten?: () => void;
}

export type StepRunner = Pick<CheckRunner, "open" | "close" | "checkAgain" | "answer">;

/** A learner's way through a lesson: one step is the current one, and ticked when all its checks have passed. */
export class LessonRun implements Disposable {
  readonly #options: LessonRunOptions;
  readonly #steps = signal<readonly StepView[]>([]);
  readonly #progressChanges: Disposable;
  #progress: Progress;
  #runner: StepRunner | undefined;
  #current: Step | undefined;
  /** The step whose checks the runner asks; it is not yet while it is prepared. */
  #asked: Step | undefined;
  #status = "";
  /** Whether it is this run that changes the progress. */
  #isChanging = false;

  constructor(options: LessonRunOptions) {
    this.#options = options;
    this.#progress = options.progress.load();
    this.#progressChanges = options.progress.onChange((progress) => this.#follow(progress));
    this.#advance();
  }

  get steps(): ReadonlySignal<readonly StepView[]> {
    return this.#steps;
  }

  /** Asks the machine behind `runner` from now on; without one, steps only show the progress. */
  connect(runner: StepRunner | undefined): void {
    this.#runner = runner;
    this.#forgetCurrent();
    this.#advance();
  }

  /** Takes the runner's answers for the current step. */
  take(outcomes: readonly (Outcome | undefined)[]): void {
    const step = this.#asked;
    if (step?.checks.length !== outcomes.length) return;
    this.#status = describeOutcomes(outcomes);
    this.#remember(
      step,
      outcomes.flatMap((outcome, n) => (outcome?.result === "passed" ? [n] : [])),
    );
  }

  checkAgain(): void {
    this.#runner?.checkAgain();
  }

  /** Makes `id` the current step, whatever its state, as the learner's own choice. */
  open(id: string): void {
    const { lesson, now } = this.#options;
    this.#change((progress) => withStepOpened(progress, lesson.id, id, now()));
  }

  /** Leaves the step for later; if it is the current one, the next is opened. */
  skip(id: string): void {
    const { lesson, now } = this.#options;
    this.#change((progress) => withStepSkipped(progress, lesson.id, id, now()));
  }

  /** Forgets the progress of one step and opens it. */
  reset(id: string): void {
    const { lesson, now } = this.#options;
    this.#forgetCurrent();
    this.#change((progress) => withStepReset(progress, lesson.id, id, now()));
  }

  /** Forgets the progress of the whole lesson. */
  resetAll(): void {
    this.#forgetCurrent();
    this.#change((progress) => withoutProgress(progress, this.#options.lesson.id));
  }

  /** Takes an answer to a quiz of any step. */
  async answer(quiz: string, answer: QuizAnswer): Promise<void> {
    this.#runner?.answer(quiz, answer);
    for (const step of this.#options.lesson.steps) {
      const check = step.checks.findIndex((spec) => isQuiz(spec) && spec.quiz === quiz);
      const spec = step.checks[check];
      if (spec === undefined || !isQuiz(spec)) continue;
      // The runner asks the quiz of the step that it asks about, in its turn.
      if (this.#runner !== undefined && step === this.#asked) return;
      const outcome = await this.#options.judge(spec, answer);
      const passed = this.#passedOf(step);
      const isItsTurn =
        spec.after === undefined || passed.includes(step.checks.findIndex(({ id }) => id === spec.after));
      if (outcome.result === "passed" && isItsTurn) this.#remember(step, [check]);
      return;
    }
  }

  [Symbol.dispose](): void {
    this.#progressChanges[Symbol.dispose]();
    this.#runner?.close();
    this.#runner = undefined;
  }

  /** Remembers checks that have passed, and the step as done when it has no other. */
  #remember(step: Step, passed: readonly number[]): void {
    const { lesson, now } = this.#options;
    this.#change((before) => {
      const after = passed.reduce((sum, check) => withCheckPassed(sum, lesson.id, step.id, check), before);
      const known = after[lesson.id]?.[step.id]?.checks ?? [];
      return step.checks.every((_, n) => known.includes(n)) ? withStepDone(after, lesson.id, step.id, now()) : after;
    });
  }

  #change(change: (progress: Progress) => Progress): void {
    this.#isChanging = true;
    try {
      this.#follow(this.#options.progress.update(change));
    } finally {
      this.#isChanging = false;
    }
  }

  #follow(progress: Progress): void {
    const { lesson, onForgotten } = this.#options;
    const passed = this.#current === undefined ? [] : this.#passedOf(this.#current);
    const isForgotten = this.#progress[lesson.id] !== undefined && progress[lesson.id] === undefined;
    this.#progress = progress;
    const isReset = this.#current !== undefined && passed.some((n) => !this.#passedOf(this.#current).includes(n));
    if (isReset) this.#forgetCurrent();
    if (isForgotten && !this.#isChanging) {
      // What is on the machine would bring it back at once.
      this.#runner?.close();
      this.connect(undefined);
      onForgotten?.();
    } else this.#advance();
  }

  #passedOf(step: Step | undefined): readonly number[] {
    return step === undefined ? [] : (this.#progress[this.#options.lesson.id]?.[step.id]?.checks ?? []);
  }

  #forgetCurrent(): void {
    this.#current = undefined;
    this.#asked = undefined;
    this.#status = "";
  }

  /** Opens the step that the progress says is the current one, if it is not open already. */
  #advance(): void {
    const { lesson } = this.#options;
    const id = findCurrentStep(
      this.#progress,
      lesson.id,
      lesson.steps.map((step) => step.id),
    );
    const next = lesson.steps.find((step) => step.id === id);
    if (next !== this.#current || next === undefined) {
      this.#forgetCurrent();
      this.#current = next;
      if (next === undefined) this.#runner?.close();
      else this.#ask(next);
    }
    this.#steps.value = lesson.steps.map((step) => this.#look(step));
  }

  #ask(step: Step): void {
    const { prepare } = this.#options;
    const runner = this.#runner;
    if (runner === undefined) return;
    const open = () => {
      if (this.#current !== step || this.#runner !== runner || this.#asked === step) return;
      this.#asked = step;
      const passed = this.#passedOf(step);
      const isDone = this.#progress[this.#options.lesson.id]?.[step.id]?.done !== undefined;
      runner.open(step.checks, (check) => isDone || passed.includes(check));
    };
    if (prepare === undefined) open();
    else void prepare(step).then(open, open);
  }

  #look(step: Step): StepView {
    const known = this.#progress[this.#options.lesson.id]?.[step.id];
    const isCurrent = step === this.#current;
    const isDone = known?.done !== undefined;
    return {
      id: step.id,
      title: step.title,
      state: isDone ? "done" : isCurrent ? "current" : known?.skipped !== undefined ? "skipped" : "open",
      isCurrent,
      status: isCurrent && !isDone ? this.#status : "",
      solutionSeen: known?.solutionSeen === true,
      rightQuizzes: step.checks.flatMap((spec, n) =>
        isQuiz(spec) && (isDone || known?.checks.includes(n) === true) ? [spec.quiz] : [],
      ),
    };
  }
}

function isQuiz(spec: CheckSpec): spec is QuizSpec {
  return spec.kind === "quiz";
}
