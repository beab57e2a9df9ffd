import type { TerminalName } from "./model.ts";
import type { Recording } from "./recording.ts";

/** As much of xterm.js as turns what was printed into lines. */
export interface TextTerminal {
  write(text: string, done: () => void): void;
  readonly buffer: {
    readonly normal: {
      readonly length: number;
      getLine(y: number): { readonly isWrapped: boolean; translateToString(trimRight: boolean): string } | undefined;
    };
  };
  dispose(): void;
}

export interface TextTerminalOptions {
  readonly cols: number;
  readonly rows: number;
  readonly scrollback: number;
  readonly allowProposedApi: true;
}

export type OpenTextTerminal = (options: TextTerminalOptions) => TextTerminal;

/** `outputsOf`, with a terminal that the caller has. */
export async function outputsWith(recording: Recording, open: OpenTextTerminal): Promise<ReadonlyMap<string, string>> {
  const outputs = new Map<string, string>();
  for (const [key, { printed, size }] of printedByCommands(recording)) {
    outputs.set(key, await plainLines(outputIn(printed), size, open));
  }
  return outputs;
}

/** All that a terminal has shown, its prompts included: for a recording in which nothing of a lesson was done. */
export async function transcriptWith({ header, events }: Recording, open: OpenTextTerminal): Promise<string> {
  const printed = events.map((event) => (event.type === "output" ? event.text : "")).join("");
  return plainLines(printed, { columns: header.width, rows: header.height }, open);
}

interface Size {
  readonly columns: number;
  readonly rows: number;
}

/** What the terminal that a command was typed into has printed between its two marks. */
function printedByCommands({ header, events }: Recording): Map<string, { printed: string; size: Size }> {
  const found = new Map<string, { printed: string; size: Size }>();
  const open = new Map<string, TerminalName>();
  let terminal: TerminalName = 1;
  let size: Size = { columns: header.width, rows: header.height };
  for (const event of events) {
    if (event.type === "resize") size = event;
    else if (event.type === "output") {
      for (const [key, into] of open) {
        const command = found.get(key);
        if (command !== undefined && into === event.terminal) command.printed += event.text;
      }
    } else if (event.mark.kind === "terminal") terminal = event.mark.terminal;
    else if (event.mark.kind === "command" || event.mark.kind === "end") {
      const key = `${event.mark.step} ${event.mark.index}`;
      open.delete(key);
      if (event.mark.kind === "command") {
        // Typed again, it is the last time that counts.
        found.set(key, { printed: "", size });
        open.set(key, terminal);
      }
    }
  }
  return found;
}

/**
 * Without the prompt and the command's own line, where the shell tells when it begins and ends a command (OSC 133;C and D, from
 * `src/image/guest/bashrc`). What was typed into a program that runs has neither: there it is everything.
 */
function outputIn(printed: string): string {
  const begin = printed.indexOf(commandBegins);
  if (begin < 0) return printed;
  const output = printed.slice(begin + commandBegins.length);
  const end = output.indexOf(commandEnds);
  return end < 0 ? output : output.slice(0, end);
}

const commandBegins = "\u001b]133;C\u0007";
const commandEnds = "\u001b]133;D";

async function plainLines(printed: string, { columns, rows }: Size, open: OpenTextTerminal): Promise<string> {
  const terminal = open({ cols: columns, rows, scrollback: mostLines, allowProposedApi: true });
  try {
    await new Promise<void>((resolve) => terminal.write(printed, resolve));
    const { normal } = terminal.buffer;
    const lines: string[] = [];
    for (let y = 0; y < normal.length; y++) {
      const line = normal.getLine(y);
      // A row that goes on in the next one is as wide as the terminal, spaces at its end included.
      const goesOn = normal.getLine(y + 1)?.isWrapped === true;
      const text = line?.translateToString(!goesOn) ?? "";
      if (line?.isWrapped === true) lines.push((lines.pop() ?? "") + text);
      else lines.push(text);
    }
    return lines.join("\n").trimEnd();
  } finally {
    terminal.dispose();
  }
}

const mostLines = 20_000;
