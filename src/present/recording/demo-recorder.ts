import { signal, type ReadonlySignal } from "@preact/signals";
import { systemClock, type Clock } from "../../checks/clock.ts";
import type { TerminalName } from "../../lessons/model.ts";
import type { RecordingMark } from "../../lessons/recording-mark.ts";
import { RecordingTape } from "../../lessons/recording-tape.ts";
import type { RecordedStep } from "../../lessons/recording.ts";
import type { Console } from "../../machine/contract.ts";

export type DemoState =
  | { readonly phase: "idle" }
  /** `bytes` and `ms` are looked at every second. */
  | { readonly phase: "recording"; readonly bytes: number; readonly ms: number }
  /** `because`: it was stopped, or has reached a limit. */
  | {
      readonly phase: "recorded";
      readonly because: "stopped" | "bytes" | "time";
      readonly bytes: number;
      readonly ms: number;
      /** As `readRecording` reads it. */
      readonly text: string;
    };

export interface DemoLimits {
  readonly bytes: number;
  readonly ms: number;
}

/** What is recorded, and of what. */
export interface DemoSubject {
  /** `<course>/<lesson>`, and its title. */
  readonly lesson: string;
  readonly title: string;
  /** The lesson's, so that marks of its commands mean something. */
  readonly steps: readonly RecordedStep[];
  /** `Machine.image.id`. */
  readonly machine: string;
  /** The size of the terminals as it begins, in character cells. */
  readonly columns: number;
  readonly rows: number;
}

export interface DemoRecorderOptions {
  readonly limits?: DemoLimits;
  readonly clock?: Clock;
  /** Milliseconds since 1970. */
  readonly date?: () => number;
}

/** Some minutes of an engine at full speed, or an hour of a talk. */
export const demoLimits: DemoLimits = { bytes: 5_000_000, ms: 60 * 60_000 };

/** Collects what terminals print while something is shown to people, with marks, as a text that `readRecording` reads. One at a time. */
export class DemoRecorder implements Disposable {
  readonly limits: DemoLimits;
  readonly #clock: Clock;
  readonly #date: () => number;
  readonly #state = signal<DemoState>({ phase: "idle" });
  #running: { readonly tape: RecordingTape; readonly end: () => string } | undefined;
  #listening: readonly Disposable[] = [];
  #timer: Disposable | undefined;

  constructor({ limits = demoLimits, clock = systemClock, date = Date.now }: DemoRecorderOptions = {}) {
    this.limits = limits;
    this.#clock = clock;
    this.#date = date;
  }

  get state(): ReadonlySignal<DemoState> {
    return this.#state;
  }

  /**
   * The consoles of the machine, from now on; none while there is none. With another machine its terminals begin anew, and so do those of
   * what is being recorded.
   */
  listen(consoles: readonly Pick<Console, "onOutput">[]): void {
    for (const each of this.#listening) each[Symbol.dispose]();
    this.#listening = consoles.map((each, n) => each.onOutput((bytes) => this.#print(n + 1, bytes)));
    for (const n of consoles.keys()) this.#print(n + 1, fullReset);
  }

  /** Begins; what was recorded before is forgotten. While one is being recorded, nothing happens. */
  start({ lesson, title, steps, machine, columns, rows }: DemoSubject): void {
    if (this.#running !== undefined) return;
    const tape = new RecordingTape(() => this.#clock.now());
    const timestamp = Math.floor(this.#date() / 1000);
    const drydock = { lesson, machine, terminals: Math.max(1, this.#listening.length), steps };
    const end = () => tape.text({ version: 2, width: columns, height: rows, timestamp, title, drydock });
    this.#running = { tape, end };
    this.#look();
  }

  /** Told of whatever is worth finding again; nothing happens while nothing is recorded. A command's terminal is turned to before. */
  mark(mark: RecordingMark, terminal?: TerminalName): void {
    const tape = this.#running?.tape;
    if (tape === undefined) return;
    if (terminal !== undefined) tape.turnTo(terminal);
    tape.mark(mark);
    this.#stopAtLimit();
  }

  /** The terminals have another size from now on. */
  resize(columns: number, rows: number): void {
    this.#running?.tape.resize(columns, rows);
  }

  stop(): void {
    this.#stop("stopped");
  }

  [Symbol.dispose](): void {
    this.#end();
    this.listen([]);
    this.#state.value = { phase: "idle" };
  }

  #print(terminal: number, bytes: Uint8Array): void {
    this.#running?.tape.print(terminal, bytes);
    this.#stopAtLimit();
  }

  /** Once a second: that is often enough for those who watch it, and for the limit of time. */
  #look(): void {
    const running = this.#running;
    if (running === undefined || this.#stopAtLimit()) return;
    const { bytes, ms } = running.tape;
    this.#state.value = { phase: "recording", bytes, ms };
    const left = Math.max(1, this.limits.ms - ms);
    this.#timer = this.#clock.after(Math.min(lookMs, left), () => this.#look());
  }

  #stopAtLimit(): boolean {
    const tape = this.#running?.tape;
    if (tape === undefined) return true;
    if (tape.bytes >= this.limits.bytes) this.#stop("bytes");
    else if (tape.ms >= this.limits.ms) this.#stop("time");
    return this.#running === undefined;
  }

  #stop(because: "stopped" | "bytes" | "time"): void {
    const running = this.#end();
    if (running === undefined) return;
    const { bytes, ms } = running.tape;
    this.#state.value = { phase: "recorded", because, bytes, ms, text: running.end() };
  }

  #end() {
    const running = this.#running;
    this.#running = undefined;
    this.#timer?.[Symbol.dispose]();
    this.#timer = undefined;
    return running;
  }
}

/** RIS of ECMA-48. */
const fullReset = new TextEncoder().encode("\u001bc");
const lookMs = 1000;
