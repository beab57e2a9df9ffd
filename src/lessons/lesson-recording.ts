import type { LessonMistake } from "./lesson-error.ts";
import type { Lesson } from "./model.ts";
import { findStale } from "./recording-fits.ts";
import { readRecording, RecordingError } from "./recording.ts";

/** The recording of a lesson, as it is beside its text. */
export interface LessonRecording {
  /** As `readRecording` reads it. */
  readonly text: string;
  /** As it is named in messages: `content/<course>/<nn-lesson>/recording.cast`. */
  readonly file: string;
  /** How the lesson has changed since it was made. No mistake of the lesson: while one writes on it, it is always so. */
  readonly stale: LessonMistake | undefined;
}

export interface ExaminedRecording {
  /** Undefined where it is not one of this lesson. */
  readonly recording: LessonRecording | undefined;
  readonly mistakes: readonly LessonMistake[];
}

/** `file` is what messages call it. */
export function examineRecording(text: string, file: string, lesson: Pick<Lesson, "id" | "steps">): ExaminedRecording {
  const remedy = `Make it anew: npm run record -- ${lesson.id}`;
  try {
    const recording = readRecording(text, file);
    const { lesson: recorded } = recording.header.drydock;
    if (recorded !== lesson.id) {
      const problem = `The recording is of the lesson "${recorded}".`;
      return { recording: undefined, mistakes: [{ file, line: 1, problem, remedy }] };
    }
    const problem = findStale(recording, lesson);
    return {
      recording: { text, file, stale: problem === undefined ? undefined : { file, line: 1, problem, remedy } },
      mistakes: [],
    };
  } catch (error) {
    if (!(error instanceof RecordingError)) throw error;
    const { line, problem } = error;
    return { recording: undefined, mistakes: [{ file, line, problem, remedy }] };
  }
}
