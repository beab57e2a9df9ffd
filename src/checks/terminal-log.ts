import type { Console } from "../machine/contract.ts";
import { createReportReader, type ShellReport } from "./shell-report.ts";
import type { Terminals, TypedCommand } from "./world.ts";

/** The console of the small machine, whichever small machine there is. */
export interface SmallConsole extends Pick<Console, "onOutput"> {
  /** Told of all that is typed into it. */
  onInput(listener: (bytes: Uint8Array) => void): Disposable;
}

/**
 * What is entered in the terminals, as the machine's shells report it. Listens only while it is watched; whoever shows a terminal
 * listens to it before, for a console hands its early output to its first listener.
 */
export function createTerminalLog(
  consoles: readonly Pick<Console, "onOutput">[],
  small?: SmallConsole,
): Terminals & Disposable {
  const watchers = new Set<(command: TypedCommand) => void>();
  let listening: Disposable[] = [];
  let count = 0;

  const tell = (command: TypedCommand) => {
    for (const watcher of watchers) watcher(command);
  };
  const listen = (
    console: Pick<Console, "onOutput">,
    terminal: TypedCommand["terminal"],
    wasEntered = () => true,
  ): Disposable => {
    let line: string | undefined;
    let running: TypedCommand | undefined;
    const take = (report: ShellReport) => {
      if (report.type === "line") line = wasEntered() ? report.line : undefined;
      else if (report.type === "begun" && line !== undefined) {
        running = { number: ++count, terminal, line, exitCode: undefined };
        line = undefined;
        tell(running);
      } else if (report.type === "ended" && running !== undefined) {
        const ended = { ...running, exitCode: report.exitCode };
        running = undefined;
        tell(ended);
      }
    };
    const reader = createReportReader(take);
    return console.onOutput((bytes) => reader.read(bytes));
  };
  /** Its shell tells with each prompt what was entered last (`src/image/guest/small`), also where that was before an empty line. */
  const listenToSmall = (console: SmallConsole): Disposable[] => {
    let hasInput = false;
    const input = console.onInput((bytes) => {
      if (cursorReply.test(decoder.decode(bytes))) return;
      for (const byte of bytes) if (!nothings.has(byte)) hasInput = byte !== controlC;
    });
    const wasEntered = () => {
      const had = hasInput;
      hasInput = false;
      return had;
    };
    return [listen(console, "vm", wasEntered), input];
  };
  const stop = () => {
    for (const each of listening.splice(0)) each[Symbol.dispose]();
  };
  return {
    watch(listener) {
      watchers.add(listener);
      if (listening.length === 0) {
        listening = [
          ...consoles.map((console, n) => listen(console, n + 1)),
          ...(small === undefined ? [] : listenToSmall(small)),
        ];
      }
      return {
        [Symbol.dispose]() {
          watchers.delete(listener);
          if (watchers.size === 0) stop();
        },
      };
    },
    [Symbol.dispose]() {
      watchers.clear();
      stop();
    },
  };
}

/** Enter and a space, with which nothing is run. */
const nothings = new Set([0x0a, 0x0d, 0x20]);
/** What a terminal answers by itself when the line editor asks where the cursor is. */
const cursorReply = new RegExp(String.raw`^\u001b\[\d+;\d+R$`);
const decoder = new TextDecoder();
/** Gives up the line; of a command that is ended by it, nothing is told either. */
const controlC = 0x03;
