export interface EndedCommand {
  /** Counted from 1. */
  readonly terminal: number;
  /** As it was entered; may be one line of several. */
  readonly line: string;
  readonly exitCode: number;
}

export interface HostRun {
  readonly command: string;
  readonly terminal: number;
}

/** The commands that a host has had typed, until they have ended. What the reader types besides is none of them. */
export class RunsUnderWay {
  #runs: readonly HostRun[] = [];

  begin(run: HostRun): void {
    // One that is read by a program in the terminal never ends as a command.
    this.#runs = [...this.#runs, run].slice(-mostUnderWay);
  }

  /** Those that this was the end of: one, or none. A command of several lines ends with the last of them. */
  end({ terminal, line, exitCode }: EndedCommand): readonly (HostRun & { readonly exitCode: number })[] {
    const ended = this.#runs.find((run) => run.terminal === terminal && isEndOf(run.command, line));
    if (ended === undefined) return [];
    this.#runs = this.#runs.filter((run) => run !== ended);
    return [{ ...ended, exitCode }];
  }

  /** All that were under way: their machine is gone. */
  dropAll(): readonly HostRun[] {
    const dropped = this.#runs;
    this.#runs = [];
    return dropped;
  }
}

const mostUnderWay = 20;

/** A shell may tell of several lines one by one, or of all as one. */
function isEndOf(command: string, line: string): boolean {
  const lines = command.trim().split("\n");
  if (lines.length === 1) return squash(line) === squash(command);
  return squash(line).endsWith(squash(lines.at(-1) ?? ""));
}

function squash(text: string): string {
  return text.replaceAll(/\s+/g, " ").trim();
}
