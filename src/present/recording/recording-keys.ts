import type { RecordingDesk } from "./recording-desk.ts";

/** The keys of a player: those that the focused control does not take for itself. */
export function takeKey(event: KeyboardEvent, desk: Pick<RecordingDesk, KeyedActs>): void {
  const { key, target } = event;
  if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey || !(target instanceof Element)) return;
  if (target.closest("select, .recording-text") !== null) return;
  const act = key === " " ? !target.closest("button") && (() => desk.toggle()) : !target.matches("input") && acts[key];
  if (!act) return;
  event.preventDefault();
  event.stopPropagation();
  act(desk);
}

type KeyedActs = "toggle" | "toPreviousAct" | "toNextAct" | "toPreviousStep" | "toNextStep" | "seek" | "duration";

const acts: Readonly<Record<string, (desk: Pick<RecordingDesk, KeyedActs>) => void>> = {
  ArrowLeft: (desk) => desk.toPreviousAct(),
  ArrowRight: (desk) => desk.toNextAct(),
  ArrowUp: (desk) => desk.toPreviousStep(),
  ArrowDown: (desk) => desk.toNextStep(),
  Home: (desk) => desk.seek(0),
  End: (desk) => desk.seek(desk.duration.peek()),
};
