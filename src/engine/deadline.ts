import { EngineError } from "./error.ts";

/** One signal for a call: it aborts when the caller's does, or when the time is up. */
export interface Deadline {
  readonly signal: AbortSignal;
  /** The answer has begun: from now on only the caller's signal counts. */
  readonly lift: () => void;
  /** Forgets the caller's signal too. */
  readonly release: () => void;
}

/** `timeoutMs: undefined` is no deadline. The signal's reason is an `EngineError`: `cancelled`, or `timeout` naming `what`. */
export function startDeadline(what: string, caller: AbortSignal | undefined, timeoutMs: number | undefined): Deadline {
  const controller = new AbortController();
  const cancel = () => {
    controller.abort(cancelled(what, caller?.reason));
  };
  if (caller?.aborted) cancel();
  caller?.addEventListener("abort", cancel, { once: true });
  const timer =
    timeoutMs === undefined
      ? undefined
      : setTimeout(() => {
          controller.abort(timedOut(what, timeoutMs));
        }, timeoutMs);
  return {
    signal: controller.signal,
    lift() {
      clearTimeout(timer);
    },
    release() {
      clearTimeout(timer);
      caller?.removeEventListener("abort", cancel);
    },
  };
}

/** Settles as `promise` does, or rejects with the signal's reason, whichever is first. What `promise` then brings is given to `discard`. */
export function orAborted<T>(promise: Promise<T>, signal: AbortSignal, discard?: (late: T) => void): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const onAbort = () => {
      if (discard) promise.then(discard, () => undefined);
      reject(signal.reason as Error);
    };
    if (signal.aborted) {
      onAbort();
      promise.catch(() => undefined);
      return;
    }
    signal.addEventListener("abort", onAbort, { once: true });
    promise
      .finally(() => {
        signal.removeEventListener("abort", onAbort);
      })
      .then(resolve, reject);
  });
}

function cancelled(what: string, cause: unknown): EngineError {
  return new EngineError("cancelled", `${what} was cancelled.`, { hint: "Ask again when you want it.", cause });
}

function timedOut(what: string, timeoutMs: number): EngineError {
  return new EngineError("timeout", `${what} got no answer within ${String(timeoutMs / 1000)} s.`, {
    hint: "The machine may be busy. Wait a moment and try again; if it stays silent, restart the engine.",
  });
}
