import type { ImportNote, Scenario } from "./scenario.ts";

/** Katacoda's `time` and `difficulty`. */
export function readEffort(
  { time, difficulty }: { readonly time: string | number | undefined; readonly difficulty: string | undefined },
  mark: string,
  notes: ImportNote[],
): Pick<Scenario, "minutes" | "level"> {
  const note = (reason: string, original: string): void => {
    notes.push({ file: mark, line: 1, reason, original });
  };
  const level = (["beginner", "intermediate", "advanced"] as const).find((each) => each === difficulty?.toLowerCase());
  if (difficulty !== undefined && level === undefined) note("A difficulty that is not known here.", difficulty);
  const told = time === undefined ? undefined : readMinutes(String(time));
  if (time !== undefined && told === undefined) note("A time that is not understood here.", String(time));
  if (told === undefined) return { minutes: undefined, level };
  const minutes = Math.min(60, Math.max(1, Math.round(told)));
  if (minutes !== told) note("A lesson takes a whole number of minutes from 1 to 60.", String(time));
  return { minutes, level };
}

/** `15`, `10 minutes`, `1 hour`, `1h 30m`; undefined for anything else. */
function readMinutes(time: string): number | undefined {
  const part =
    /\s*(?:about\s+|~\s*)?(\d+(?:[.,]\d+)?)\s*(hours?|hrs?|h|minutes?|mins?|m)?(?![a-z\d])[\s,]*(?:and\s+)?/iy;
  let minutes: number | undefined;
  let at = 0;
  while (at < time.length) {
    part.lastIndex = at;
    const found = part.exec(time);
    if (found === null) return undefined;
    const [all, amount = "", unit = "m"] = found;
    minutes = (minutes ?? 0) + Number(amount.replace(",", ".")) * (unit.toLowerCase().startsWith("h") ? 60 : 1);
    at += all.length;
  }
  return minutes;
}
