import { EventEmitter, once } from "node:events";
import type { Console } from "../../src/machine/contract.ts";

/** One terminal as its learner sees it, and what its shell tells of itself in sequences that are not shown. */
export interface ShellScreen extends Disposable {
  /** Whether the shell waits for a command; `undefined` until it has said so. */
  readonly isAtPrompt: boolean | undefined;
  /** Whether what is typed may be marked as pasted, so that several lines are entered as one. */
  readonly takesPaste: boolean;
  /** Of the last command that has ended since `clear`. */
  readonly exitCode: number | undefined;
  /** How many commands have begun since `clear`. Of those entered together, the shell tells only how the last one ended. */
  readonly begun: number;
  type(text: string): void;
  /** Forgets what was shown, and how commands ended. */
  clear(): void;
  /** What was shown since `clear`, as plain text. */
  text(): string;
  /** Runs `act`, then waits for the shell to begin a command. */
  begins(act: () => void, signal: AbortSignal): Promise<void>;
  /** Runs `act`, then waits until a command has ended after it and the shell waits for the next one. */
  ends(act: () => void, signal: AbortSignal): Promise<void>;
  /** Waits until nothing new has been shown for `ms`. */
  silence(ms: number, signal: AbortSignal): Promise<void>;
}

export function createShellScreen(terminal: Console): ShellScreen {
  const changes = new EventEmitter();
  const decoder = new TextDecoder();
  let shown = "";
  let read = 0;
  let isRunning = false;
  let isReading: boolean | undefined;
  let takesPaste = false;
  let exitCode: number | undefined;
  let begunBefore = 0;
  let begun = 0;
  let ended = 0;

  const listening = terminal.onOutput((bytes) => {
    shown += decoder.decode(bytes, { stream: true });
    reports.lastIndex = read;
    for (let match = reports.exec(shown); match !== null; match = reports.exec(shown)) {
      read = reports.lastIndex;
      take(match);
    }
    // The beginning of a report may be at the very end.
    read = Math.max(read, shown.length - longestReport);
    changes.emit("change");
  });

  function take({ groups = {} }: RegExpExecArray): void {
    if (groups.begin !== undefined) {
      isRunning = true;
      isReading = false;
      begun++;
    } else if (groups.end !== undefined) {
      // After an empty line or a comment, a shell tells once more how the command before ended.
      if (isRunning) exitCode = Number(groups.code);
      isRunning = false;
      ended++;
    } else if (!isRunning) {
      isReading = groups.paste !== "l";
      takesPaste = groups.paste === "h";
    }
  }

  async function until(condition: () => boolean, signal: AbortSignal, failure: string): Promise<void> {
    while (!condition()) {
      try {
        await once(changes, "change", { signal });
      } catch (cause) {
        throw new Error(`${failure} The terminal shows:\n${lastLines(plainText(shown))}`, { cause });
      }
    }
  }

  const isAtPrompt = () => (isReading === undefined ? undefined : isReading && !isRunning);
  return {
    get isAtPrompt() {
      return isAtPrompt();
    },
    get takesPaste() {
      return isAtPrompt() === true && takesPaste;
    },
    get exitCode() {
      return exitCode;
    },
    get begun() {
      return begun - begunBefore;
    },
    type: (text) => terminal.write(new TextEncoder().encode(text)),
    clear() {
      shown = "";
      read = 0;
      exitCode = undefined;
      begunBefore = begun;
    },
    text: () => plainText(shown),
    begins(act, signal) {
      const before = begun;
      act();
      return until(() => begun > before, signal, "The shell did not begin the command.");
    },
    ends(act, signal) {
      const before = ended;
      act();
      return until(() => ended > before && isAtPrompt() === true, signal, "The shell's prompt did not come back.");
    },
    async silence(ms, signal) {
      for (let length = -1; shown.length !== length;) {
        length = shown.length;
        await Promise.race([once(changes, "change", { signal }), quietTime(ms, signal)]);
      }
    },
    [Symbol.dispose]: () => listening[Symbol.dispose](),
  };
}

/**
 * Before and after a command's output (`src/image/guest/bashrc`), and the shell's line editor taking a paste or no longer. The small
 * machine's shell has no such editor, and tells where its prompt ends (`src/image/guest/small`).
 */
const reports = new RegExp(
  String.raw`\u001b\](?:(?<begin>133;C)|(?<end>133;D;(?<code>\d+))|133;B)\u0007|\u001b\[\?2004(?<paste>[hl])`,
  "g",
);
const longestReport = 16;

function quietTime(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      reject(signal.reason as Error);
    });
  });
}

/** Without what does not show, and lines as they were drawn last. */
function plainText(shown: string): string {
  return shown.replaceAll("\u001b[K", eraseLine).replaceAll(escapes, "").split("\n").map(drawLine).join("\n");
}

/** A shell draws a line anew by going back in it. */
function drawLine(text: string): string {
  const letters: string[] = [];
  let at = 0;
  for (const letter of text) {
    if (letter === "\r") at = 0;
    else if (letter === "\b") at = Math.max(0, at - 1);
    else if (letter === eraseLine) letters.length = Math.min(letters.length, at);
    else letters[at++] = letter;
  }
  return letters.join("");
}

/** Stands for the sequence that erases to the end of the line. */
const eraseLine = "\u007f";

function lastLines(text: string): string {
  return text.split("\n").slice(-40).join("\n");
}

/** Sequences by which programs colour their output, move the cursor, set the window's title or tell what they do. */
const escapes = new RegExp(
  String.raw`\u001b(?:\[[0-9;?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)|[()][A-Z0-9]|[=>78])`,
  "g",
);
