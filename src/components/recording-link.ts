import type { LoadedLesson } from "../lessons/load-courses.ts";
import { versionedLink } from "./versioned-link.ts";

/** The address of what was recorded of a lesson, where that is of the lesson as it is now. */
export function recordingLink({ lesson, recording }: Pick<LoadedLesson, "lesson" | "recording">): string | undefined {
  if (recording === undefined || recording.stale !== undefined) return undefined;
  return versionedLink(`recordings/${lesson.id}.cast`);
}
