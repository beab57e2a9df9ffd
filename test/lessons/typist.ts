import type { SolutionAction } from "../../src/lessons/model.ts";
import type { Machine } from "../../src/machine/contract.ts";
import type { SmallDesk } from "../../src/sandbox/small-machine/small-desk.ts";
import { createShellScreen, type ShellScreen } from "./shell-screen.ts";

/**
 * Carries out solutions as a learner does: commands are typed into the terminals, files are saved to the workspace. Has to be
 * made before anything else listens to the consoles, because only the first listener is told what a console said at its start.
 */
export interface Typist extends Disposable {
  /** Resolves when the command has ended; with `background`, when it has begun. */
  carryOut(action: WorkAction, signal: AbortSignal): Promise<CarriedOut>;
}

export interface CarriedOut {
  /** What the terminal showed. */
  readonly shown: string;
  /** How it ended; `undefined` for a file, and for a command that goes on running. Of several commands, how the last one did. */
  readonly exitCode: number | undefined;
  /** How many commands it was. */
  readonly commands: number;
}

/** What is done at the machine; a quiz is answered elsewhere. */
export type WorkAction = Exclude<SolutionAction, { type: "answer" }>;
type CommandAction = Extract<SolutionAction, { type: "command" }>;

export function createTypist(
  machine: Pick<Machine, "consoles" | "workspace">,
  small?: Pick<SmallDesk, "console" | "start" | "state">,
): Typist {
  const screens = machine.consoles.map((console) => createShellScreen(console));
  const smallScreen = small && createShellScreen(small.console);
  for (const console of machine.consoles) console.resize(120, 40);
  return {
    async carryOut(action, signal) {
      if (action.type === "file") {
        const { path, content, executable } = action;
        const mode = executable === undefined ? {} : { mode: executable ? 0o755 : 0o644 };
        await machine.workspace.write(path, new TextEncoder().encode(content), { signal, ...mode });
        return { shown: "", exitCode: undefined, commands: 0 };
      }
      if (action.terminal === "vm") await startSmall(small);
      const screen = action.terminal === "vm" ? smallScreen : screens[action.terminal - 1];
      if (screen === undefined) throw new Error(`The machine has no terminal ${action.terminal}.`);
      await enter(screen, action, signal);
      const exitCode = action.background ? undefined : screen.exitCode;
      return { shown: screen.text(), exitCode, commands: screen.begun };
    },
    [Symbol.dispose]() {
      for (const screen of screens) screen[Symbol.dispose]();
      smallScreen?.[Symbol.dispose]();
    },
  };
}

/** Boots the small machine where the lesson has one that does not run, as a learner does who wants to type into it. */
async function startSmall(small: Pick<SmallDesk, "start" | "state"> | undefined): Promise<void> {
  await small?.start();
  const state = small?.state.peek();
  if (state?.phase === "failed") throw new Error(state.words);
}

async function enter(screen: ShellScreen, action: CommandAction, signal: AbortSignal): Promise<void> {
  // An empty line makes a shell that has been silent so far tell that it is there.
  if (screen.isAtPrompt === undefined) await screen.ends(() => screen.type("\r"), signal);
  if (action.interrupt) await interrupt(screen, signal);

  const isInput = screen.isAtPrompt !== true;
  if (isInput) await screen.silence(inputQuietMs, signal);
  screen.clear();
  const lines = action.command.replaceAll("\n", "\r");
  const text = isInput ? lines : `${clearLine}${screen.takesPaste ? `${pasteBegins}${lines}${pasteEnds}` : lines}`;
  const act = () => screen.type(`${text}\r`);
  if (!action.background) await screen.ends(act, signal);
  else if (isInput) act();
  else await screen.begins(act, signal);
}

/**
 * Pressed while the shell is still starting the program, Ctrl+C reaches the shell alone; a learner then presses it again, but gives a
 * program time to stop that shows something: pressed twice, it would be killed.
 */
async function interrupt(screen: ShellScreen, signal: AbortSignal): Promise<void> {
  for (;;) {
    const again = new AbortController();
    const before = screen.text().length;
    const showsNothing = () => screen.text().slice(before).replace("^C", "").trim() === "";
    const timers = [
      setTimeout(() => showsNothing() && again.abort(), unnoticedMs),
      setTimeout(() => again.abort(), stoppingMs),
    ];
    try {
      await screen.ends(() => screen.type(controlC), AbortSignal.any([signal, again.signal]));
      return;
    } catch (error) {
      if (signal.aborted || !again.signal.aborted) throw error;
    } finally {
      for (const timer of timers) clearTimeout(timer);
    }
  }
}

/** Longer than Docker gives containers to stop (10 s), which need not show anything meanwhile. */
const unnoticedMs = 12_000;
/** For what does show something: on a busy machine, all of its containers one after the other. */
const stoppingMs = 60_000;

/** A program that runs in the foreground takes what is typed as its input; this long without output, it waits for some. */
const inputQuietMs = 1500;

const controlC = "\u0003";
/** Ctrl+E, Ctrl+U: to the end of the line, and away with what was half typed. */
const clearLine = "\u0005\u0015";
const pasteBegins = "\u001b[200~";
const pasteEnds = "\u001b[201~";
