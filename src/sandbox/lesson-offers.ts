import type { Lesson, LessonStart } from "../lessons/model.ts";
import type { LessonProgress } from "../lessons/progress.ts";
import { askToReplace } from "./ask-to-replace.ts";
import type { LessonDeskOptions, Seat } from "./lesson-desk-options.ts";
import { describeLack } from "./lesson-needs.ts";
import type { LessonRun } from "./lesson-run.ts";
import { sayingWhy } from "./saying-why.ts";
import type { WorkspaceKeeper } from "./workspace-keeper.ts";
import { stepWords } from "../words/steps.ts";

/** A lesson on a machine, until another of either takes the place, or the lesson's files are put in anew. */
export interface Stay {
  readonly lesson: Lesson;
  readonly run: LessonRun;
  readonly seat: Seat;
  readonly keeper: WorkspaceKeeper;
  /** Whether files of it were kept. */
  readonly begun: "kept" | "fresh";
  /** Aborted at the end. */
  readonly signal: AbortSignal;
}

export interface LessonOffersOptions extends Pick<
  LessonDeskOptions,
  "board" | "progress" | "resetMachine" | "showTerminal" | "closeEditor"
> {
  /** What the machine has last been worked on for; undefined while it is fresh. */
  usedBy: () => string | undefined;
}

/** What a learner is told and asked when a lesson comes to a machine. */
export class LessonOffers {
  readonly #options: LessonOffersOptions;
  /** Lessons that had not been begun when they were opened, and have not come to a machine since. */
  readonly #due = new Set<string>();
  /** Lessons whose progress was forgotten while they were on the machine, which would bring it back. */
  readonly #forgotten = new Set<string>();
  /** Of which the machine is being brought to the beginning. */
  #underway: Stay | undefined;

  constructor(options: LessonOffersOptions) {
    this.#options = options;
  }

  /** The lesson is open now, though there may be no machine yet. */
  noteOpened(lesson: Lesson): void {
    if (!this.#hasBegun(lesson)) this.#due.add(lesson.id);
  }

  /** There is nothing on the machine any more. Answers whether steps of `lesson` would have been ticked by what was. */
  noteFresh(lesson?: string): boolean {
    const wouldTick = lesson !== undefined && this.#forgotten.has(lesson);
    this.#forgotten.clear();
    this.#options.board.close("used", "forgotten");
    return wouldTick;
  }

  /**
   * Lets the lesson's checks be asked, and asks the learner what they alone can decide. Does nothing while the machine is being
   * brought to the lesson's beginning: that ends with the same.
   */
  greet(stay: Stay): void {
    if (this.#underway === stay) return;
    const { lesson, run, seat, begun } = stay;
    const { board, usedBy } = this.#options;
    const lack = describeLack(lesson.machine, seat.machine);
    if (lack !== undefined) board.show("needs", lack);
    if (this.#forgotten.has(lesson.id)) {
      this.askAboutForgotten(stay);
      return;
    }
    run.connect(seat.runner);
    const isNew = this.#due.delete(lesson.id) || !this.#hasBegun(lesson);
    if (!isNew) return;
    if (lesson.start !== null) this.#offerStart(stay, lesson.start);
    else if (usedBy() !== undefined && usedBy() !== lesson.id && begun === "fresh") this.#offerFresh(stay);
  }

  /** Has the learner decide on a machine that would bring back the progress that was forgotten elsewhere. */
  askAboutForgotten(stay: Stay): void {
    const { lesson, run, seat, signal } = stay;
    const { board, resetMachine } = this.#options;
    this.#forgotten.add(lesson.id);
    run.connect(undefined);
    board.close("start", "used");
    const words = stepWords.progressLessonForgottenWhat;
    board.show("forgotten", words, {
      [stepWords.resetMachine]: () =>
        void resetMachine("keep").then((outcome) => {
          if (outcome !== "done" && !signal.aborted) this.askAboutForgotten(stay);
        }),
      [stepWords.goOnAsIs]: () => {
        this.#forgotten.delete(lesson.id);
        run.connect(seat.runner);
      },
    });
  }

  #offerFresh(stay: Stay): void {
    const words = stepWords.machineUsedBeforeContainers;
    this.#options.board.show("used", words, {
      [stepWords.resetMachine]: () =>
        void this.#options.resetMachine("keep").then((outcome) => {
          if (outcome !== "done" && !stay.signal.aborted) this.#offerFresh(stay);
        }),
      [stepWords.useItAsIt]: () => undefined,
    });
  }

  #offerStart(stay: Stay, start: LessonStart): void {
    const files = stay.begun === "kept" ? stepWords.whatLiesWorkspaceReplaced : "";
    const isUsed = this.#options.usedBy() !== undefined;
    const fresh = isUsed ? stepWords.bringMachineResetFirst : "";
    this.#options.board.show("start", stepWords.lessonGoesOn(start.title, fresh, files), {
      [stepWords.bringMachine]: () => void this.#beginFrom(stay, start),
      [stepWords.iDidHereAlready]: () => void this.#adopt(stay, start),
    });
  }

  /** Does on the machine what the earlier lesson's solutions do. */
  async #beginFrom(stay: Stay, start: LessonStart): Promise<void> {
    const { lesson, run, seat, keeper } = stay;
    const { board, resetMachine, showTerminal, usedBy } = this.#options;
    const stop = new AbortController();
    const signal = AbortSignal.any([stay.signal, stop.signal]);
    const tell = (howFar: string) =>
      board.show("start", stepWords.bringingMachineEnd(start.title, howFar), {
        Stop: () => stop.abort(),
      });
    run.connect(undefined);
    tell("");
    this.#underway = stay;
    const otherwise = stepWords.machineCouldNotBrought(start.title);
    const isThere = await sayingWhy(board, otherwise, async () => {
      if (usedBy() !== undefined && (await resetMachine("keep")) !== "done") return false;
      await keeper.replaceAll(lesson, start.files);
      const { beginFrom } = await import("./begin-from.ts");
      const carriedOut = beginFrom(
        start,
        {
          writeFile: ({ path, content, executable }) =>
            executable === undefined
              ? keeper.writeText(path, content)
              : keeper.write([{ path, content, executable, encoding: "utf8" }]),
          async carryOut(command) {
            showTerminal(command.terminal);
            await seat.typist.carryOut(command, signal);
          },
          onProgress: (done, total) => tell(stepWords.progressOf(done + 1, total)),
        },
        signal,
      );
      await carriedOut.catch((error: unknown) => {
        if (!signal.aborted) throw error;
      });
      if (!stay.signal.aborted) await keeper.write(lesson.files);
      return true;
    });
    if (this.#underway === stay) this.#underway = undefined;
    if (isThere === true) this.#begin(stay);
    else this.#offerAgain(stay, start);
  }

  /** Takes over the files that the learner made in the earlier lesson. */
  async #adopt(stay: Stay, start: LessonStart): Promise<void> {
    const { lesson, run, keeper } = stay;
    const { board, closeEditor } = this.#options;
    run.connect(undefined);
    const isThere = await sayingWhy(board, stepWords.yourFilesCouldNot(start.title), async () => {
      await closeEditor();
      askToReplace(board, keeper, await keeper.adopt(lesson, start.lesson), "lesson");
      return true;
    });
    if (isThere === true) this.#begin(stay);
    else this.#offerAgain(stay, start);
  }

  /** Opens the first step, from what is on the machine now. */
  #begin({ lesson, run, seat, signal }: Stay): void {
    if (signal.aborted) return;
    this.#options.board.close("start");
    const first = lesson.steps[0];
    if (first !== undefined) run.open(first.id);
    run.connect(seat.runner);
  }

  #offerAgain(stay: Stay, start: LessonStart): void {
    if (stay.signal.aborted) return;
    stay.run.connect(stay.seat.runner);
    this.#offerStart(stay, start);
  }

  #hasBegun({ id, steps }: Lesson): boolean {
    return hasBegun(this.#options.progress.load()[id] ?? {}, steps[0]?.id);
  }
}

/** What can be done without a machine does not count: skipping, looking at a solution, jumping to another step. */
function hasBegun(progress: LessonProgress, first: string | undefined): boolean {
  if (first !== undefined && progress[first]?.opened !== undefined) return true;
  return Object.values(progress).some(({ done, checks }) => done !== undefined || checks.length > 0);
}
