/**
 * Everything that can go wrong with Docker Engine, in one class. `message` says what happened, in Docker's own words where it sent some;
 * `hint` says what the person can do.
 */
export class EngineError extends Error {
  override readonly name = "EngineError";
  readonly code: EngineErrorCode;
  /** HTTP status of the answer, where there was one. */
  readonly status: number | undefined;
  readonly hint: string;

  constructor(code: EngineErrorCode, message: string, options: { hint: string; status?: number; cause?: unknown }) {
    super(message, { cause: options.cause });
    this.code = code;
    this.status = options.status;
    this.hint = options.hint;
  }
}

export type EngineErrorCode =
  /** Nothing answers on the engine's port. */
  | "unreachable"
  /** The connection ended before the answer did. */
  | "connection-lost"
  /** What came back is not HTTP/1.1, not Docker's framing or not JSON. */
  | "malformed-answer"
  /** Well formed, but not what the Docker Engine API promises. */
  | "unexpected-answer"
  | "answer-too-large"
  | "engine-too-old"
  | "invalid-request"
  | "not-found"
  | "conflict"
  | "forbidden"
  /** The engine's place in a swarm does not allow it: it is no manager of one, or is in one already. */
  | "swarm-state"
  | "engine-failed"
  | "timeout"
  | "cancelled";

/** The error for an answer that no HTTP client may accept (RFC 9112). */
export function malformedAnswer(what: string, cause?: unknown): EngineError {
  return new EngineError("malformed-answer", what, {
    hint: "The program on the other side does not speak HTTP as expected. Check that it is the one you mean.",
    cause,
  });
}

export function connectionLost(cause?: unknown): EngineError {
  return new EngineError("connection-lost", "The connection ended before the answer was complete.", {
    hint: "The program on the other side stopped or was restarted. Try again.",
    cause,
  });
}
