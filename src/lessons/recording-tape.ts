import type { TerminalName } from "./model.ts";
import { writeMark, type RecordingMark } from "./recording-mark.ts";
import type { RecordingHeader } from "./recording.ts";

/** Takes down what terminals print, and marks, with their times: the text of a recording (`readRecording` reads it again). */
export class RecordingTape {
  readonly #now: () => number;
  readonly #start: number;
  readonly #lines: string[] = [];
  readonly #decoders = new Map<TerminalName, Decoder>();
  #terminal: TerminalName = 1;
  #piece: { readonly at: number; text: string } | undefined;
  #characters = 0;

  /** `now` is in milliseconds. The recording's time begins with it. */
  constructor(now: () => number) {
    this.#now = now;
    this.#start = now();
  }

  /** How long it has gone on, in ms. */
  get ms(): number {
    return this.#now() - this.#start;
  }

  /** About as many bytes as its text will have. */
  get bytes(): number {
    return this.#characters + (this.#piece?.text.length ?? 0);
  }

  print(terminal: TerminalName, bytes: Uint8Array): void {
    const text = this.#decoderOf(terminal).decode(bytes, { stream: true });
    if (text === "") return;
    this.turnTo(terminal);
    // What comes in pieces within a moment is seen as one.
    if (this.#piece !== undefined && this.ms - this.#piece.at > pieceMs) this.#flush();
    this.#piece ??= { at: this.ms, text: "" };
    this.#piece.text += text;
  }

  mark(mark: RecordingMark): void {
    this.#flush();
    this.#push(this.ms, "m", writeMark(mark));
    if (mark.kind === "terminal") this.#terminal = mark.terminal;
  }

  /** What comes next is about this terminal; to be said before the mark of a command. */
  turnTo(terminal: TerminalName): void {
    if (terminal !== this.#terminal) this.mark({ kind: "terminal", terminal });
  }

  resize(columns: number, rows: number): void {
    this.#flush();
    this.#push(this.ms, "r", `${columns}x${rows}`);
  }

  text(header: RecordingHeader): string {
    this.#flush();
    return [JSON.stringify(header), ...this.#lines, ""].join("\n");
  }

  #flush(): void {
    const piece = this.#piece;
    this.#piece = undefined;
    if (piece !== undefined) this.#push(piece.at, "o", piece.text);
  }

  #push(ms: number, code: "o" | "m" | "r", data: string): void {
    const line = JSON.stringify([Math.round(ms) / 1000, code, data]);
    this.#lines.push(line);
    this.#characters += line.length + 1;
  }

  #decoderOf(terminal: TerminalName): Decoder {
    let decoder = this.#decoders.get(terminal);
    if (decoder === undefined) this.#decoders.set(terminal, (decoder = new TextDecoder()));
    return decoder;
  }
}

type Decoder = InstanceType<typeof TextDecoder>;

/** Shorter than a frame of the films that eyes take for motion. */
const pieceMs = 30;
