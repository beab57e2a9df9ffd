import { bindCheck } from "../../src/checks/kinds.ts";
import { findWaits } from "../../src/checks/order.ts";
import type { Outcome } from "../../src/checks/outcome.ts";
import type { CheckRunner } from "../../src/checks/runner.ts";
import type { CheckSpec, QuizSpec, SolutionAction, Step, WrongWork } from "../../src/lessons/model.ts";
import type { CheckWatch } from "./check-watch.ts";
import { requireEnd } from "./command-end.ts";
import { LessonFailure, type Evidence, type LessonFailureCode } from "./lesson-failure.ts";
import { nameCheck } from "./name-check.ts";
import { allPassed, isPassed, isRefusal, waits, type Outcomes } from "./outcomes.ts";
import { describeRefusals, neverRefused, type RefusedWork, type StepProof } from "./step-proof.ts";
import type { CarriedOut, Typist } from "./typist.ts";
import { wrongAnswers } from "./wrong-answers.ts";

/** A machine with the lesson's files in it, somebody who types, and the runner whose answers `watch` takes. */
export interface Workplace {
  readonly typist: Pick<Typist, "carryOut">;
  readonly runner: Pick<CheckRunner, "open" | "answer" | "checkAgain">;
  readonly watch: CheckWatch;
}

export interface ProofOptions {
  readonly signal: AbortSignal;
  readonly patience?: Patience;
}

/** All in milliseconds. */
export interface Patience {
  /** For the checks to be answered. */
  readonly answerMs: number;
  /** For one command to end. */
  readonly actionMs: number;
  /** For the checks to pass after the solution. */
  readonly solvedMs: number;
  /** How long wrong work is watched: longer than a check waits before it believes a pass, or asks again without an event. */
  readonly wrongMs: number;
}

/** Generous, as two machines may have to share a busy core: a lesson that holds does not wait for any of it. */
const defaultPatience: Patience = { answerMs: 180_000, actionMs: 300_000, solvedMs: 180_000, wrongMs: 3000 };

/**
 * Shows of one step that it is open at first, that wrong answers and the author's wrong work do not tick it, that each of its
 * checks has said no to something, and that its solution ticks it. Rejects with a `LessonFailure`.
 */
export async function proveStep(
  step: Step,
  workplace: Workplace,
  { signal, patience = defaultPatience }: ProofOptions,
): Promise<StepProof> {
  const { runner, watch, typist } = workplace;
  const name = `Step "${step.id}" (${step.title})`;
  const quizzes = step.checks.filter(isQuiz);
  const bound = step.checks.map(bindCheck);
  const turns = findWaits(step.checks, (n) => bound[n]?.isAbsence === true);
  const wrong: RefusedWork[] = [];
  let first: Outcomes = [];
  let shown = "";

  await openStep();
  for (const quiz of quizzes) await refuseWrongAnswers(quiz);
  await answerQuizzes();
  first = watch.outcomes;
  if (quizzes.length < step.checks.length) requireOpen();
  for (const work of step.wrong.filter(isMore)) {
    await refuse(work);
    shown = "";
    await openStep();
    await answerQuizzes();
    requireTakenBack(work);
  }
  requireRefusals();
  if (quizzes.length > 0) await takeAnswersBack();
  for (const action of step.solution) await carryOut(action, "of the solution");
  if (!(await becomes(allPassed, patience.solvedMs))) {
    const hint = "Compare what the solution does with what each check asks for.";
    throw failure("not-solved", `${name}: the solution does not tick it.`, hint);
  }
  return proof();

  /** Opens the step as if for the first time; what passed before is forgotten. */
  async function openStep(): Promise<void> {
    watch.forget();
    runner.open(step.checks);
    await answers(() => true);
  }

  function requireOpen(): void {
    if (!allPassed(first)) return;
    const hint = "Add a check for what the step has the reader do, or take back what an earlier step left behind.";
    throw failure("passes-before", `${name} passes before anything was done.`, hint);
  }

  /** The solution has to do by itself whatever the checks ask for. */
  function requireTakenBack({ because }: WrongWork): void {
    const left = step.checks.filter((_, n) => isRefusal(first[n]) && isPassed(watch.outcomes[n])).map(nameCheck);
    if (left.length === 0) return;
    const hint = "Take back all of what it did, in blocks marked undo, so that the solution has it all to do.";
    const message = `${name}: once "${because}" has been taken back, ${left.join(" and ")} passes.`;
    throw failure("left-behind", message, hint);
  }

  function requireRefusals(): void {
    const never = neverRefused(proof());
    if (never.length === 0) return;
    const hint =
      "What passes at first is remembered and refuses nobody: drop it, put it into <Check all> with what is to be done, or have " +
      "it wait with after. For what waits, declare a <Wrong> that it refuses.";
    throw failure("never-refused", [`${name}: nobody has seen this refuse anything:`, ...never].join("\n  "), hint);
  }

  async function refuseWrongAnswers(quiz: QuizSpec): Promise<void> {
    const n = step.checks.indexOf(quiz);
    for (const answer of wrongAnswers(quiz)) {
      const before = watch.outcomes[n];
      runner.answer(quiz.quiz, answer);
      await answers((outcomes) => outcomes[n] !== before);
      if (isPassed(watch.outcomes[n])) {
        const message = `${name}: the quiz "${quiz.quiz}" takes the wrong answer ${JSON.stringify(answer)}.`;
        throw failure("wrong-answer-passes", message, "Answers are counted from 0; look at which of them are right.");
      }
    }
  }

  async function refuse(work: WrongWork): Promise<void> {
    for (const action of work.actions) await carryOut(action, `of the wrong work "${work.because}"`);
    await askAfresh();
    if (!(await becomes(allPassed, patience.wrongMs))) await askAfresh(1);
    if (allPassed(watch.outcomes)) {
      const hint = "Have a check ask for what this work lacks, or drop the <Wrong> if the work is right.";
      throw failure("wrong-passes", `${name} is ticked by wrong work: ${work.because}`, hint);
    }
    wrong.push({ because: work.because, outcomes: watch.outcomes });
    for (const action of work.undo) await carryOut(action, `that undoes "${work.because}"`);
  }

  /** An unanswered quiz would keep the step open whatever else is done. */
  async function answerQuizzes(): Promise<void> {
    for (const { quiz, right } of quizzes) runner.answer(quiz, right);
    if (quizzes.length > 0) await askAfresh();
  }

  /** So that the solution has to answer them. */
  async function takeAnswersBack(): Promise<void> {
    for (const { quiz } of quizzes) runner.answer(quiz, undefined);
    await openStep();
  }

  async function carryOut(action: SolutionAction, of: string): Promise<void> {
    if (action.type === "answer") {
      runner.answer(action.quiz, action.answer);
      return;
    }
    let done: CarriedOut;
    try {
      done = await typist.carryOut(action, within(patience.actionMs));
    } catch (cause) {
      const what = action.type === "file" ? `the file ${action.path}` : `the command "${action.command}"`;
      const hint = cause instanceof Error ? cause.message : String(cause);
      throw failure("not-carried-out", `${name}: ${what} ${of} could not be carried out.`, hint, { cause });
    }
    shown += done.shown;
    requireEnd(action, done, name, of);
  }

  /**
   * Waits until every check that is asked at all has answered a question that was put after this was called. The answer to a
   * question that is under way comes first, so it takes two rounds to know that an answer is new.
   */
  async function askAfresh(rounds = 2): Promise<void> {
    // A check that passes lets those begin that wait for it.
    let known = "";
    for (let round = 0; round < rounds || known !== resultsOf(watch.outcomes); round++) {
      known = resultsOf(watch.outcomes);
      const before = watch.outcomes;
      runner.checkAgain();
      await answers((outcomes) =>
        outcomes.every((outcome, n) => isPassed(outcome) || waits(outcome) || outcome !== before[n]),
      );
    }
  }

  /** Waits until every check whose turn it is has an answer, none of them that it could not tell, and `condition` holds. */
  async function answers(condition: (outcomes: Outcomes) => boolean): Promise<void> {
    const isTurnOf = (n: number, outcomes: Outcomes) =>
      turns[n]?.on.every((other) => isPassed(outcomes[other])) === true;
    const isTold = (outcome: Outcome | undefined, n: number, outcomes: Outcomes) =>
      outcome !== undefined && outcome.result !== "unknown" && !(waits(outcome) && isTurnOf(n, outcomes));
    const ready = (outcomes: Outcomes) =>
      outcomes.length === step.checks.length && outcomes.every(isTold) && condition(outcomes);
    if (await becomes(ready, patience.answerMs)) return;
    const hint = "A check needs a question that can be answered at any time of the step.";
    throw failure("not-told", `${name}: a check could not tell.`, hint);
  }

  /** Whether the answers are like that within `ms`. */
  async function becomes(condition: (outcomes: Outcomes) => boolean, ms: number): Promise<boolean> {
    return watch.until(condition, within(ms)).then(
      () => true,
      () => {
        signal.throwIfAborted();
        return condition(watch.outcomes);
      },
    );
  }

  function failure(code: LessonFailureCode, message: string, hint: string, more: Evidence & { cause?: unknown } = {}) {
    const refusals = describeRefusals(proof());
    return new LessonFailure(code, message, {
      hint,
      checks: step.checks,
      outcomes: watch.outcomes,
      refusals,
      shown,
      ...more,
    });
  }

  function proof(): StepProof {
    return { checks: step.checks, first, wrong };
  }

  function within(ms: number): AbortSignal {
    return AbortSignal.any([signal, AbortSignal.timeout(ms)]);
  }
}

/** Whether it is more than a wrong answer to a quiz; those are all tried anyway. */
function isMore({ actions }: WrongWork): boolean {
  return actions.some(({ type }) => type !== "answer");
}

function resultsOf(outcomes: Outcomes): string {
  return outcomes.map((outcome) => (waits(outcome) ? "waits" : outcome?.result)).join();
}

function isQuiz(check: CheckSpec): check is QuizSpec {
  return check.kind === "quiz";
}
