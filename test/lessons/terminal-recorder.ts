import { setTimeout } from "node:timers/promises";
import type { TerminalName } from "../../src/lessons/model.ts";
import type { RecordingMark } from "../../src/lessons/recording-mark.ts";
import { RecordingTape } from "../../src/lessons/recording-tape.ts";
import type { RecordingHeader } from "../../src/lessons/recording.ts";

/** Records what terminals print, from the moment at which it is told to begin. */
export class TerminalRecorder {
  readonly #lastLines = new Map<TerminalName, Uint8Array>();
  readonly #now: () => number;
  #tape: RecordingTape | undefined;
  #terminals = 0;
  #printedAt = 0;

  /** `now` is in milliseconds. */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  print(terminal: TerminalName, bytes: Uint8Array): void {
    this.#printedAt = this.#now();
    if (this.#tape !== undefined) {
      if (terminal === "vm" || terminal <= this.#terminals) this.#tape.print(terminal, bytes);
    } else this.#lastLines.set(terminal, lastLine(this.#lastLines.get(terminal), bytes));
  }

  /** Begins with the prompts that stand in so many terminals. Of others nothing is recorded. */
  begin(terminals: number): void {
    this.#terminals = terminals;
    const tape = (this.#tape = new RecordingTape(this.#now));
    for (let terminal = 1; terminal <= terminals; terminal++) {
      const prompt = this.#lastLines.get(terminal);
      if (prompt !== undefined) tape.print(terminal, prompt);
    }
    tape.turnTo(1);
  }

  /** A command's terminal is named: what its marks say is about that one. */
  mark(mark: RecordingMark, terminal?: TerminalName): void {
    if (terminal !== undefined) this.#tape?.turnTo(terminal);
    this.#tape?.mark(mark);
  }

  /** Waits until nothing has been printed for a moment, but not for long. */
  async quiet(signal: AbortSignal): Promise<void> {
    const end = this.#now() + patienceMs;
    this.#printedAt = this.#now();
    while (this.#now() < Math.min(this.#printedAt + quietMs, end)) await setTimeout(lookMs, undefined, { signal });
  }

  text(header: RecordingHeader): string {
    return this.#tape?.text(header) ?? "";
  }
}

function lastLine(before: Uint8Array | undefined, bytes: Uint8Array): Uint8Array {
  const end = bytes.lastIndexOf(newline);
  if (end >= 0 || before === undefined) return bytes.slice(end + 1);
  const line = new Uint8Array(before.length + bytes.length);
  line.set(before);
  line.set(bytes, before.length);
  return line;
}

const newline = 0x0a;
const quietMs = 1500;
const patienceMs = 6000;
const lookMs = 50;
