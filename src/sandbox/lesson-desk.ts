// Over 250 lines because all of it acts on the one lesson that is open, and each act must know whether it still is.
import { batch, computed, signal, type ReadonlySignal } from "@preact/signals";
import type { Lesson, QuizAnswer, Step } from "../lessons/model.ts";
import { MachineError } from "../machine/error.ts";
import type { Outcome } from "../checks/outcome.ts";
import { askToReplace } from "./ask-to-replace.ts";
import type { FileWrite } from "./command-queue.ts";
import { errorSentence } from "./error-sentence.ts";
import type { LessonDeskOptions, Seat } from "./lesson-desk-options.ts";
import { LessonOffers, type Stay } from "./lesson-offers.ts";
import { LessonResets } from "./lesson-resets.ts";
import { LessonRun } from "./lesson-run.ts";
import { LoadedOnce } from "./loaded-once.ts";
import { PageFiles } from "./page-files.ts";
import { patiently } from "./patience.ts";
import { sayingWhy } from "./saying-why.ts";
import type { WorkspaceKeeper } from "./workspace-keeper.ts";
import { stepWords } from "../words/steps.ts";

/** The lesson that is open, on the machine that there is: its steps, its files, and what is asked about both. */
export class LessonDesk {
  readonly #options: LessonDeskOptions;
  readonly #offers: LessonOffers;
  readonly #pageFiles: PageFiles;
  readonly #lesson = signal<Lesson | null>(null);
  readonly #run = signal<LessonRun | undefined>(undefined);
  readonly steps = computed(() => this.#run.value?.steps.value ?? []);
  readonly resets: LessonResets;
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
  readonly #keeper: LoadedOnce<WorkspaceKeeper>;

  constructor(options: LessonDeskOptions) {
    this.#options = options;
    this.#keeper = new LoadedOnce(options.openKeeper);
    const closeEditor = () => this.#closeEditor();
    this.#offers = new LessonOffers({ ...options, closeEditor, usedBy: () => this.usedBy });
    this.resets = new LessonResets({
      ...options,
      closeEditor,
      openKeeper: () => this.#keeper.get(),
      open: () => ({ lesson: this.#lesson.peek(), run: this.#run.peek() }),
      enterAgain: () => this.enterAgain(),
    });
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
    await (await this.#keeper.find())?.connect(undefined);
    if (turn !== this.#turn) return;
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
   * Holds on to the files while `reset` takes the machine back to how it was released; with `clear`, what is kept of the lesson
   * that is open then is put in anew. `whenReset` is awaited before anybody goes on. However it ends, the lesson goes on.
   */
  async aroundReset(
    workspace: "keep" | "clear",
    reset: () => Promise<void>,
    whenReset?: () => Promise<void>,
  ): Promise<void> {
    if (workspace === "clear") {
      await this.#aroundClearing(reset, whenReset);
      return;
    }
    const keeper = await this.#keeper.get();
    const { clock, saveEditor } = this.#options;
    // Then it is still in the editor.
    await patiently(clock, saveEditor).catch(() => undefined);
    await keeper.hold(reset);
    const wouldTick = this.#noteFresh(this.#seat);
    const stay = this.#stay;
    try {
      await whenReset?.();
    } finally {
      if (wouldTick && stay !== undefined && stay === this.#stay) this.#offers.greet(stay);
    }
  }

  /** Forgets what is kept of the files of a lesson, or of the playground. */
  async forgetFiles(place: string): Promise<void> {
    await (await this.#keeper.get()).forget(place);
  }

  /** All work was deleted: what was too much to be kept goes too. */
  async forgetUnkept(): Promise<void> {
    await (await this.#keeper.find())?.forgetUnkept();
  }

  /** Writes a file from the page. What the learner has made themself is only replaced if they say so. */
  write(file: FileWrite): Promise<void> {
    return this.#pageFiles.write(file, () => this.#keeper.get(), this.#lesson.peek());
  }

  /** Keeps now what has not been kept yet: the page may be about to go. */
  async flush(): Promise<void> {
    await this.#options.saveEditor();
    await (await this.#keeper.find())?.flush();
  }

  async #aroundClearing(reset: () => Promise<void>, whenReset?: () => Promise<void>): Promise<void> {
    const keeper = await this.#keeper.get();
    const seat = this.#seat;
    const turn = this.#turn;
    await this.#closeEditor().catch(() => undefined);
    await keeper.flush();
    if (turn !== this.#turn) throw replaced();
    this.#endStay();
    this.#seat = undefined;
    this.#run.peek()?.connect(undefined);
    // What the reset does to the files is no work of the learner's.
    await keeper.connect(undefined);
    try {
      await reset();
      this.#noteFresh(seat);
      await whenReset?.();
    } finally {
      if (turn === this.#turn) {
        this.#seat ??= seat;
        await this.#enter();
      }
    }
  }

  #noteFresh(seat: Seat | undefined): boolean {
    this.usedBy = undefined;
    seat?.typist.forget();
    return this.#offers.noteFresh(this.#key);
  }

  #closeEditor(): Promise<void> {
    const { clock, closeEditor } = this.#options;
    return patiently(clock, closeEditor);
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
    const isLeft = () => signal.aborted;
    const { board } = this.#options;
    board.close(...lessonNotices);
    const key = this.#key;
    const seat = this.#seat;
    if (key === undefined || seat === undefined) return;
    const lesson = this.#lesson.peek();
    const run = this.#run.peek();
    const first = lesson?.files ?? [];
    try {
      await this.#closeEditor();
      const keeper = await this.#keeper.get();
      if (isLeft()) return;
      await keeper.connect(seat.machine.workspace);
      // Another lesson that is on its way by now must not be overtaken.
      if (isLeft()) return;
      const begun = await keeper.enter(key, first);
      if (isLeft() || lesson === null || run === undefined) return;
      this.#stay = { lesson, run, seat, keeper, begun, signal };
      this.#offers.greet(this.#stay);
    } catch (error) {
      if (isLeft()) return;
      board.show("files", stepWords.filesPageCouldNot(errorSentence(error)), {
        [stepWords.tryAgain]: () => void this.#enter(),
      });
    }
  }

  #endStay(): void {
    this.#leave.abort();
    this.#stay = undefined;
  }

  async #prepare(lesson: Lesson, step: Step): Promise<void> {
    const { board } = this.#options;
    await sayingWhy(board, stepWords.stepsFilesCouldNot, async () => {
      const keeper = await this.#keeper.get();
      askToReplace(board, keeper, await keeper.beginStep(lesson, step), "step");
    });
  }
}

function replaced(): MachineError {
  return new MachineError("disposed", stepWords.machineReplacedBeforeCould, {
    hint: stepWords.resetAgainIfYou,
  });
}

/** What is only true of one lesson on one machine. */
const lessonNotices = ["files", "needs", "start", "used", "forgotten", "replace", "replace-one", "beginning"];
