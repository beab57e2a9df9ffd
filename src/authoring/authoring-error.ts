export type AuthoringErrorCode =
  | "wrong-answer"
  | "already-there"
  | "unreadable-course"
  | "incomplete"
  | "misused"
  | "not-found"
  | "unknown-format"
  | "malformed"
  | "outside"
  | "too-large";

/** A lesson that was not written. `hint` says what to do instead. */
export class AuthoringError extends Error {
  override readonly name = "AuthoringError";
  readonly code: AuthoringErrorCode;
  readonly hint: string;

  constructor(code: AuthoringErrorCode, message: string, { hint, cause }: { hint: string; cause?: unknown }) {
    super(message, { cause });
    this.code = code;
    this.hint = hint;
  }
}
