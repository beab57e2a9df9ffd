import type { Lesson, LessonFile, Step } from "../lessons/model.ts";
import type { KeptFile } from "./kept-work.ts";

/** A lesson's file as it lies in the workspace. */
export function decodeFile({ path, encoding, content, executable }: LessonFile): KeptFile {
  const bytes =
    encoding === "utf8"
      ? new TextEncoder().encode(content)
      : Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0));
  return { path, mode: executable ? 0o755 : 0o644, content: bytes };
}

/** All files that the lesson itself ever puts at `path`: what is like one of them is not the learner's own work. */
export function givenAt(lesson: Lesson, path: string): KeptFile[] {
  const given = [lesson.files, lesson.start?.files ?? [], ...lesson.steps.map(({ files }) => files)];
  return given.flat().flatMap((file) => (file.path === path ? [decodeFile(file)] : []));
}

/** The files of the steps before `step`, and its own, step by step. */
export function stepsUpTo(lesson: Lesson, step: Step): readonly Step[] {
  return lesson.steps.slice(0, lesson.steps.findIndex(({ id }) => id === step.id) + 1);
}
