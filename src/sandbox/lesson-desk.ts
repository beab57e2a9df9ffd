// Over 250 lines because all of it acts on the one lesson that is open, and each act must know whether it still is.
import { batch, computed, signal, type ReadonlySignal } from "@preact/signals";
import type { Lesson, LessonFile, QuizAnswer, Step } from "../lessons/model.ts";
import { withoutProgress, withStepReset } from "../lessons/progress.ts";
import type { Machine } from "../machine/contract.ts";
import type { Outcome } from "../checks/outcome.ts";
import { askToReplace } from "./ask-to-replace.ts";
import type { FileWrite } from "./command-queue.ts";
import { errorSentence } from "./error-sentence.ts";
import { LessonOffers, type Stay } from "./lesson-offers.ts";
import { LessonRun, type LessonRunOptions, type ProgressStore, type StepRunner } from "./lesson-run.ts";
import type { ActOutcome } from "./machine-acts.ts";
import type { NoticeBoard } from "./notice-board.ts";
import { PageFiles } from "./page-files.ts";
import { sayingWhy } from "./saying-why.ts";
import type { TerminalTypist } from "./terminal-typist.ts";
import type { WorkspaceKeeper } from "./workspace-keeper.ts";

export interface LessonDeskOptions {
  progress: ProgressStore;
  now: () => Date;
  judge: LessonRunOptions["judge"];
  board: NoticeBoard;
  /** Loaded when there is a machine, or when something kept is to be reset. */
  openKeeper: () => Promise<WorkspaceKeeper>;
  saveEditor: () => Promise<void>;
  /** Saves and closes what is open in the editor. */
  closeEditor: () => Promise<void>;
  /** Takes the machine back to how it was released. `whenReset` is awaited before anything goes on with it. */
  resetMachine: (workspace: "keep" | "clear", whenReset?: () => Promise<void>) => Promise<ActOutcome>;
  /** Brings up the terminal, counted from 0. */
  showTerminal: (terminal: number) => void;
  forgetMachine: (lesson: string) => Promise<void>;
}

/** A machine as lessons use it. */
export interface Seat {
  readonly machine: Pick<Machine, "capabilities" | "image" | "workspace">;
  readonly runner: StepRunner;
  readonly typist: Pick<TerminalTypist, "carryOut" | "forget">;
}

/** The lesson that is open, on the machine that there is: its steps, its files, and what is asked about both. */
export class LessonDesk {
  readonly #options: LessonDeskOptions;
  readonly #offers: LessonOffers;
  readonly #pageFiles: PageFiles;
  readonly #lesson = signal<Lesson | null>(null);
  readonly #run = signal<LessonRun | undefined>(undefined);
  readonly steps = computed(() => this.#run.value?.steps.value ?? []);
  /** The step that was reset last, or the whole lesson, and how often that has been. */
  readonly lastReset = signal<{ readonly count: number; readonly step: string | undefined } | undefined>(undefined);
  /** What the machine has last been worked on for: a lesson's id or `playground`; undefined while it is fresh. */
  usedBy: string | undefined;
  /** The lesson's id or `playground`; undefined before there is either. */
  #key: string | undefined;
  /** Undefined too while what lies in the machine's workspace is exchanged by a reset. */
  #seat: Seat | undefined;
  #turn = 0;
  /** Aborted when another lesson or another machine takes the place. */
  #leave = new AbortController();
  #stay: Stay | undefined;
  #keeper: Promise<WorkspaceKeeper> | undefined;

  constructor(options: LessonDeskOptions) {
    this.#options = options;
    this.#offers = new LessonOffers({ ...options, usedBy: () => this.usedBy });
    this.#pageFiles = new PageFiles(options.board);
  }

  get lesson(): ReadonlySignal<Lesson | null> {
    return this.#lesson;
  }

  /** Takes up a lesson, or the playground, where there is none. */
  open(lesson: Lesson | null): void {
    const key = lesson?.id ?? "playground";
    if (key === this.#key) return;
    this.#key = key;
    this.#run.peek()?.[Symbol.dispose]();
    this.#pageFiles.forget();
    // Nobody is to see the one lesson with the other's steps.
    batch(() => {
      this.#lesson.value = lesson;
      this.#run.value = lesson === null ? undefined : this.#createRun(lesson);
    });
    if (lesson !== null) this.#offers.noteOpened(lesson);
    void this.#enter();
  }

  /**
   * Uses another machine, or none. `usedBy` is what it was worked on for before. Resolves when the lesson's files are in it.
   */
  async connect(seat: Seat | undefined, usedBy?: string): Promise<void> {
    const turn = ++this.#turn;
    this.#endStay();
    this.#seat = undefined;
    this.#run.peek()?.connect(undefined);
    this.#offers.noteFresh();
    if (this.#keeper !== undefined || seat !== undefined) {
      const keeper = await this.#openKeeper();
      if (turn !== this.#turn) return;
      await keeper.connect(seat?.machine.workspace);
      if (turn !== this.#turn) return;
    }
    this.#seat = seat;
    this.usedBy = usedBy;
    await this.#enter();
  }

  /** The lesson's files are to be put in place again: other ones are kept now. */
  async enterAgain(): Promise<void> {
    this.#run.peek()?.connect(undefined);
    await this.#enter();
  }

  take(outcomes: readonly (Outcome | undefined)[]): void {
    this.#run.peek()?.take(outcomes);
  }

  checkAgain(): void {
    this.#run.peek()?.checkAgain();
  }

  openStep(id: string): void {
    this.#run.peek()?.open(id);
  }

  skipStep(id: string): void {
    this.#run.peek()?.skip(id);
  }

  async answer(quiz: string, answer: QuizAnswer): Promise<void> {
    await this.#run.peek()?.answer(quiz, answer);
  }

  /** Somebody worked on the machine. */
  noteUse(): void {
    this.usedBy = this.#key;
  }

  /**
   * Takes the workspace back to the step's beginning, the machine as well if that is wanted, and forgets the step's progress.
   * What fails is said, and leaves what comes after it as it is.
   */
  async resetStep(id: string, { machine }: { machine: boolean }): Promise<void> {
    const { board, progress, now, resetMachine, closeEditor } = this.#options;
    const lesson = this.#lesson.peek();
    const step = lesson?.steps.find((each) => each.id === id);
    if (lesson === null || step === undefined) return;
    if (machine && (await resetMachine("keep")) === "failed") return;
    await sayingWhy(board, "The step could not be reset.", async () => {
      board.close("beginning");
      await closeEditor();
      const keeper = await this.#openKeeper();
      const files = await keeper.resetStep(lesson, step);
      if (this.#lesson.peek() !== lesson) {
        progress.update((before) => withStepReset(before, lesson.id, id, now()));
        return;
      }
      board.close("replace");
      if (!files.isRestored) board.show("beginning", describeUnknownBeginning(files.written));
      this.#run.peek()?.reset(id);
      this.#tellReset(id);
    });
  }

  /** Begins the lesson anew on a fresh machine, and forgets all of it. What fails is said, and leaves the progress as it is. */
  async resetLesson(): Promise<void> {
    const { board, progress, resetMachine, forgetMachine } = this.#options;
    const lesson = this.#lesson.peek();
    if (lesson === null) return;
    const forget = async () => {
      await forgetMachine(lesson.id);
      await (await this.#openKeeper()).forget(lesson.id);
      if (this.#lesson.peek() !== lesson) progress.update((before) => withoutProgress(before, lesson.id));
      else {
        this.#run.peek()?.resetAll();
        this.#tellReset(undefined);
      }
    };
    await sayingWhy(board, "The lesson could not be reset.", async () => {
      if ((await resetMachine("clear", forget)) !== "none") return;
      try {
        await forget();
      } finally {
        await this.enterAgain();
      }
    });
  }

  /**
   * Holds on to the files while `reset` takes the machine back to how it was released; with `clear`, the lesson's files are
   * put in anew. `whenReset` is awaited before anybody goes on. However it ends, the lesson goes on.
   */
  async aroundReset(
    workspace: "keep" | "clear",
    reset: () => Promise<void>,
    whenReset?: () => Promise<void>,
  ): Promise<void> {
    const keeper = await this.#openKeeper();
    if (workspace === "clear") {
      await this.#aroundClearing(keeper, reset, whenReset);
      return;
    }
    await this.#options.saveEditor();
    await keeper.hold(reset);
    if (this.#noteFresh(this.#seat)) this.#run.peek()?.connect(this.#seat?.runner);
    await whenReset?.();
  }

  /** Writes a file from the page. What the learner has made themself is only replaced if they say so. */
  write(file: FileWrite): Promise<void> {
    return this.#pageFiles.write(file, () => this.#openKeeper(), this.#lesson.peek());
  }

  /** Keeps now what has not been kept yet: the page may be about to go. */
  async flush(): Promise<void> {
    await this.#options.saveEditor();
    await (await this.#keeper)?.flush();
  }

  async #aroundClearing(
    keeper: WorkspaceKeeper,
    reset: () => Promise<void>,
    whenReset?: () => Promise<void>,
  ): Promise<void> {
    const key = this.#key;
    const seat = this.#seat;
    const turn = this.#turn;
    await this.#options.closeEditor();
    await keeper.flush();
    if (turn !== this.#turn) return;
    this.#endStay();
    this.#seat = undefined;
    this.#run.peek()?.connect(undefined);
    // What the reset does to the files is no work of the learner's.
    await keeper.connect(undefined);
    try {
      await reset();
      this.#noteFresh(seat);
      await whenReset?.();
      if (key !== undefined) await keeper.forget(key);
    } finally {
      if (turn === this.#turn) await keeper.connect(seat?.machine.workspace);
      if (turn === this.#turn) {
        this.#seat = seat;
        await this.#enter();
      }
    }
  }

  #noteFresh(seat: Seat | undefined): boolean {
    this.usedBy = undefined;
    seat?.typist.forget();
    return this.#offers.noteFresh();
  }

  #openKeeper(): Promise<WorkspaceKeeper> {
    if (this.#keeper !== undefined) return this.#keeper;
    const keeper = (this.#keeper = this.#options.openKeeper());
    keeper.catch(() => (this.#keeper = undefined));
    return keeper;
  }

  #createRun(lesson: Lesson): LessonRun {
    const { progress, now, judge } = this.#options;
    const prepare = (step: Step) => this.#prepare(lesson, step);
    const onForgotten = () => this.#stay !== undefined && this.#offers.askAboutForgotten(this.#stay);
    return new LessonRun({ lesson, progress, now, judge, prepare, onForgotten });
  }

  /** Puts the lesson's files into the machine, then lets its checks be asked. */
  async #enter(): Promise<void> {
    this.#endStay();
    const { signal } = (this.#leave = new AbortController());
    const { board, closeEditor } = this.#options;
    board.close(...lessonNotices);
    const key = this.#key;
    const seat = this.#seat;
    if (key === undefined || seat === undefined) return;
    const lesson = this.#lesson.peek();
    const run = this.#run.peek();
    const first = lesson?.files ?? [];
    try {
      await closeEditor();
      const keeper = await this.#openKeeper();
      const begun = await keeper.enter(key, first);
      if (signal.aborted || lesson === null || run === undefined) return;
      this.#stay = { lesson, run, seat, keeper, begun, signal };
      this.#offers.greet(this.#stay);
    } catch (error) {
      if (signal.aborted) return;
      board.show("files", `The files of this page could not be put into the machine. ${errorSentence(error)}`, {
        "Try again": () => void this.#enter(),
      });
    }
  }

  #endStay(): void {
    this.#leave.abort();
    this.#stay = undefined;
  }

  async #prepare(lesson: Lesson, step: Step): Promise<void> {
    const { board } = this.#options;
    await sayingWhy(board, "The step’s files could not be written.", async () => {
      const keeper = await this.#openKeeper();
      askToReplace(board, keeper, await keeper.beginStep(lesson, step), "step");
    });
  }

  #tellReset(step: string | undefined): void {
    this.lastReset.value = { count: (this.lastReset.peek()?.count ?? 0) + 1, step };
  }
}

function describeUnknownBeginning(written: readonly LessonFile[]): string {
  const names = written.map(({ path }) => path).join(", ");
  const rest = names === "" ? "." : `; only those that the step brings are written anew: ${names}.`;
  return `This browser does not know how the files were when the step began. They stay as they are${rest}`;
}

/** What is only true of one lesson on one machine. */
const lessonNotices = ["files", "needs", "start", "used", "forgotten", "replace", "replace-one", "beginning"];
