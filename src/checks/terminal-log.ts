import type { Console } from "../machine/contract.ts";
import { createReportReader, type ShellReport } from "./shell-report.ts";
import type { Terminals, TypedCommand } from "./world.ts";

/**
 * What is entered in the terminals, as the machine's shells report it. Listens only while it is watched; whoever shows a terminal
 * listens to it before, for a console hands its early output to its first listener.
 */
export function createTerminalLog(consoles: readonly Pick<Console, "onOutput">[]): Terminals & Disposable {
  const watchers = new Set<(command: TypedCommand) => void>();
  let listening: Disposable[] = [];
  let count = 0;

  const tell = (command: TypedCommand) => {
    for (const watcher of watchers) watcher(command);
  };
  const listen = (console: Pick<Console, "onOutput">, terminal: number): Disposable => {
    let line: string | undefined;
    let running: TypedCommand | undefined;
    const take = (report: ShellReport) => {
      if (report.type === "line") line = report.line;
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
  const stop = () => {
    for (const each of listening.splice(0)) each[Symbol.dispose]();
  };
  return {
    watch(listener) {
      watchers.add(listener);
      if (listening.length === 0) listening = consoles.map((console, n) => listen(console, n + 1));
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
