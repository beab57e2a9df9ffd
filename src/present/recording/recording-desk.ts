// Over 250 lines because it is one state: where a recording is, which each of its acts changes.
import { computed, signal, type ReadonlySignal } from "@preact/signals";
import { systemClock, type Clock } from "../../checks/clock.ts";
import type { TerminalName } from "../../lessons/model.ts";
import { readRecording, RecordingError, type Recording, type RecordingEvent } from "../../lessons/recording.ts";
import { layOut, type Timeline, type TimelineStep } from "./timeline.ts";

export type RecordingState =
  | { readonly phase: "idle" | "loading" }
  | { readonly phase: "ready"; readonly recording: Recording; readonly timeline: Timeline }
  /** `unreachable`: it did not come, or not in time. `malformed`: what came is no recording, and `problem` says why. */
  | { readonly phase: "failed"; readonly reason: "unreachable" }
  | { readonly phase: "failed"; readonly reason: "malformed"; readonly problem: string };

/** Where a recording is shown. */
export interface RecordingScreen {
  /** As before anything was printed. */
  reset(): void;
  write(terminal: TerminalName, text: string): void;
  resize(columns: number, rows: number): void;
}

/** What is being done, beside what the terminals show. */
export type RecordingCaption = { readonly kind: "file"; readonly path: string } | { readonly kind: "done" } | undefined;

export interface RecordingDeskOptions {
  /** Address of the recording. */
  readonly source: string;
  readonly fetch: (address: string, options: { signal: AbortSignal }) => Promise<Response>;
  readonly clock?: Clock;
  /** For the recording to be loaded, in ms. */
  readonly loadMs?: number;
  /** Whether the person wants no motion: then playing goes from the end of one command to that of the next. */
  readonly isCalm?: () => boolean;
}

export const speeds = [0.5, 1, 2, 4] as const;
export type Speed = (typeof speeds)[number];

/** A recording that is loaded, played, stopped and wound. Times are in seconds of playing. */
export class RecordingDesk implements Disposable {
  readonly #options: RecordingDeskOptions;
  readonly #clock: Clock;
  readonly #state = signal<RecordingState>({ phase: "idle" });
  readonly #position = signal(0);
  readonly #isPlaying = signal(false);
  readonly #speed = signal<Speed>(1);
  readonly #terminal = signal<TerminalName>(1);
  readonly #caption = signal<RecordingCaption>(undefined);
  #loading: AbortController | undefined;
  #screen: RecordingScreen | undefined;
  /** How many of the events have been shown. */
  #shown = 0;
  /** The terminal that the events are about so far. */
  #told: TerminalName = 1;
  /** From where, and since when by the clock, it plays. */
  #from = { position: 0, ms: 0 };
  /** Where it stops by itself, if it is to before the end. */
  #until: number | undefined;
  #timer: Disposable | undefined;

  readonly duration = computed(() => this.#timeline.value?.seconds ?? 0);
  readonly steps = computed<readonly TimelineStep[]>(() => this.#timeline.value?.steps ?? []);
  /** Place in `steps` of the one that is being done; -1 before the first. */
  readonly step = computed(() => this.steps.value.findLastIndex(({ at }) => at <= this.#position.value));
  readonly isAtEnd = computed(() => this.#position.value >= this.duration.value);
  readonly #timeline = computed(() => (this.#state.value.phase === "ready" ? this.#state.value.timeline : undefined));

  constructor(options: RecordingDeskOptions) {
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
  }

  get state(): ReadonlySignal<RecordingState> {
    return this.#state;
  }

  get position(): ReadonlySignal<number> {
    return this.#position;
  }

  get isPlaying(): ReadonlySignal<boolean> {
    return this.#isPlaying;
  }

  get speed(): ReadonlySignal<Speed> {
    return this.#speed;
  }

  /** The terminal to look at: that of the latest command, or what was chosen since. */
  get terminal(): ReadonlySignal<TerminalName> {
    return this.#terminal;
  }

  get caption(): ReadonlySignal<RecordingCaption> {
    return this.#caption;
  }

  /** Loads it, once; after a failure, again. */
  async load(): Promise<void> {
    const { phase } = this.#state.peek();
    if (phase === "loading" || phase === "ready") return;
    const { source, fetch, loadMs = usualLoadMs } = this.#options;
    const loading = (this.#loading = new AbortController());
    this.#state.value = { phase: "loading" };
    const timer = this.#clock.after(loadMs, () => loading.abort());
    try {
      const response = await fetch(source, { signal: loading.signal });
      if (!response.ok) throw new Error(String(response.status));
      const recording = readRecording(await response.text(), source);
      if (this.#loading === loading) this.#state.value = { phase: "ready", recording, timeline: layOut(recording) };
    } catch (error) {
      if (this.#loading !== loading) return;
      this.#state.value =
        error instanceof RecordingError
          ? { phase: "failed", reason: "malformed", problem: error.problem }
          : { phase: "failed", reason: "unreachable" };
    } finally {
      timer[Symbol.dispose]();
    }
  }

  /** Shows it there, from the beginning up to where it is, until disposed. */
  attach(screen: RecordingScreen): Disposable {
    this.#screen = screen;
    this.#showFromStart();
    return {
      [Symbol.dispose]: () => {
        if (this.#screen === screen) this.#screen = undefined;
      },
    };
  }

  /** At the end it begins anew. */
  play(): void {
    if (this.#timeline.peek() === undefined || this.#isPlaying.peek()) return;
    if (this.isAtEnd.peek()) this.#goTo(0);
    // A part that has been played to its end is over.
    if (this.#isOver()) this.#until = undefined;
    this.#isPlaying.value = true;
    if (this.#isCalm()) this.#goTo(this.#nextStop());
    this.#anchor();
  }

  pause(): void {
    if (!this.#isPlaying.peek()) return;
    this.#advance();
    this.#isPlaying.value = false;
    this.#stopTimer();
  }

  toggle(): void {
    if (this.#isPlaying.peek()) this.pause();
    else this.play();
  }

  /** Goes there, forwards or back, and on playing if it plays. */
  seek(position: number): void {
    this.#until = undefined;
    this.#goTo(position);
    if (this.isAtEnd.peek()) this.#end();
    else this.#anchor();
  }

  toStep(index: number): void {
    const step = this.steps.peek()[Math.max(0, Math.min(index, this.steps.peek().length - 1))];
    if (step !== undefined) this.seek(step.at);
  }

  /** To the beginning of the step with that id, and stops there. */
  showStep(id: string): void {
    const step = this.steps.peek().find((each) => each.id === id);
    if (step === undefined) return;
    this.pause();
    this.seek(step.at);
  }

  /** To the step's beginning, or, shortly after it, to that of the step before. */
  toPreviousStep(): void {
    this.#toPrevious(this.steps.peek());
  }

  /** To the next step, or to the end. */
  toNextStep(): void {
    this.#toNext(this.steps.peek());
  }

  /** As with steps, to where a command is typed or a file is written. */
  toPreviousAct(): void {
    this.#toPrevious(this.#timeline.peek()?.acts ?? []);
  }

  toNextAct(): void {
    this.#toNext(this.#timeline.peek()?.acts ?? []);
  }

  /** Plays what was done at that place of a step's solution, from its beginning to its end, and stops there. */
  playAct(step: string, index: number): void {
    const act = this.#timeline.peek()?.acts.find((each) => each.step === step && each.index === index);
    if (act === undefined) return;
    this.pause();
    this.seek(this.#isCalm() ? act.until : act.at);
    if (this.#isCalm() || act.until === act.at) return;
    this.#until = act.until;
    this.play();
  }

  /** To the end of the command that is next to end. */
  toNextStop(): void {
    this.seek(this.#nextStop());
  }

  setSpeed(speed: Speed): void {
    if (this.#isPlaying.peek()) this.#advance();
    this.#speed.value = speed;
    this.#anchor();
  }

  chooseTerminal(terminal: TerminalName): void {
    this.#terminal.value = terminal;
  }

  [Symbol.dispose](): void {
    this.#loading?.abort();
    this.#loading = undefined;
    this.#isPlaying.value = false;
    this.#screen = undefined;
    this.#stopTimer();
  }

  #isCalm(): boolean {
    return this.#options.isCalm?.() === true;
  }

  /** Where it is at this moment; `position` may lag behind a little. */
  #now(): number {
    if (!this.#isPlaying.peek() || this.#isCalm()) return this.#position.peek();
    const passed = ((this.#clock.now() - this.#from.ms) / 1000) * this.#speed.peek();
    return Math.min(this.#from.position + passed, this.#until ?? this.duration.peek());
  }

  /** From now on the clock counts from here. */
  #anchor(): void {
    this.#from = { position: this.#position.peek(), ms: this.#clock.now() };
    this.#wait();
  }

  /** Waits for what comes next, at most as long as a glance at the position takes. */
  #wait(): void {
    this.#stopTimer();
    if (!this.#isPlaying.peek()) return;
    if (this.#isCalm()) {
      this.#timer = this.#clock.after(calmMs / this.#speed.peek(), () => this.#nextCalm());
      return;
    }
    const end = this.#until ?? this.duration.peek();
    const next = Math.min(this.#timeline.peek()?.events[this.#shown]?.at ?? end, end);
    const seconds = Math.min(Math.max(next - this.#position.peek(), 0), tickSeconds);
    const ms = Math.max(1, (seconds / this.#speed.peek()) * 1000);
    this.#timer = this.#clock.after(ms, () => this.#advance());
  }

  #advance(): void {
    this.#goTo(this.#now());
    if (this.isAtEnd.peek() || this.#isOver()) this.#end();
    else this.#wait();
  }

  #nextCalm(): void {
    this.#goTo(this.#nextStop());
    if (this.isAtEnd.peek()) this.#end();
    else this.#wait();
  }

  #isOver(): boolean {
    return this.#until !== undefined && this.#position.peek() >= this.#until;
  }

  #toPrevious(places: readonly { readonly at: number }[]): void {
    const now = this.#now();
    const n = places.findLastIndex(({ at }) => at <= now);
    const its = places[n];
    this.seek((its !== undefined && now - its.at > nearBeginning ? its : places[n - 1])?.at ?? 0);
  }

  #toNext(places: readonly { readonly at: number }[]): void {
    const now = this.#now();
    this.seek(places.find(({ at }) => at > now)?.at ?? this.duration.peek());
  }

  #nextStop(): number {
    return this.#timeline.peek()?.stops.find((at) => at > this.#position.peek()) ?? this.duration.peek();
  }

  #end(): void {
    this.#isPlaying.value = false;
    this.#stopTimer();
  }

  #goTo(position: number): void {
    const wanted = Math.max(0, Math.min(position, this.duration.peek()));
    const isBack = wanted < this.#position.peek();
    this.#position.value = wanted;
    if (isBack) this.#showFromStart();
    else this.#showUpTo(wanted);
  }

  #showFromStart(): void {
    this.#shown = 0;
    this.#told = 1;
    this.#terminal.value = this.#timeline.peek()?.terminals[0] ?? 1;
    this.#caption.value = undefined;
    this.#screen?.reset();
    this.#showUpTo(this.#position.peek());
  }

  #showUpTo(position: number): void {
    const events = this.#timeline.peek()?.events ?? [];
    for (; this.#shown < events.length; this.#shown++) {
      const event = events[this.#shown];
      if (event === undefined || event.at > position) return;
      this.#show(event);
    }
  }

  #show(event: RecordingEvent): void {
    if (event.type === "output") this.#screen?.write(event.terminal, event.text);
    else if (event.type === "resize") this.#screen?.resize(event.columns, event.rows);
    else if (event.mark.kind === "terminal") this.#told = event.mark.terminal;
    else if (event.mark.kind === "step") this.#caption.value = undefined;
    else if (event.mark.kind === "done") this.#caption.value = { kind: "done" };
    else if (event.mark.kind === "file") this.#caption.value = this.#fileOf(event.mark.step, event.mark.index);
    else if (event.mark.kind === "command") {
      this.#caption.value = undefined;
      this.#terminal.value = this.#told;
    }
  }

  #fileOf(step: string, index: number): RecordingCaption {
    const state = this.#state.peek();
    if (state.phase !== "ready") return undefined;
    const action = state.recording.header.drydock.steps.find(({ id }) => id === step)?.solution[index];
    return action?.type === "file" ? { kind: "file", path: action.path } : undefined;
  }

  #stopTimer(): void {
    this.#timer?.[Symbol.dispose]();
    this.#timer = undefined;
  }
}

const usualLoadMs = 30_000;
/** How often the position moves where nothing is printed, in seconds. */
const tickSeconds = 0.25;
/** How long the end of a command stays for somebody who wants no motion. */
const calmMs = 4000;
/** Seconds after a beginning in which "previous" means the one before. */
const nearBeginning = 1.5;
