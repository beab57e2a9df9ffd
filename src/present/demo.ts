// Over 250 lines because one command is typed, stopped, entered and watched to its end by the same hand.
import { batch, computed, signal, type ReadonlySignal } from "@preact/signals";
import { wait, type Clock } from "../checks/clock.ts";
import type { TypedCommand } from "../checks/world.ts";
import type { Lesson, QuizAnswer, SolutionAction } from "../lessons/model.ts";
import { presentWords as words } from "../words/present.ts";
import { pauseBefore, type Pace } from "./human-pace.ts";
import type { TalkAct } from "./talk-messages.ts";

/** What a demo does things with: the terminals and the rest of a workbench. Terminals are counted from 1. */
export interface DemoSeat {
  /** Whether there is a machine with the lesson's files in it. */
  isReady(): boolean;
  isBusy(terminal: number): boolean;
  show(terminal: number): void;
  /** Types as keys would; nothing is entered. */
  type(terminal: number, text: string): void;
  /** Presses Enter. */
  enter(terminal: number): void;
  /** Takes back what is half typed. */
  clearLine(terminal: number): void;
  /** Presses Ctrl+C. */
  interrupt(terminal: number): void;
  runSmall(command: string): void;
  write(file: { readonly path: string; readonly content: string }): Promise<void>;
  answer(quiz: string, answer: QuizAnswer): Promise<void>;
  /** Told of each command when it is entered, and again when it has ended. */
  onCommand(listener: (command: TypedCommand) => void): Disposable;
}

/** A recording that stands in for the machine. */
export interface RecordedHand {
  /** Plays what was done at that place of a step's solution, and stops at its end. */
  playAct(step: string, n: number): void;
  toggle(): void;
}

export interface DemoOptions {
  lesson: Pick<Lesson, "steps">;
  seat: DemoSeat;
  clock: Clock;
  random: () => number;
  pace: () => Pace;
  /** Whether nothing should move by itself: then a command stands there at once. */
  isCalm: () => boolean;
  /** What is shown in place of a machine. */
  recorded?: () => RecordedHand | undefined;
}

/** What of a demo outlives a reload. */
export interface DemoRecord {
  readonly acts: readonly Pick<TalkAct, "step" | "n" | "text" | "state" | "exitCode">[];
}

interface Planned {
  readonly step: string;
  readonly n: number;
  readonly action: SolutionAction;
}

/** The presenter's hand: does what solves a lesson, the very actions that `npm run lessons` proves, when it is told to. */
export class Demo implements Disposable {
  readonly #options: DemoOptions;
  readonly #planned: readonly Planned[];
  readonly #acts: ReturnType<typeof signal<readonly TalkAct[]>>;
  readonly #next = signal<number | undefined>(undefined);
  readonly #isPaused = signal(false);
  readonly #problem = signal<string | undefined>(undefined);
  readonly #watch: Disposable;
  /** The order in which acts were begun. */
  readonly #begun: number[] = [];
  #typing: { readonly at: number; readonly stop: AbortController; resume: (() => void) | undefined } | undefined;
  #ending: Disposable | undefined;
  /** A terminal is being made free for what comes next. */
  #isMakingWay = false;

  constructor(options: DemoOptions) {
    this.#options = options;
    this.#planned = options.lesson.steps.flatMap(({ id, solution }) =>
      solution.map((action, n) => ({ step: id, n, action })),
    );
    this.#acts = signal(this.#planned.map((planned) => describe(planned)));
    this.#watch = options.seat.onCommand((command) => this.#note(command));
  }

  readonly acts: ReadonlySignal<readonly TalkAct[]> = computed(() => this.#acts.value ?? []);

  /** The act that is next, as its place in `acts`; undefined when the step that is shown has none left. */
  get next(): ReadonlySignal<number | undefined> {
    return this.#next;
  }

  get isPaused(): ReadonlySignal<boolean> {
    return this.#isPaused;
  }

  /** The last thing that could not be done, in a sentence. */
  get problem(): ReadonlySignal<string | undefined> {
    return this.#problem;
  }

  /** Another step is shown: its first act that is open is next. What is being typed stays. */
  goTo(step: string | undefined): void {
    if (this.#typing !== undefined || this.#stateOf(this.#next.peek()) === "typed") return;
    this.#next.value = this.#firstOpen(step);
  }

  /** Types the next command as a person would, and leaves it there. Resolves when it stands there, or was stopped. */
  async type(): Promise<void> {
    if (this.#playRecorded()) return;
    const at = this.#begin();
    if (at === undefined) return;
    const { action } = this.#at(at);
    if (action.type !== "command" || action.terminal === "vm") {
      await this.#do(at);
      return;
    }
    if (!(await this.#makeWay(at, action))) return;
    const { seat, clock, random, pace, isCalm } = this.#options;
    const text = this.#textOf(at);
    const typing = { at, stop: new AbortController(), resume: undefined as (() => void) | undefined };
    const { signal: stopped } = typing.stop;
    this.#typing = typing;
    this.#change(at, { state: "typing" });
    const letters = isCalm() ? [text] : lettersOf(text);
    for (const [n, letter] of letters.entries()) {
      if (n > 0 || !isCalm()) await wait(clock, pauseBefore(letter, letters[n - 1], pace(), random), stopped);
      while (this.#isPaused.peek() && !stopped.aborted) {
        await new Promise<void>((resolve) => {
          typing.resume = resolve;
          stopped.addEventListener("abort", () => resolve(), { once: true });
        });
      }
      if (stopped.aborted) return;
      seat.type(action.terminal, letter);
    }
    this.#typing = undefined;
    this.#change(at, { state: "typed" });
  }

  /** Enters what was typed. */
  enter(): void {
    const at = this.#next.peek();
    if (at === undefined || this.#stateOf(at) !== "typed") return;
    const { action } = this.#at(at);
    if (action.type !== "command" || action.terminal === "vm") return;
    this.#options.seat.enter(action.terminal);
    this.#run(at);
  }

  /** Stops in the middle of a command, or goes on with it. */
  pause(): void {
    this.#options.recorded?.()?.toggle();
    if (this.#typing === undefined) return;
    this.#isPaused.value = !this.#isPaused.peek();
    if (!this.#isPaused.peek()) this.#typing.resume?.();
  }

  /** Does the next act at once; the rest of one that is being typed comes at once. */
  async run(): Promise<void> {
    if (this.#playRecorded()) return;
    if (this.#stateOf(this.#next.peek()) === "typed") {
      this.enter();
      return;
    }
    this.#takeBack();
    const at = this.#begin();
    if (at !== undefined) await this.#do(at);
  }

  /** Leaves the next act out. */
  skip(): void {
    const at = this.#next.peek();
    if (at === undefined) return;
    this.#takeBack();
    this.#change(at, { state: "skipped" });
    this.#next.value = this.#firstOpen(this.#at(at).step, at + 1);
  }

  /** What was begun last is next again. */
  again(): void {
    const last = this.#begun.at(-1);
    if (last !== undefined) this.choose(last);
  }

  /** The act at that place is next, whether it was done or not. */
  choose(at: number): void {
    if (this.#planned[at] === undefined) return;
    this.#takeBack();
    if (this.#stateOf(at) !== "running") this.#change(at, { state: "open", exitCode: undefined });
    this.#next.value = at;
  }

  /** Another text for the command at that place, for this talk; empty for the lesson's own. */
  edit(at: number, text: string): void {
    const planned = this.#planned[at];
    if (planned?.action.type !== "command") return;
    if (at === this.#next.peek()) this.#takeBack();
    const own = planned.action.command;
    this.#change(at, { text: text.trim() === "" ? own : text });
  }

  /** The machine is as it was before `step`: its acts and those of later steps are to be done. */
  backTo(step: string): void {
    this.forget();
    const first = this.#planned.findIndex((planned) => planned.step === step);
    const steps = this.#options.lesson.steps.map(({ id }) => id);
    const from = first === -1 ? this.#planned.findIndex((p) => steps.indexOf(p.step) > steps.indexOf(step)) : first;
    if (from !== -1) this.#acts.value = this.acts.peek().map((act, n) => (n < from ? act : reopened(act)));
    this.#next.value = this.#firstOpen(step);
  }

  /** The machine is gone, with all that ran on it and was half typed. */
  forget(): void {
    this.#typing?.stop.abort();
    this.#typing = undefined;
    this.#ending?.[Symbol.dispose]();
    batch(() => {
      this.#isPaused.value = false;
      this.#acts.value = this.acts.peek().map((act) => (isUnderWay(act.state) ? reopened(act) : act));
    });
  }

  record(): DemoRecord {
    return { acts: this.acts.value.map(({ step, n, text, state, exitCode }) => ({ step, n, text, state, exitCode })) };
  }

  /** Takes up where `record` was made; what the lesson no longer has is left out. */
  restore(record: DemoRecord): void {
    this.#acts.value = this.acts.peek().map((act) => {
      const known = record.acts.find(({ step, n }) => step === act.step && n === act.n);
      if (known === undefined) return act;
      const text = act.kind === "command" ? known.text : act.text;
      return isUnderWay(known.state)
        ? reopened({ ...act, text })
        : { ...act, text, state: known.state, exitCode: known.exitCode };
    });
  }

  [Symbol.dispose](): void {
    this.forget();
    this.#watch[Symbol.dispose]();
  }

  /** The next act, if it can be done now. */
  #begin(): number | undefined {
    const at = this.#next.peek();
    if (this.#typing !== undefined || this.#isMakingWay || this.#stateOf(at) === "typed") return undefined;
    this.#problem.value = undefined;
    if (at === undefined) this.#problem.value = words.noneLeft;
    else if (!this.#options.seat.isReady()) this.#problem.value = words.machineNotReady;
    else return at;
    return undefined;
  }

  /** Shows the next act as it was recorded, where a recording stands in for the machine. Answers whether one does. */
  #playRecorded(): boolean {
    const recorded = this.#options.recorded?.();
    if (recorded === undefined) return false;
    const at = this.#next.peek();
    this.#problem.value = at === undefined ? words.noneLeft : undefined;
    if (at === undefined) return true;
    const { step, n } = this.#at(at);
    recorded.playAct(step, n);
    this.#run(at);
    this.#change(at, { state: "done" });
    return true;
  }

  /** Does it, whatever it is. */
  async #do(at: number): Promise<void> {
    const { seat } = this.#options;
    const { action } = this.#at(at);
    const text = this.#textOf(at);
    switch (action.type) {
      case "command":
        if (action.terminal === "vm") {
          seat.runSmall(text);
          this.#run(at);
          this.#change(at, { state: "done" });
          return;
        }
        if (!(await this.#makeWay(at, action))) return;
        seat.type(action.terminal, text);
        seat.enter(action.terminal);
        this.#run(at);
        return;
      case "file":
        await this.#attempt(at, () => seat.write(action));
        return;
      case "answer":
        await this.#attempt(at, () => seat.answer(action.quiz, action.answer));
    }
  }

  async #attempt(at: number, act: () => Promise<void>): Promise<void> {
    this.#run(at);
    try {
      await act();
      this.#change(at, { state: "done" });
    } catch (error) {
      this.#change(at, { state: "open" });
      this.#problem.value = error instanceof Error ? error.message : String(error);
    }
  }

  /** Clears the terminal's line, with Ctrl+C before if the lesson says so. Answers whether the terminal can be typed into. */
  async #makeWay(at: number, action: SolutionAction & { readonly type: "command" }): Promise<boolean> {
    const { seat, clock } = this.#options;
    const { terminal, interrupt } = action;
    if (terminal === "vm") return false;
    seat.show(terminal);
    if (interrupt) {
      seat.interrupt(terminal);
      this.#isMakingWay = true;
      const until = clock.now() + interruptMs;
      const never = new AbortController().signal;
      while (seat.isBusy(terminal) && clock.now() < until) await wait(clock, 100, never);
      this.#isMakingWay = false;
      if (this.#next.peek() !== at) return false;
    }
    // A program that runs on reads what is typed, where the lesson means it to; a command would be lost in it.
    if (seat.isBusy(terminal) && !this.#isInput(at)) {
      this.#problem.value = words.terminalBusy(terminal);
      return false;
    }
    if (!seat.isBusy(terminal)) seat.clearLine(terminal);
    return true;
  }

  /** Whether the act before in this terminal was a command that goes on and reads what comes next. */
  #isInput(at: number): boolean {
    const { terminal } = this.acts.peek()[at] ?? {};
    const before = this.#begun.findLast((each) => this.acts.peek()[each]?.terminal === terminal);
    const planned = before === undefined ? undefined : this.#at(before);
    return planned?.action.type === "command" && planned.action.background;
  }

  /** It has begun; the one after it is next. */
  #run(at: number): void {
    this.#begun.push(at);
    this.#change(at, { state: "running", exitCode: undefined });
    this.#next.value = this.#firstOpen(this.#at(at).step, at + 1);
  }

  #note({ terminal, exitCode }: TypedCommand): void {
    const isHere = (act: TalkAct | undefined) => act?.kind === "command" && act.terminal === terminal;
    const next = this.#next.peek();
    // The presenter pressed Enter in the terminal itself.
    if (
      exitCode === undefined &&
      next !== undefined &&
      this.#stateOf(next) === "typed" &&
      isHere(this.acts.peek()[next])
    )
      this.#run(next);
    const at = this.#begun.findLast((each) => isHere(this.acts.peek()[each]));
    if (at === undefined || this.#stateOf(at) !== "running") return;
    const { action } = this.#at(at);
    this.#ending?.[Symbol.dispose]();
    if (action.type === "command" && action.background) this.#change(at, { state: "done" });
    // A command of several lines is told of line by line.
    else if (exitCode !== undefined)
      this.#ending = this.#options.clock.after(quietMs, () => this.#change(at, { state: "done", exitCode }));
  }

  /** Stops what is being typed, and takes back what stands there. */
  #takeBack(): void {
    const at = this.#next.peek();
    const state = this.#stateOf(at);
    if (at === undefined || (state !== "typing" && state !== "typed")) return;
    this.#typing?.stop.abort();
    this.#typing = undefined;
    this.#isPaused.value = false;
    const { terminal } = this.acts.peek()[at] ?? {};
    if (typeof terminal === "number") this.#options.seat.clearLine(terminal);
    this.#change(at, { state: "open" });
  }

  #change(at: number, change: Partial<TalkAct>): void {
    this.#acts.value = this.acts.peek().map((act, n) => (n === at ? { ...act, ...change } : act));
  }

  #firstOpen(step: string | undefined, from = 0): number | undefined {
    const at = this.acts.peek().findIndex((act, n) => n >= from && act.step === step && act.state === "open");
    return at === -1 ? undefined : at;
  }

  #at(at: number): Planned {
    const planned = this.#planned[at];
    if (planned === undefined) throw new RangeError(`there is no act ${String(at)}`);
    return planned;
  }

  #textOf(at: number): string {
    return this.acts.peek()[at]?.text ?? "";
  }

  #stateOf(at: number | undefined): TalkAct["state"] | undefined {
    return at === undefined ? undefined : this.acts.peek()[at]?.state;
  }
}

function lettersOf(text: string): string[] {
  return Array.from(new Intl.Segmenter().segment(text), ({ segment }) => segment);
}

function describe({ step, n, action }: Planned): TalkAct {
  const base = { step, n, state: "open", kind: action.type } as const;
  switch (action.type) {
    case "command":
      return { ...base, text: action.command, terminal: action.terminal };
    case "file":
      return { ...base, text: action.path, terminal: 1 };
    case "answer":
      return { ...base, text: action.quiz, terminal: 1 };
  }
}

function reopened(act: TalkAct): TalkAct {
  return { ...act, state: "open", exitCode: undefined };
}

function isUnderWay(state: TalkAct["state"]): boolean {
  return state === "typing" || state === "typed" || state === "running";
}

/** After the end of a line, until the next line of the same command would have begun. */
const quietMs = 700;
const interruptMs = 10_000;
