import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Workbench } from "../workbench.ts";
import type { ProcessesDesk } from "./processes-desk.ts";

/** The desk looks at the machine as long as its view is shown, the page is visible, and nobody has paused it. */
export function useWatch(desk: ProcessesDesk, bench: Workbench, isShown: boolean): void {
  const isVisible = useSignal(document.visibilityState === "visible");
  useEffect(() => {
    const read = () => (isVisible.value = document.visibilityState === "visible");
    document.addEventListener("visibilitychange", read);
    return () => document.removeEventListener("visibilitychange", read);
  }, [isVisible]);
  const isResetting = bench.isResetting.value;
  useEffect(() => {
    if (isResetting) desk.beginAnew();
  }, [desk, isResetting]);
  const isOn = isShown && isVisible.value && !desk.isPaused.value && !isResetting;
  const changes = bench.engineChanges.value;
  const engineAnswers = bench.engineAnswers.value;
  useEffect(() => {
    desk.noteChange();
    if (isOn) void desk.look();
    // Only what happens to the engine is a reason here.
  }, [desk, changes, engineAnswers]);
  useEffect(() => {
    if (!isOn) return;
    const watching = desk.watch();
    return () => watching[Symbol.dispose]();
  }, [desk, isOn]);
}
