import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { BuildDesk } from "./build-desk.ts";

/** The time by the machine's clock, going on while `isLive`. */
export function useMachineTime(desk: BuildDesk, isLive: boolean): number {
  const now = useSignal(0);
  useEffect(() => {
    if (!isLive) return;
    now.value = desk.now();
    const timer = setInterval(() => {
      if (document.visibilityState === "visible") now.value = desk.now();
    }, againMs);
    return () => clearInterval(timer);
  }, [desk, isLive, now]);
  return now.value;
}

const againMs = 250;
