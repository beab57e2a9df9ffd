import { useEffect, useMemo } from "preact/hooks";
import { systemClock } from "../../checks/clock.ts";
import { createClient } from "../../engine/client.ts";
import { createEngine } from "../../engine/create-engine.ts";
import type { Machine } from "../../machine/contract.ts";
import type { Workbench } from "../workbench.ts";
import { EngineDesk } from "./engine-desk.ts";

/** A desk for as long as the view is there, which looks whenever something has happened and somebody sees it. */
export function useEngineDesk(
  machine: Machine,
  bench: Workbench,
  isSeen: boolean,
): { desk: EngineDesk; isThere: boolean } {
  const desk = useMemo(() => {
    const client = createClient(machine, enginePort);
    return new EngineDesk({ engine: createEngine(machine), client, machine, clock: systemClock });
  }, [machine]);
  useEffect(() => () => desk[Symbol.dispose](), [desk]);
  const changes = bench.engineChanges.value + bench.surroundingChanges.value;
  // What is there after a reset or a restart of the engine comes without an event.
  const isThere = bench.engineAnswers.value && !bench.isResetting.value;
  useEffect(() => {
    if (isSeen && isThere) void desk.look();
  }, [desk, isSeen, isThere, changes]);
  return { desk, isThere };
}

/** Where `createEngine` finds it too. */
const enginePort = 2375;
