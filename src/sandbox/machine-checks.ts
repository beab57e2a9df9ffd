import { systemClock } from "../checks/clock.ts";
import { createWorld } from "../checks/create-world.ts";
import { createCheckRunner, type CheckRunner, type CheckRunnerOptions } from "../checks/runner.ts";
import { createEngine } from "../engine/create-engine.ts";
import type { Machine } from "../machine/contract.ts";
import { TerminalTypist, type Keyboard } from "./terminal-typist.ts";

export interface MachineChecksOptions extends Omit<CheckRunnerOptions, "world" | "clock"> {
  keyboard: Keyboard;
  /** A command was entered in a terminal. */
  onCommand: () => void;
}

/**
 * The checks of a machine, and who types into its terminals; apart, so that the page loads them only with a machine. Show
 * the terminals before: what a console said at its start goes to whoever listens first.
 */
export function createMachineChecks(
  machine: Machine,
  { keyboard, onCommand, ...listeners }: MachineChecksOptions,
): { runner: CheckRunner; typist: TerminalTypist } {
  const world = createWorld(machine, createEngine(machine));
  const runner = createCheckRunner({ world, clock: systemClock, ...listeners });
  const terminals: typeof world.terminals = {
    watch: (listener) =>
      world.terminals.watch((command) => {
        if (command.exitCode === undefined) onCommand();
        listener(command);
      }),
  };
  return { runner, typist: new TerminalTypist({ keyboard, terminals, clock: systemClock }) };
}
