/** A build step that failed: `phase` is what the reader of the progress lines knows it by. */
export class ImageError extends Error {
  override readonly name = "ImageError";
  readonly phase: Phase;
  readonly hint: string;

  constructor(phase: Phase, message: string, options: { hint: string; cause?: unknown }) {
    super(message, { cause: options.cause });
    this.phase = phase;
    this.hint = options.hint;
  }
}

export const phases = [
  "plan",
  "packages",
  "root",
  "disk",
  "provision",
  "parts",
  "snapshot",
  "catalogue",
  "publish",
  "fetch",
] as const;
export type Phase = (typeof phases)[number];
