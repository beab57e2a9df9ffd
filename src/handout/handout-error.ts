export type HandoutErrorCode =
  "misused" | "unknown-name" | "not-built" | "no-browser" | "not-printed" | "timeout" | "not-written";

/** A handout that was not made. `hint` says what to do instead. */
export class HandoutError extends Error {
  override readonly name = "HandoutError";
  readonly code: HandoutErrorCode;
  readonly hint: string;

  constructor(code: HandoutErrorCode, message: string, { hint, cause }: { hint: string; cause?: unknown }) {
    super(message, { cause });
    this.code = code;
    this.hint = hint;
  }
}
