import type { LessonProgress, Progress, StepProgress } from "./progress.ts";

/** What is known on either side: done steps of both stay done, checks that passed on either have passed. */
export function mergeProgress(a: Progress, b: Progress): Progress {
  return mergeKeys(a, b, (x, y) => mergeKeys<StepProgress>(x, y, mergeStep));
}

/** How many steps of `lesson` are done in `b` and not in `a`. */
export function countNewlyDone(a: Progress, b: Progress, lesson: string): number {
  const before: LessonProgress = a[lesson] ?? {};
  return Object.entries(b[lesson] ?? {}).filter(([step, { done }]) => done && !before[step]?.done).length;
}

function mergeStep(a: StepProgress, b: StepProgress): StepProgress {
  const done = earlier(a.done, b.done);
  const skipped = done === undefined ? later(a.skipped, b.skipped) : undefined;
  const opened = later(a.opened, b.opened);
  return {
    checks: [...new Set([...a.checks, ...b.checks])].sort((x, y) => x - y),
    ...(done !== undefined && { done }),
    ...((a.solutionSeen ?? b.solutionSeen) && { solutionSeen: true }),
    ...(skipped !== undefined && { skipped }),
    ...(opened !== undefined && { opened }),
  };
}

function mergeKeys<T>(a: Readonly<Record<string, T>>, b: Readonly<Record<string, T>>, merge: (a: T, b: T) => T) {
  const merged = new Map(Object.entries(a));
  for (const [key, value] of Object.entries(b)) {
    const old = merged.get(key);
    merged.set(key, old === undefined ? value : merge(old, value));
  }
  return Object.fromEntries(merged);
}

function earlier(a: string | undefined, b: string | undefined): string | undefined {
  return a === undefined || (b !== undefined && Date.parse(b) < Date.parse(a)) ? b : a;
}

function later(a: string | undefined, b: string | undefined): string | undefined {
  return a === undefined || (b !== undefined && Date.parse(b) > Date.parse(a)) ? b : a;
}
