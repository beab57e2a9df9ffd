import { wait, type Clock } from "../checks/clock.ts";
import type { Terminals, TypedCommand } from "../checks/world.ts";
import type { Command } from "./command-queue.ts";
import { machineWords } from "../words/machine.ts";

export interface Keyboard {
  /** Types a command and enters it. */
  run(terminal: number, command: string): void;
  /** Presses Ctrl+C. */
  interrupt(terminal: number): void;
}

export interface TerminalTypistOptions {
  /** Terminals are counted from 0. */
  keyboard: Keyboard;
  terminals: Terminals;
  clock: Clock;
}

/** Types into the terminals, one command after the other, and knows from the shells' reports what runs in them. */
export class TerminalTypist implements Disposable {
  readonly #options: TerminalTypistOptions;
  readonly #running = new Map<number, TypedCommand>();
  readonly #listeners = new Set<(command: TypedCommand) => void>();
  readonly #watch: Disposable;
  readonly #stop = new AbortController();
  #work: Promise<unknown> = Promise.resolve();

  constructor(options: TerminalTypistOptions) {
    this.#options = options;
    this.#watch = options.terminals.watch((command) => {
      if (command.terminal === "vm") return;
      if (command.exitCode === undefined) this.#running.set(command.terminal - 1, command);
      else this.#running.delete(command.terminal - 1);
      for (const listener of [...this.#listeners]) listener(command);
    });
  }

  /** Resolves when the command has been entered. */
  type(command: Command): Promise<void> {
    return this.#next(async () => {
      await this.#interrupt(command, this.#stop.signal);
      if (!this.#stop.signal.aborted) this.#options.keyboard.run(command.terminal, command.command);
    });
  }

  /**
   * Resolves when the command has ended; one in the `background` when it has begun. What is typed while a program runs in
   * the terminal is that program's input, and the program is what ends.
   */
  carryOut(command: Command & { readonly background: boolean }, signal: AbortSignal): Promise<void> {
    const stop = AbortSignal.any([signal, this.#stop.signal]);
    return this.#next(async () => {
      await this.#interrupt(command, stop);
      const { terminal, background } = command;
      const isInput = this.#running.has(terminal);
      if (isInput) await wait(this.#options.clock, inputQuietMs, stop);
      stop.throwIfAborted();
      const enter = () => this.#options.keyboard.run(terminal, command.command);
      if (isInput && background) enter();
      else if (isInput) await this.#until(terminal, enter, (typed) => typed.exitCode !== undefined, stop);
      else if (background) await this.#until(terminal, enter, () => true, stop);
      else await this.#untilEnd(command, enter, stop);
    });
  }

  /** Nothing runs any more, and no shell will tell of it: the machine has been reset. */
  forget(): void {
    this.#running.clear();
  }

  [Symbol.dispose](): void {
    this.#stop.abort(new DOMException(machineWords.machineGone, "AbortError"));
    this.#watch[Symbol.dispose]();
  }

  async #interrupt({ terminal, interrupt = false }: Command, signal: AbortSignal): Promise<void> {
    if (!interrupt || signal.aborted) return;
    const { keyboard, clock } = this.#options;
    const press = () => keyboard.interrupt(terminal);
    if (!this.#running.has(terminal)) {
      press();
      return;
    }
    // A program may not care for Ctrl+C; then what is typed next is its input, as for a learner.
    const late = new AbortController();
    const timer = clock.after(interruptMs, () => late.abort());
    const either = AbortSignal.any([signal, late.signal]);
    await this.#until(terminal, press, ({ exitCode }) => exitCode !== undefined, either).catch(() => undefined);
    timer[Symbol.dispose]();
  }

  /** The end of a command that may have several lines, each of which the shell reports as it comes to it. */
  #untilEnd(command: Command, enter: () => void, signal: AbortSignal): Promise<void> {
    const { clock } = this.#options;
    const last = squash(command.command.trim().split("\n").at(-1) ?? "");
    let timer: Disposable | undefined;
    const { promise, resolve } = Promise.withResolvers<void>();
    const isEnd = (typed: TypedCommand) => {
      timer?.[Symbol.dispose]();
      if (typed.exitCode === undefined) return false;
      if (squash(typed.line).endsWith(last)) return true;
      // The shell's history may have it in other words.
      timer = clock.after(otherWordsMs, resolve);
      return false;
    };
    const done = new AbortController();
    const ended = this.#until(command.terminal, enter, isEnd, AbortSignal.any([signal, done.signal]));
    return Promise.race([ended, promise]).finally(() => {
      timer?.[Symbol.dispose]();
      done.abort();
    });
  }

  #until(
    terminal: number,
    act: () => void,
    isIt: (command: TypedCommand) => boolean,
    signal: AbortSignal,
  ): Promise<void> {
    return new Promise((resolve, reject) => {
      const listener = (command: TypedCommand) => {
        if (command.terminal === terminal + 1 && isIt(command)) done(resolve);
      };
      const abort = () => done(() => reject(signal.reason as Error));
      const done = (settle: () => void) => {
        this.#listeners.delete(listener);
        signal.removeEventListener("abort", abort);
        settle();
      };
      if (signal.aborted) {
        reject(signal.reason as Error);
        return;
      }
      this.#listeners.add(listener);
      signal.addEventListener("abort", abort, { once: true });
      act();
    });
  }

  #next(act: () => Promise<void>): Promise<void> {
    const result = this.#work.then(act);
    this.#work = result.catch(() => undefined);
    return result;
  }
}

function squash(text: string): string {
  return text.replaceAll(/\s+/g, " ").trim();
}

/** A program that has just begun takes a moment before it reads what is typed. */
const inputQuietMs = 1500;
const interruptMs = 10_000;
const otherWordsMs = 2000;
