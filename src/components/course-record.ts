import type { Progress } from "../lessons/progress.ts";
import { lessonTextWords } from "../words/lesson-text.ts";

/** A course as its pages know it, from the build. */
export interface RecordedCourse {
  readonly id: string;
  readonly title: string;
  readonly lessons: readonly {
    readonly id: string;
    readonly title: string;
    readonly steps: readonly { readonly id: string; readonly title: string }[];
  }[];
}

/** What this reader has done of a course. Written as JSON it is the file that the page exports. */
export interface CourseRecord {
  readonly format: "drydock-course-record";
  readonly version: 1;
  readonly note: string;
  readonly course: { readonly id: string; readonly title: string };
  /** When it was made, in ISO 8601. */
  readonly made: string;
  readonly steps: StepTotals;
  readonly lessons: readonly LessonRecord[];
}

export interface LessonRecord {
  readonly id: string;
  readonly title: string;
  /** When the last of its steps was done, in ISO 8601; null when some are not. */
  readonly done: string | null;
  readonly steps: readonly StepRecord[];
}

export interface StepRecord {
  readonly id: string;
  readonly title: string;
  /** In ISO 8601. */
  readonly done: string | null;
  readonly solutionSeen: boolean;
  /** Left for later, and not done since. */
  readonly skipped: boolean;
}

export interface StepTotals {
  readonly all: number;
  readonly done: number;
  /** Of those that are done. */
  readonly withSolutionSeen: number;
  readonly skipped: number;
}

export function makeRecord(course: RecordedCourse, progress: Progress, now: Date): CourseRecord {
  const lessons = course.lessons.map(({ id, title, steps }): LessonRecord => {
    const records = steps.map((step): StepRecord => {
      const { done = null, solutionSeen = false, skipped } = progress[id]?.[step.id] ?? {};
      return { ...step, done, solutionSeen, skipped: done === null && skipped !== undefined };
    });
    return { id, title, done: lastOf(records), steps: records };
  });
  const steps = lessons.flatMap((lesson) => lesson.steps);
  const done = steps.filter((step) => step.done !== null);
  return {
    format: "drydock-course-record",
    version: 1,
    note: lessonTextWords.keptLearnerAloneOne,
    course: { id: course.id, title: course.title },
    made: now.toISOString(),
    steps: {
      all: steps.length,
      done: done.length,
      withSolutionSeen: done.filter(({ solutionSeen }) => solutionSeen).length,
      skipped: steps.filter(({ skipped }) => skipped).length,
    },
    lessons,
  };
}

/** "You have done 3 of 8 steps, 1 of them with the solution seen. 2 were skipped." */
export function summarize({ all, done, withSolutionSeen, skipped }: StepTotals): string {
  if (done === 0 && skipped === 0) return lessonTextWords.youNotDoneStep;
  return lessonTextWords.youHaveDone(
    lessonTextWords.stepCount(done, all),
    lessonTextWords.solutionsSeen(withSolutionSeen, done),
    lessonTextWords.stepsSkipped(skipped),
  );
}

/** What is to be said of one step beside its title, and when it was done. */
export function describeStep({ done, solutionSeen, skipped }: StepRecord): {
  readonly text: string;
  readonly at: string | null;
} {
  const solution = solutionSeen ? lessonTextWords.solutionSeen : "";
  if (done !== null) return { text: [lessonTextWords.stepDone, solution].filter(Boolean).join(", "), at: done };
  return {
    text: [skipped ? lessonTextWords.stepSkipped : lessonTextWords.stepNotDone, solution].filter(Boolean).join(", "),
    at: null,
  };
}

function lastOf(steps: readonly StepRecord[]): string | null {
  const times = steps.flatMap(({ done }) => (done === null ? [] : [done]));
  return times.length < steps.length ? null : (times.sort().at(-1) ?? null);
}
