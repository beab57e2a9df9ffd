/** Everything that can go wrong with a machine, in one class. `message` says what happened, `hint` what the person can do. */
export class MachineError extends Error {
  override readonly name = "MachineError";
  readonly code: MachineErrorCode;
  readonly hint: string;

  constructor(code: MachineErrorCode, message: string, options: { hint: string; cause?: unknown }) {
    super(message, { cause: options.cause });
    this.code = code;
    this.hint = options.hint;
  }
}

export type MachineErrorCode =
  | "no-webassembly"
  | "not-enough-memory"
  | "download-failed"
  | "image-mismatch"
  | "state-mismatch"
  | "state-damaged"
  | "boot-failed"
  | "unresponsive"
  | "port-closed"
  | "connection-reset"
  | "not-found"
  | "invalid-path"
  | "guest-error"
  | "timeout"
  | "cancelled"
  | "disposed"
  | "unsupported";
