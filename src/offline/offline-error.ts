/**
 * `full`: there is no room left. `refused`: the browser keeps nothing, as in some private windows. `unreachable`: the network or the host failed.
 * `updated`: the host has another build of the site by now. `busy`: another tab is at it.
 */
export type OfflineErrorCode = "full" | "refused" | "unreachable" | "updated" | "cancelled" | "busy";

/** Something could not be kept for use without a network. What a person reads of it is in `src/words/offline.ts`. */
export class OfflineError extends Error {
  override readonly name = "OfflineError";
  readonly code: OfflineErrorCode;

  constructor(code: OfflineErrorCode, { cause }: { cause?: unknown } = {}) {
    super(`offline: ${code}`, { cause });
    this.code = code;
  }
}
