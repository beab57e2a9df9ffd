import { useEffect, useMemo } from "preact/hooks";
import { createEngine } from "../../engine/create-engine.ts";
import type { Machine } from "../../machine/contract.ts";
import { LayersDesk, type LayersDeskOptions } from "./layers-desk.ts";
import { memoryOf } from "./layers-memory.ts";

/** A desk for as long as the view is there. While `isShown`, it reads again what containers write, of which no event tells. */
export function useLayersDesk(machine: Machine, place: LayersDeskOptions["place"], isShown: boolean): LayersDesk {
  const desk = useMemo(
    () =>
      new LayersDesk({
        engine: createEngine(machine),
        machine,
        memory: memoryOf(machine),
        now: () => new Date(),
        place,
      }),
    [machine, place],
  );
  useEffect(() => () => desk[Symbol.dispose](), [desk]);
  const isLive = isShown && desk.isLive.value;
  useEffect(() => {
    if (!isLive) return;
    const timer = setInterval(() => {
      if (document.visibilityState === "visible") void desk.readAgain();
    }, againMs);
    return () => clearInterval(timer);
  }, [desk, isLive]);
  return desk;
}

const againMs = 3000;
