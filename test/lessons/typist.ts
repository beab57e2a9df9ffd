import { EventEmitter, once } from "node:events";
import type { Console, Machine } from "../../src/machine/contract.ts";
import type { SolutionAction } from "../../src/lessons/model.ts";

/** Carries out solutions as a learner does: commands are typed into the first terminal, files are saved to the workspace. */
export interface Typist extends Disposable {
  waitForPrompt(signal: AbortSignal): Promise<void>;
  /** Resolves with what the terminal showed, when it shows the next prompt. */
  carryOut(action: SolutionAction, signal: AbortSignal): Promise<string>;
}

export function createTypist(machine: Pick<Machine, "consoles" | "workspace">): Typist {
  const [terminal] = machine.consoles;
  if (terminal === undefined) throw new Error("The machine has no terminal to type into");
  const screen = createScreen(terminal);
  terminal.resize(120, 40);
  return {
    waitForPrompt: (signal) => screen.prompt(signal),
    async carryOut(action, signal) {
      if (action.type === "file") {
        await machine.workspace.write(action.path, new TextEncoder().encode(action.content), { signal });
        return "";
      }
      screen.clear();
      terminal.write(new TextEncoder().encode(`${action.command}\r`));
      await screen.nextPrompt(signal);
      return screen.text();
    },
    [Symbol.dispose]: () => screen[Symbol.dispose](),
  };
}

interface Screen extends Disposable {
  clear(): void;
  text(): string;
  /** Waits until the last line ends with a prompt. The shell may have drawn its prompt anew on the same line, as after a change of size. */
  prompt(signal: AbortSignal): Promise<void>;
  /** Waits for a prompt on a later line than the one that was typed. */
  nextPrompt(signal: AbortSignal): Promise<void>;
}

function createScreen(terminal: Console): Screen {
  const changes = new EventEmitter();
  const decoder = new TextDecoder();
  let shown = "";
  const listening = terminal.onOutput((bytes) => {
    shown += decoder.decode(bytes, { stream: true });
    changes.emit("change");
  });
  const text = (): string => shown.replaceAll(escapes, "").replaceAll("\r", "");
  const shows = async (pattern: RegExp, signal: AbortSignal): Promise<void> => {
    while (!pattern.test(text())) {
      try {
        await once(changes, "change", { signal });
      } catch (cause) {
        throw new Error(`No prompt came. The terminal shows:\n${text().slice(-2000)}`, { cause });
      }
    }
  };
  return {
    clear() {
      shown = "";
    },
    text,
    prompt: (signal) => shows(/\S+@\S+:\S*[#$] $/, signal),
    nextPrompt: (signal) => shows(/\n.*\S+@\S+:\S*[#$] $/, signal),
    [Symbol.dispose]: () => listening[Symbol.dispose](),
  };
}

/** Sequences by which programs colour their output, move the cursor and set the window's title. */
const escapes = new RegExp(
  String.raw`\u001b(?:\[[0-9;?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)|[()][A-Z0-9]|[=>78])`,
  "g",
);
