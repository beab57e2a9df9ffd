/** The reader's progress: what has passed, by lesson id and step id. Immutable; every change answers a new one. */
export type Progress = Readonly<Record<string, LessonProgress>>;

export type LessonProgress = Readonly<Record<string, StepProgress>>;

export interface StepProgress {
  /** When all checks had passed, in ISO 8601. Once set it stays, whatever the engine looks like later. */
  readonly done?: string;
  /** Indices into the step's checks of those that have passed, ascending. */
  readonly checks: readonly number[];
  readonly solutionSeen?: true;
}

export const progressKey = "drydock:progress:v1";

/** The part of `localStorage` that progress needs. */
export interface ProgressStorage {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
}

/**
 * Reads the progress. What cannot be understood is copied to a key of its own (`drydock:progress:v1:unreadable:<time>`)
 * before it can be overwritten, and the reader starts anew.
 */
export function readProgress(storage: ProgressStorage, now: Date): Progress {
  const text = storage.getItem(progressKey);
  if (text === null) return {};
  const progress = parseProgress(text);
  if (progress) return progress;
  storage.setItem(`${progressKey}:unreadable:${now.toISOString()}`, text);
  storage.setItem(progressKey, "{}");
  return {};
}

export function writeProgress(storage: ProgressStorage, progress: Progress): void {
  storage.setItem(progressKey, JSON.stringify(progress));
}

/** Undefined when `text` is not a `Progress` as JSON. Written by hand: a schema library would cost the page 12 KB. */
export function parseProgress(text: string): Progress | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  return isRecordOf(value, (lesson) => isRecordOf(lesson, isStepProgress)) ? (value as Progress) : undefined;
}

/** Remembers that check number `check` of the step has passed. */
export function withCheckPassed(progress: Progress, lesson: string, step: string, check: number): Progress {
  return withStep(progress, lesson, step, (old) =>
    old.checks.includes(check) ? old : { ...old, checks: [...old.checks, check].sort((a, b) => a - b) },
  );
}

/** Remembers that the step is done. The first time counts. */
export function withStepDone(progress: Progress, lesson: string, step: string, now: Date): Progress {
  return withStep(progress, lesson, step, (old) => (old.done ? old : { ...old, done: now.toISOString() }));
}

export function withSolutionSeen(progress: Progress, lesson: string, step: string): Progress {
  return withStep(progress, lesson, step, (old) => (old.solutionSeen ? old : { ...old, solutionSeen: true }));
}

/** Forgets one step, or the whole lesson. */
export function withoutProgress(progress: Progress, lesson: string, step?: string): Progress {
  const { [lesson]: steps, ...others } = progress;
  if (!steps || step === undefined) return others;
  const { [step]: _, ...rest } = steps;
  return { ...others, [lesson]: rest };
}

/** How many of `steps` are done. */
export function countDone(progress: Progress, lesson: string, steps: readonly string[]): number {
  return steps.filter((step) => progress[lesson]?.[step]?.done).length;
}

/**
 * Where to go on: the unfinished lesson that was worked on last, else the first that is not finished. Undefined when all
 * are. `lessons` are in course order.
 */
export function findResume(
  progress: Progress,
  lessons: readonly { readonly id: string; readonly steps: readonly string[] }[],
): string | undefined {
  const unfinished = lessons.filter(({ id, steps }) => countDone(progress, id, steps) < steps.length);
  const latest = (id: string) =>
    Object.values(progress[id] ?? {}).reduce((time, { done = "" }) => (done > time ? done : time), "");
  return [...unfinished].sort((a, b) => latest(b.id).localeCompare(latest(a.id)))[0]?.id;
}

function withStep(
  progress: Progress,
  lesson: string,
  step: string,
  change: (old: StepProgress) => StepProgress,
): Progress {
  const old = progress[lesson]?.[step] ?? { checks: [] };
  const changed = change(old);
  return changed === old ? progress : { ...progress, [lesson]: { ...progress[lesson], [step]: changed } };
}

function isStepProgress(value: unknown): boolean {
  if (!isRecord(value)) return false;
  const { done, checks, solutionSeen } = value;
  return (
    (done === undefined || (typeof done === "string" && !Number.isNaN(Date.parse(done)))) &&
    Array.isArray(checks) &&
    checks.every((check) => Number.isSafeInteger(check) && check >= 0) &&
    (solutionSeen === undefined || solutionSeen === true)
  );
}

function isRecordOf(value: unknown, isMember: (member: unknown) => boolean): boolean {
  return isRecord(value) && Object.values(value).every(isMember);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
