import type { CheckSpec } from "../lessons/model.ts";

/** Which checks of a step must have passed before one is asked, by their places in the step. */
export interface Waits {
  /** That of its `after`. */
  readonly after: number | undefined;
  /** All that must have passed. */
  readonly on: readonly number[];
}

/**
 * A check waits for the one that its `after` names. An absence without an `after` waits for everything that is to be there or to
 * happen, but for what comes after itself: before, that something is not there says nothing about the learner's work.
 */
export function findWaits(specs: readonly CheckSpec[], isAbsence: (check: number) => boolean): readonly Waits[] {
  const afters = specs.map(({ after }) => {
    const place = after === undefined ? -1 : specs.findIndex(({ id }) => id === after);
    return place < 0 ? undefined : place;
  });
  return specs.map((_, n) => {
    const after = afters[n];
    if (after !== undefined) return { after, on: [after] };
    if (!isAbsence(n)) return { after, on: [] };
    const others = specs.flatMap((_, other) => (isAbsence(other) || comesAfter(other, n, afters) ? [] : [other]));
    return { after, on: others };
  });
}

function comesAfter(check: number, first: number, afters: readonly (number | undefined)[]): boolean {
  const seen = new Set<number>();
  for (let at = afters[check]; at !== undefined && !seen.has(at); at = afters[at]) {
    if (at === first) return true;
    seen.add(at);
  }
  return false;
}
