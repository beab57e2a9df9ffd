import { signal } from "@preact/signals";
import type { Lesson, LessonFile } from "../lessons/model.ts";
import { withoutProgress, withStepReset } from "../lessons/progress.ts";
import type { LessonDeskOptions } from "./lesson-desk-options.ts";
import type { LessonRun } from "./lesson-run.ts";
import { sayingWhy } from "./saying-why.ts";
import { stepWords } from "../words/steps.ts";

export interface LessonResetsOptions extends Pick<
  LessonDeskOptions,
  "board" | "progress" | "now" | "resetMachine" | "closeEditor" | "openKeeper" | "forgetMachine"
> {
  /** What is open now. */
  open: () => { readonly lesson: Lesson | null; readonly run: LessonRun | undefined };
  /** Puts the files of what is open in place again. */
  enterAgain: () => Promise<void>;
}

/** Takes the lesson that is open back to a beginning. What fails is said, and leaves what comes after it as it is. */
export class LessonResets {
  readonly #options: LessonResetsOptions;
  /** The step that was reset last, or the whole lesson, and how often that has been. */
  readonly last = signal<{ readonly count: number; readonly step: string | undefined } | undefined>(undefined);

  constructor(options: LessonResetsOptions) {
    this.#options = options;
  }

  /** Takes the workspace back to the step's beginning, the machine as well if that is wanted, and forgets the step's progress. */
  async step(id: string, { machine }: { machine: boolean }): Promise<void> {
    const { board, progress, now, resetMachine, closeEditor, openKeeper, open } = this.#options;
    const { lesson } = open();
    const step = lesson?.steps.find((each) => each.id === id);
    if (lesson === null || step === undefined) return;
    if (machine && (await resetMachine("keep")) === "failed") return;
    await sayingWhy(board, stepWords.stepCouldNotReset, async () => {
      board.close("beginning");
      await closeEditor();
      const keeper = await openKeeper();
      const files = await keeper.resetStep(lesson, step);
      const { lesson: after, run } = open();
      if (after !== lesson) {
        progress.update((before) => withStepReset(before, lesson.id, id, now()));
        return;
      }
      board.close("replace");
      if (!files.isRestored) board.show("beginning", describeUnknownBeginning(files.written));
      run?.reset(id);
      this.#tell(id);
    });
  }

  /** Begins the lesson anew on a fresh machine, and forgets all of it. */
  async lesson(): Promise<void> {
    const { board, progress, resetMachine, forgetMachine, openKeeper, open, enterAgain } = this.#options;
    const { lesson } = open();
    if (lesson === null) return;
    const forget = async () => {
      await forgetMachine(lesson.id);
      await (await openKeeper()).forget(lesson.id);
      const { lesson: after, run } = open();
      if (after !== lesson) progress.update((before) => withoutProgress(before, lesson.id));
      else {
        run?.resetAll();
        this.#tell(undefined);
      }
    };
    await sayingWhy(board, stepWords.lessonCouldNotReset, async () => {
      if ((await resetMachine("clear", forget)) !== "none") return;
      try {
        await forget();
      } finally {
        await enterAgain();
      }
    });
  }

  #tell(step: string | undefined): void {
    this.last.value = { count: (this.last.peek()?.count ?? 0) + 1, step };
  }
}

function describeUnknownBeginning(written: readonly LessonFile[]): string {
  const names = written.map(({ path }) => path).join(", ");
  const rest = names === "" ? "." : `; only those that the step brings are written anew: ${names}.`;
  return stepWords.browserNotKnowHow(rest);
}
