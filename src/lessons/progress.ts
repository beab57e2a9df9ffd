/** The reader's progress: what has passed, by lesson id and step id. Immutable; every change answers a new one. */
export type Progress = Readonly<Record<string, LessonProgress>>;

export type LessonProgress = Readonly<Record<string, StepProgress>>;

export interface StepProgress {
  /** When all checks had passed, in ISO 8601. Once set it stays, whatever the engine looks like later. */
  readonly done?: string;
  /** Indices into the step's checks of those that have passed, ascending. */
  readonly checks: readonly number[];
  readonly solutionSeen?: true;
  /** When it was left for later, in ISO 8601. Stays until it is done. */
  readonly skipped?: string;
  /** When the reader chose to be here, in ISO 8601; a step that merely came next has none. */
  readonly opened?: string;
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
  return withStep(progress, lesson, step, (old) => {
    if (old.done) return old;
    const { skipped: _, ...rest } = old;
    return { ...rest, done: timeAfterAll(progress, lesson, now) };
  });
}

/** Leaves the step for later. A step that is done stays done. */
export function withStepSkipped(progress: Progress, lesson: string, step: string, now: Date): Progress {
  return withStep(progress, lesson, step, (old) =>
    old.done ? old : { ...old, skipped: timeAfterAll(progress, lesson, now) },
  );
}

/** Makes it the step that the reader is at, whether it is done or not. */
export function withStepOpened(progress: Progress, lesson: string, step: string, now: Date): Progress {
  return withStep(progress, lesson, step, (old) => ({ ...old, opened: timeAfterAll(progress, lesson, now) }));
}

/** Forgets what is known of the step, and makes it the one that the reader is at. */
export function withStepReset(progress: Progress, lesson: string, step: string, now: Date): Progress {
  return withStepOpened(withoutProgress(progress, lesson, step), lesson, step, now);
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
 * The step that the reader is at: the one they chose last, until it is done or skipped; then the next that is neither.
 * Undefined when there is none. `steps` are in the lesson's order.
 */
export function findCurrentStep(progress: Progress, lesson: string, steps: readonly string[]): string | undefined {
  const known = progress[lesson] ?? {};
  const isPending = (step: string) => known[step]?.done === undefined && known[step]?.skipped === undefined;
  const chosen = lastOpened(known, steps);
  if (chosen === undefined) return steps.find(isPending);
  const { opened = "", done = "", skipped = "" } = known[chosen] ?? {};
  if (opened > done && opened > skipped) return chosen;
  return steps.slice(steps.indexOf(chosen)).find(isPending) ?? steps.find(isPending);
}

/**
 * Where to go on: the lesson that was worked on last of those that have a step neither done nor skipped, else the first such;
 * else one with a skipped step. Undefined when all is done. `lessons` are in course order.
 */
export function findResume(
  progress: Progress,
  lessons: readonly { readonly id: string; readonly steps: readonly string[] }[],
): string | undefined {
  const unfinished = lessons.filter(({ id, steps }) => countDone(progress, id, steps) < steps.length);
  const pending = unfinished.filter(({ id, steps }) =>
    steps.some((step) => !progress[id]?.[step]?.done && !progress[id]?.[step]?.skipped),
  );
  const latest = (id: string) =>
    Object.values(progress[id] ?? {})
      .map(latestTime)
      .reduce(later, "");
  return [...(pending.length > 0 ? pending : unfinished)].sort((a, b) => latest(b.id).localeCompare(latest(a.id)))[0]
    ?.id;
}

function lastOpened(lesson: LessonProgress, steps: readonly string[]): string | undefined {
  return steps
    .filter((step) => lesson[step]?.opened !== undefined)
    .sort((a, b) => (lesson[a]?.opened ?? "").localeCompare(lesson[b]?.opened ?? ""))
    .at(-1);
}

function latestTime({ done = "", skipped = "", opened = "" }: StepProgress): string {
  return [done, skipped, opened].reduce(later, "");
}

function later(a: string, b: string): string {
  return a > b ? a : b;
}

/** `now`, or right after all that is known of the lesson: clocks are set back, and can be read twice in a millisecond. */
function timeAfterAll(progress: Progress, lesson: string, now: Date): string {
  const latest = Object.values(progress[lesson] ?? {})
    .map(latestTime)
    .reduce(later, "");
  const earliest = latest === "" ? 0 : Date.parse(latest) + 1;
  return new Date(Math.min(Math.max(now.getTime(), earliest), lastTime)).toISOString();
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
  const { done, checks, solutionSeen, skipped, opened } = value;
  return (
    [done, skipped, opened].every(isTimeOrMissing) &&
    Array.isArray(checks) &&
    checks.every((check) => Number.isSafeInteger(check) && check >= 0) &&
    (solutionSeen === undefined || solutionSeen === true)
  );
}

/** Only as `toISOString` writes it, with a year of four digits: such times are compared as text. */
function isTimeOrMissing(value: unknown): boolean {
  if (value === undefined) return true;
  if (typeof value !== "string" || !/^\d{4}-/.test(value)) return false;
  return !Number.isNaN(Date.parse(value)) && new Date(value).toISOString() === value;
}

const lastTime = Date.parse("9999-12-31T23:59:59.999Z");

function isRecordOf(value: unknown, isMember: (member: unknown) => boolean): boolean {
  return isRecord(value) && Object.values(value).every(isMember);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
