import type { CheckSpec, QuizAnswer } from "../lessons/model.ts";
import type { Clock } from "./clock.ts";
import { EngineClock } from "./engine-clock.ts";
import { followEvents } from "./event-feed.ts";
import type { Change } from "./kind.ts";
import { OpenStep } from "./open-step.ts";
import type { Outcome } from "./outcome.ts";
import type { EngineEvent, World } from "./world.ts";

export interface CheckRunnerOptions {
  world: World;
  clock: Clock;
  /** Called after every answer for the open step, with the latest answer of each of its checks. */
  onOutcomes: (outcomes: readonly (Outcome | undefined)[]) => void;
  /** Called with every change of whether the engine answers at all. */
  onAnswering?: (answers: boolean) => void;
  /** Everything that the engine did since the runner was made, each once. */
  onEvent?: (event: EngineEvent) => void;
}

/** Asks the checks of one open step, again whenever an event, a save, a command or an answer can have changed an outcome. */
export interface CheckRunner extends Disposable {
  /**
   * Makes this the open step, from the engine's present time on. Answers of the one before are no longer reported. The
   * checks of which `hasPassed` is true passed earlier and are not asked again.
   */
  open(checks: readonly CheckSpec[], hasPassed?: (check: number) => boolean): void;
  /** Also forgets the answers to quizzes: the lesson is left. */
  close(): void;
  /** Asks all checks that have not passed and need not wait for others. */
  checkAgain(): void;
  /** Takes the learner's answer to a quiz of the lesson, whichever step is open; `undefined` takes it back. */
  answer(quiz: string, answer: QuizAnswer | undefined): void;
}

export function createCheckRunner(options: CheckRunnerOptions): CheckRunner {
  const { world, clock, onOutcomes } = options;
  const engineClock = new EngineClock(world.engine, clock);
  const answers = new Map<string, QuizAnswer>();
  let step: OpenStep | undefined;
  const notice = (change: Change) => step?.notice(change);
  const closeStep = () => {
    step?.[Symbol.dispose]();
    step = undefined;
  };
  const feed = followEvents({
    engine: world.engine,
    clock,
    engineClock,
    onEvent: (event) => {
      notice({ source: "engine", event });
      options.onEvent?.(event);
    },
    onAnswering: options.onAnswering,
    onReconnect: () => step?.engineIsBack(),
  });
  const files = world.workspace.watch((changes) => {
    for (const { path } of changes) notice({ source: "workspace", path });
  });
  const terminals = world.terminals.watch((command) => notice({ source: "terminal", command }));
  return {
    open(checks, hasPassed = () => false) {
      closeStep();
      step = new OpenStep({ checks, hasPassed, world, clock, engineClock, answers, onOutcomes });
    },
    close() {
      closeStep();
      answers.clear();
    },
    checkAgain: () => step?.askAll(),
    answer(quiz, answer) {
      if (answer === undefined) answers.delete(quiz);
      else answers.set(quiz, answer);
      notice({ source: "quiz", quiz });
    },
    [Symbol.dispose]() {
      closeStep();
      feed[Symbol.dispose]();
      files[Symbol.dispose]();
      terminals[Symbol.dispose]();
    },
  };
}
