import { systemClock } from "../checks/clock.ts";
import { createWorld } from "../checks/create-world.ts";
import { createCheckRunner, type CheckRunner, type CheckRunnerOptions } from "../checks/runner.ts";
import { createEngine } from "../engine/create-engine.ts";
import type { Machine } from "../machine/contract.ts";

/** The checks of a machine; apart, so that the page loads them only with a machine. */
export function createMachineChecks(
  machine: Machine,
  listeners: Omit<CheckRunnerOptions, "world" | "clock">,
): CheckRunner {
  return createCheckRunner({ world: createWorld(machine, createEngine(machine)), clock: systemClock, ...listeners });
}
