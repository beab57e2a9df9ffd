import { useEffect, useMemo } from "preact/hooks";
import { createClient } from "../../engine/client.ts";
import { createEngine } from "../../engine/create-engine.ts";
import type { Machine } from "../../machine/contract.ts";
import type { Workbench } from "../workbench.ts";
import { readComputer } from "./computer.ts";
import { StacksDesk } from "./stacks-desk.ts";

/** A desk for as long as the view is there: it looks when something has happened, and measures every few seconds while somebody sees it. */
export function useStacksDesk(machine: Machine, bench: Workbench, isSeen: boolean): StacksDesk {
  const desk = useMemo(
    () =>
      new StacksDesk({
        engine: createEngine(machine),
        client: createClient(machine, enginePort),
        machine,
        computer: readComputer(navigator),
        start: bench.startTimes.figures,
        small: bench.small,
      }),
    [machine, bench],
  );
  useEffect(() => () => desk[Symbol.dispose](), [desk]);
  const changes = bench.engineChanges.value;
  // What is there after a reset or a restart of the engine comes without an event.
  const isThere = bench.engineAnswers.value && !bench.isResetting.value;
  const isWanted = isSeen && isThere;
  useEffect(() => {
    if (isWanted) void desk.look();
  }, [desk, isWanted, changes]);
  useEffect(() => {
    if (!isWanted) return;
    // No event tells of memory; nor of files, which are counted less often, as that is more work.
    let round = 0;
    const timer = setInterval(() => {
      if (document.visibilityState === "visible") void desk.look(++round % everythingEach === 0 ? "all" : "figures");
    }, againMs);
    return () => clearInterval(timer);
  }, [desk, isWanted]);
  return desk;
}

const againMs = 4000;
const everythingEach = 5;
/** Where `createEngine` finds it too. */
const enginePort = 2375;
