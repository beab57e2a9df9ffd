import type { Engine } from "../engine/engine.ts";
import type { Machine } from "../machine/contract.ts";
import { createEngineQuestions } from "./create-engine-questions.ts";
import { createEngineTime } from "./engine-time.ts";
import { createMachineShell } from "./machine-shell.ts";
import { createPublishedPorts } from "./published-ports.ts";
import { createTerminalLog, type SmallConsole } from "./terminal-log.ts";
import type { World } from "./world.ts";

/** What checks see of a machine and the engine in it, and of a small machine beside it. */
export function createWorld(
  machine: Pick<Machine, "dial" | "workspace" | "run" | "consoles" | "capabilities">,
  engine: Engine,
  small?: SmallConsole,
): World {
  return {
    workspace: machine.workspace,
    engine: { ...createEngineQuestions(engine), time: createEngineTime(machine, engine) },
    ports: createPublishedPorts(machine),
    shell: createMachineShell(machine, engine),
    terminals: createTerminalLog(machine.consoles, small),
  };
}
