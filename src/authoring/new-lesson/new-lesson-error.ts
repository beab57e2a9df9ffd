export type NewLessonErrorCode = "wrong-answer" | "already-there" | "unreadable-course" | "incomplete";

/** A lesson that was not written. `hint` says what to do instead. */
export class NewLessonError extends Error {
  override readonly name = "NewLessonError";
  readonly code: NewLessonErrorCode;
  readonly hint: string;

  constructor(code: NewLessonErrorCode, message: string, { hint, cause }: { hint: string; cause?: unknown }) {
    super(message, { cause });
    this.code = code;
    this.hint = hint;
  }
}
