import { systemClock } from "../checks/clock.ts";
import { createWorld } from "../checks/create-world.ts";
import { createCheckRunner, type CheckRunner, type CheckRunnerOptions } from "../checks/runner.ts";
import type { SmallConsole } from "../checks/terminal-log.ts";
import type { TypedCommand } from "../checks/world.ts";
import { createEngine } from "../engine/create-engine.ts";
import type { Machine } from "../machine/contract.ts";
import { TerminalTypist, type Keyboard } from "./terminal-typist.ts";

export interface MachineChecksOptions extends Omit<CheckRunnerOptions, "world" | "clock"> {
  keyboard: Keyboard;
  /** A command was entered in a terminal, or ended there. */
  onCommand: (command: TypedCommand) => void;
  /** Of the small machine in the lesson's text. */
  small: SmallConsole;
}

/**
 * The checks of a machine, and who types into its terminals; apart, so that the page loads them only with a machine. Show
 * the terminals before: what a console said at its start goes to whoever listens first.
 */
export function createMachineChecks(
  machine: Machine,
  { keyboard, onCommand, small, ...listeners }: MachineChecksOptions,
): { runner: CheckRunner; typist: TerminalTypist } {
  const world = createWorld(machine, createEngine(machine), small);
  const runner = createCheckRunner({ world, clock: systemClock, ...listeners });
  const terminals: typeof world.terminals = {
    watch: (listener) =>
      world.terminals.watch((command) => {
        onCommand(command);
        listener(command);
      }),
  };
  return { runner, typist: new TerminalTypist({ keyboard, terminals, clock: systemClock }) };
}
