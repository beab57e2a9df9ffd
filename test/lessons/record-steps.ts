import type { Lesson, LessonFile, Step } from "../../src/lessons/model.ts";
import { requireEnd } from "./command-end.ts";
import { LessonFailure, type LessonFailureCode } from "./lesson-failure.ts";
import { allPassed, type Outcomes } from "./outcomes.ts";
import type { Patience, Workplace } from "./prove-step.ts";
import type { TerminalRecorder } from "./terminal-recorder.ts";
import type { CarriedOut, WorkAction } from "./typist.ts";

/** What a lesson's recording needs of its workplace; a `LessonWorkplace` is one. */
export interface RecordedWorkplace extends Workplace {
  write(files: readonly LessonFile[], signal: AbortSignal): Promise<void>;
}

export interface RecordStepsOptions {
  readonly signal: AbortSignal;
  readonly patience?: Omit<Patience, "wrongMs">;
  /** Told of each step when it is begun, and of each command when it is typed. */
  readonly onProgress?: (progress: { readonly step: Step; readonly number: number; readonly command?: string }) => void;
}

/** As long as a proof waits. */
const usualPatience = { answerMs: 180_000, actionMs: 300_000, solvedMs: 180_000 };

/**
 * Goes through a lesson as its solutions do, by the functions that prove it, and marks in the recording what is being done. Nothing of what
 * is wrong is done, so that the terminals show what a learner's show. Rejects with a `LessonFailure` where a command does not end as its
 * author says or a step is not ticked.
 */
export async function recordSteps(
  { steps }: Pick<Lesson, "steps">,
  workplace: RecordedWorkplace,
  recorder: Pick<TerminalRecorder, "mark" | "quiet">,
  options: RecordStepsOptions,
): Promise<void> {
  for (const [n, step] of steps.entries()) {
    options.onProgress?.({ step, number: n + 1 });
    await recordStep(step, n + 1, workplace, recorder, options);
  }
}

async function recordStep(
  step: Step,
  number: number,
  { typist, runner, watch, write }: RecordedWorkplace,
  recorder: Pick<TerminalRecorder, "mark" | "quiet">,
  { signal, patience = usualPatience, onProgress }: RecordStepsOptions,
): Promise<void> {
  const name = `Step "${step.id}" (${step.title})`;
  const prove = "Prove the lesson first: npm run lessons.";
  let shown = "";
  recorder.mark({ kind: "step", step: step.id });
  await write(step.files, signal);
  watch.forget();
  runner.open(step.checks);
  if (!(await becomes(areTold, patience.answerMs)))
    throw failure("not-told", `${name}: a check could not tell.`, prove);
  if (allPassed(watch.outcomes)) throw failure("passes-before", `${name} passes before anything was done.`, prove);
  for (const [index, action] of step.solution.entries()) {
    if (action.type === "answer") runner.answer(action.quiz, action.answer);
    else await carryOut(action, index);
  }
  if (!(await becomes(allPassed, patience.solvedMs))) {
    throw failure("not-solved", `${name}: the solution does not tick it.`, prove);
  }
  recorder.mark({ kind: "done", step: step.id });

  async function carryOut(action: WorkAction, index: number): Promise<void> {
    const at = { step: step.id, index };
    if (action.type === "file") recorder.mark({ kind: "file", ...at });
    else {
      onProgress?.({ step, number, command: action.command });
      recorder.mark({ kind: "command", ...at }, action.terminal);
    }
    let done: CarriedOut;
    try {
      done = await typist.carryOut(action, within(patience.actionMs));
    } catch (cause) {
      signal.throwIfAborted();
      const what = action.type === "file" ? `the file ${action.path}` : `the command "${action.command}"`;
      const hint = cause instanceof Error ? cause.message : String(cause);
      throw failure("not-carried-out", `${name}: ${what} of the solution could not be carried out.`, hint, cause);
    }
    shown += done.shown;
    requireEnd(action, done, name, "of the solution");
    if (action.type === "file") return;
    // What goes on running is looked at for a moment, and its recording ends with what it has said by then.
    if (action.background) await recorder.quiet(signal);
    recorder.mark({ kind: "end", ...at });
  }

  function areTold(outcomes: Outcomes): boolean {
    const isTold = (outcome: Outcomes[number]) => outcome !== undefined && outcome.result !== "unknown";
    return outcomes.length === step.checks.length && outcomes.every(isTold);
  }

  async function becomes(condition: (outcomes: Outcomes) => boolean, ms: number): Promise<boolean> {
    return watch.until(condition, within(ms)).then(
      () => true,
      () => {
        signal.throwIfAborted();
        return condition(watch.outcomes);
      },
    );
  }

  function failure(code: LessonFailureCode, message: string, hint: string, cause?: unknown): LessonFailure {
    return new LessonFailure(code, message, { hint, checks: step.checks, outcomes: watch.outcomes, shown, cause });
  }

  function within(ms: number): AbortSignal {
    return AbortSignal.any([signal, AbortSignal.timeout(ms)]);
  }
}
