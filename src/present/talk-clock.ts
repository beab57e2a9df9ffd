/** How a talk stands in its time: `soon` in the last fifth, `over` after its end. */
export type TalkTime = "good" | "soon" | "over";

export function timeOf(ms: number, plannedMinutes: number): TalkTime {
  const planned = plannedMinutes * 60_000;
  return ms > planned ? "over" : ms > planned * 0.8 ? "soon" : "good";
}

/** As minutes and seconds, with hours where there are any. */
export function clockFace(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const two = (value: number) => String(value).padStart(2, "0");
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}
