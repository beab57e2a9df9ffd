/** What can go wrong with work that is kept in the browser. */
export class KeptWorkError extends Error {
  override readonly name = "KeptWorkError";
  readonly code: KeptWorkErrorCode;
  readonly hint: string;

  constructor(code: KeptWorkErrorCode, message: string, options: { hint: string; cause?: unknown }) {
    super(message, { cause: options.cause });
    this.code = code;
    this.hint = options.hint;
  }
}

export type KeptWorkErrorCode =
  /** The browser denies storage. */
  | "refused"
  /** Another tab has it. */
  | "busy"
  /** It was written by a newer version. */
  | "outdated"
  | "no-room"
  | "failed"
  /** An exported file that cannot be imported. */
  | "bad-file";
