// Over 250 lines because all of it acts on the one lesson that is open, and each act must know whether it still is.
import { computed, signal, type ReadonlySignal } from "@preact/signals";
import type { Lesson, LessonFile, LessonStart, QuizAnswer, Step } from "../lessons/model.ts";
import type { Machine } from "../machine/contract.ts";
import type { Outcome } from "../checks/outcome.ts";
import { beginFrom } from "./begin-from.ts";
import type { FileWrite } from "./command-queue.ts";
import { describeLack } from "./lesson-needs.ts";
import { LessonRun, type LessonRunOptions, type ProgressStore, type StepRunner } from "./lesson-run.ts";
import type { NoticeBoard } from "./notice-board.ts";
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
  /** Whether the machine is as released now; if not, it was said why. */
  resetMachine: (workspace: "keep" | "clear") => Promise<boolean>;
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
  readonly #lesson = signal<Lesson | null>(null);
  readonly #run = signal<LessonRun | undefined>(undefined);
  readonly steps = computed(() => this.#run.value?.steps.value ?? []);
  /** The step that was reset last, or the whole lesson, and how often that has been. */
  readonly lastReset = signal<{ readonly count: number; readonly step: string | undefined } | undefined>(undefined);
  /** What the machine has last been worked on for: a lesson's id or `playground`; undefined while it is fresh. */
  usedBy: string | undefined;
  /** The lesson's id or `playground`; undefined before there is either. */
  #key: string | undefined;
  #seat: Seat | undefined;
  #turn = 0;
  /** Aborted when another lesson or another machine takes the place. */
  #stay = new AbortController();
  /** What the page's buttons wrote, by path: not the learner's own work, as long as it is still so. */
  readonly #writtenHere = new Map<string, Set<string>>();
  #keeper: Promise<WorkspaceKeeper> | undefined;

  constructor(options: LessonDeskOptions) {
    this.#options = options;
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
    this.#writtenHere.clear();
    this.#lesson.value = lesson;
    this.#run.value = lesson === null ? undefined : this.#createRun(lesson);
    void this.#enter();
  }

  /**
   * Uses another machine, or none. `usedBy` is what it was worked on for before. Resolves when the lesson's files are in it.
   */
  async connect(seat: Seat | undefined, usedBy?: string): Promise<void> {
    const turn = ++this.#turn;
    this.#stay.abort();
    this.#seat = undefined;
    this.#run.peek()?.connect(undefined);
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

  /** Forgets the step's progress and takes the workspace back to its beginning; the machine as well if that is wanted. */
  async resetStep(id: string, { machine }: { machine: boolean }): Promise<void> {
    const lesson = this.#lesson.peek();
    const step = lesson?.steps.find((each) => each.id === id);
    if (lesson === null || step === undefined) return;
    await this.#trying("The step’s files could not be put back.", async () => {
      await this.#options.closeEditor();
      const keeper = await this.#openKeeper();
      this.#options.board.close("beginning");
      const reset = await keeper.resetStep(lesson, step);
      if (!reset.isRestored && this.#lesson.peek() === lesson)
        this.#options.board.show("beginning", describeUnknownBeginning(reset.written));
      if (machine && this.#seat !== undefined) await this.#options.resetMachine("keep");
    });
    if (this.#lesson.peek() !== lesson) return;
    this.#options.board.close("replace");
    this.#run.peek()?.reset(id);
    this.#tellReset(id);
  }

  /** Forgets all of the lesson, and begins it anew on a fresh machine. */
  async resetLesson(): Promise<void> {
    const lesson = this.#lesson.peek();
    if (lesson === null) return;
    const run = this.#run.peek();
    run?.connect(undefined);
    run?.resetAll();
    this.#tellReset(undefined);
    await this.#trying("The lesson’s files could not be put back.", async () => {
      await this.#options.forgetMachine(lesson.id);
      const isReset = this.#seat !== undefined && (await this.#options.resetMachine("clear"));
      if (isReset) return;
      await (await this.#openKeeper()).forget(lesson.id);
      await this.#enter();
    });
  }

  /**
   * Holds on to the files while `reset` takes the machine back to how it was released; with `clear`, the lesson's files are
   * put in anew.
   */
  async aroundReset(workspace: "keep" | "clear", reset: () => Promise<void>): Promise<void> {
    const { saveEditor, closeEditor, board } = this.#options;
    const keeper = await this.#openKeeper();
    const key = this.#key;
    if (workspace === "keep") await saveEditor();
    else {
      await closeEditor();
      this.#run.peek()?.connect(undefined);
      if (key !== undefined) await keeper.forget(key);
    }
    await keeper.hold(reset);
    this.usedBy = undefined;
    this.#seat?.typist.forget();
    board.close("used");
    if (workspace === "clear" && key === this.#key) await this.#enter();
  }

  /** Writes a file from the page. What the learner has made themself is only replaced if they say so. */
  async write({ path, content, onWritten }: FileWrite): Promise<void> {
    await this.#trying(`${path} could not be written.`, async () => {
      const keeper = await this.#openKeeper();
      const bytes = await keeper.read(path);
      const there = bytes && new TextDecoder().decode(bytes);
      const writeIt = async () => {
        await keeper.writeText(path, content);
        this.#writtenHere.set(path, (this.#writtenHere.get(path) ?? new Set()).add(content));
        onWritten?.();
      };
      if (there === content) onWritten?.();
      else if (there === undefined || this.#isGiven(path, there)) await writeIt();
      else {
        this.#options.board.show("replace-one", `There is a different ${path} in /workspace.`, {
          "Replace it": () => void this.#trying(`${path} could not be written.`, writeIt),
          "Keep mine": () => undefined,
        });
      }
    });
  }

  /** Keeps now what has not been kept yet: the page may be about to go. */
  async flush(): Promise<void> {
    await this.#options.saveEditor();
    await (await this.#keeper)?.flush();
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
    return new LessonRun({ lesson, progress, now, judge, prepare });
  }

  /** Puts the lesson's files into the machine, then lets its checks be asked. */
  async #enter(): Promise<void> {
    this.#stay.abort();
    const stay = (this.#stay = new AbortController()).signal;
    const { board, closeEditor } = this.#options;
    board.close(...lessonNotices);
    const key = this.#key;
    const seat = this.#seat;
    if (key === undefined || seat === undefined) return;
    const lesson = this.#lesson.peek();
    const first = lesson?.files ?? [];
    try {
      await closeEditor();
      const keeper = await this.#openKeeper();
      const begun = await keeper.enter(key, first);
      if (stay.aborted) return;
      this.#run.peek()?.connect(seat.runner);
      if (lesson !== null) this.#greet(lesson, seat, begun);
    } catch (error) {
      if (stay.aborted) return;
      board.show("files", `The files of this page could not be put into the machine. ${sentence(error)}`, {
        "Try again": () => void this.#enter(),
      });
    }
  }

  #greet(lesson: Lesson, { machine }: Seat, begun: "kept" | "fresh"): void {
    const { board, progress, resetMachine } = this.#options;
    const lack = describeLack(lesson.machine, machine);
    if (lack !== undefined) board.show("needs", lack);
    const isNew = Object.keys(progress.load()[lesson.id] ?? {}).length === 0;
    const isUsed = this.usedBy !== undefined && this.usedBy !== lesson.id;
    const { start } = lesson;
    if (start !== null && isNew) {
      const files = begun === "kept" ? " What lies in /workspace is then replaced." : "";
      const fresh = isUsed ? " To bring the machine there, it is reset first: its containers and images go." : "";
      board.show("start", `This lesson goes on from “${start.title}”.${fresh}${files}`, {
        "Bring the machine there": () => void this.#beginFrom(lesson, start),
        "I did it here already": () => void this.#adopt(lesson, start),
      });
    } else if (isUsed && isNew && begun === "fresh") {
      board.show("used", "This machine has been used before: containers and images from then are still there.", {
        "Reset the machine": () => void resetMachine("keep"),
        "Use it as it is": () => undefined,
      });
    }
  }

  async #prepare(lesson: Lesson, step: Step): Promise<void> {
    await this.#trying("The step’s files could not be written.", async () => {
      const keeper = await this.#openKeeper();
      this.#askToReplace(keeper, await keeper.beginStep(lesson, step), "step");
    });
  }

  #askToReplace(keeper: WorkspaceKeeper, files: readonly LessonFile[], whose: "step" | "lesson"): void {
    if (files.length === 0) return;
    const names = files.map(({ path }) => path).join(", ");
    const [brings, own] = files.length === 1 ? ["a file", "it"] : ["files", "them"];
    const words = `This ${whose} brings ${brings} that you have changed or made yourself: ${names}.`;
    this.#options.board.show("replace", words, {
      [`Replace mine`]: () => void this.#trying(`${names} could not be written.`, () => keeper.write(files)),
      [`Keep mine as ${own === "it" ? "it is" : "they are"}`]: () => undefined,
    });
  }

  /** Does on the machine what the earlier lesson's solutions do. */
  async #beginFrom(lesson: Lesson, start: LessonStart): Promise<void> {
    const stay = this.#stay.signal;
    const seat = this.#seat;
    const { board, resetMachine, showTerminal } = this.#options;
    if (seat === undefined) return;
    const stop = new AbortController();
    const signal = AbortSignal.any([stay, stop.signal]);
    this.#run.peek()?.connect(undefined);
    board.show("start", `Bringing the machine to the end of “${start.title}”.`, { Stop: () => stop.abort() });
    await this.#trying(`The machine could not be brought to the end of “${start.title}”.`, async () => {
      const keeper = await this.#openKeeper();
      if (this.usedBy !== undefined && !(await resetMachine("keep"))) return;
      await keeper.replaceAll(lesson, start.files);
      const carriedOut = beginFrom(
        start,
        {
          writeFile: (path, content) => keeper.writeText(path, content),
          async carryOut(command) {
            showTerminal(command.terminal);
            await seat.typist.carryOut(command, signal);
          },
          onProgress: (done, total) =>
            board.show("start", `Bringing the machine to the end of “${start.title}”: ${done + 1} of ${total}.`, {
              Stop: () => stop.abort(),
            }),
        },
        signal,
      );
      await carriedOut.catch((error: unknown) => {
        if (!signal.aborted) throw error;
      });
      if (!stay.aborted) await keeper.write(lesson.files);
    });
    this.#begin(lesson, seat, stay);
  }

  /** Takes over the files that the learner made in the earlier lesson. */
  async #adopt(lesson: Lesson, start: LessonStart): Promise<void> {
    const stay = this.#stay.signal;
    const seat = this.#seat;
    if (seat === undefined) return;
    this.#run.peek()?.connect(undefined);
    await this.#trying(`Your files of “${start.title}” could not be taken over.`, async () => {
      await this.#options.closeEditor();
      const keeper = await this.#openKeeper();
      this.#askToReplace(keeper, await keeper.adopt(lesson, start.lesson), "lesson");
    });
    this.#begin(lesson, seat, stay);
  }

  /** Opens the first step, from what is on the machine now. */
  #begin(lesson: Lesson, seat: Seat, stay: AbortSignal): void {
    if (stay.aborted) return;
    this.#options.board.close("start");
    const first = lesson.steps[0];
    const run = this.#run.peek();
    if (first !== undefined) run?.open(first.id);
    run?.connect(seat.runner);
  }

  #isGiven(path: string, content: string): boolean {
    if (this.#writtenHere.get(path)?.has(content)) return true;
    const lesson = this.#lesson.peek();
    const files = [lesson?.files ?? [], ...(lesson?.steps.map((step) => step.files) ?? [])].flat();
    return files.some((file) => file.path === path && file.encoding === "utf8" && file.content === content);
  }

  #tellReset(step: string | undefined): void {
    this.lastReset.value = { count: (this.lastReset.peek()?.count ?? 0) + 1, step };
  }

  async #trying(otherwise: string, act: () => Promise<void>): Promise<void> {
    try {
      await act();
    } catch (error) {
      this.#options.board.show("failed", `${otherwise} ${sentence(error)}`);
    }
  }
}

function sentence(error: unknown): string {
  const hint = error instanceof Error && "hint" in error ? ` ${String(error.hint)}` : "";
  return `${error instanceof Error ? error.message : String(error)}${hint}`;
}

function describeUnknownBeginning(written: readonly LessonFile[]): string {
  const names = written.map(({ path }) => path).join(", ");
  const rest = names === "" ? "." : `; only those that the step brings are written anew: ${names}.`;
  return `This browser does not know how the files were when the step began. They stay as they are${rest}`;
}

/** What is only true of one lesson on one machine. */
const lessonNotices = ["files", "needs", "start", "used", "replace", "replace-one", "beginning"];
