import { HandoutError } from "./handout-error.ts";

export interface Limit {
  readonly signal: AbortSignal;
  readonly ms: number;
  /** For the message: `printing containers/first-image`. */
  readonly what: string;
}

/** Settles as `work` does, or rejects when the signal is aborted, or with a `HandoutError` when the time is over. */
export async function withinLimit<T>(work: Promise<T>, { signal, ms, what }: Limit): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const onAbort = () => reject(signal.reason as Error);
  const timer = setTimeout(() => {
    const hint = "Is the computer busy with something else? Try again, or name fewer handouts.";
    reject(new HandoutError("timeout", `The browser did not finish ${what} within ${ms / 1000} seconds.`, { hint }));
  }, ms);
  signal.addEventListener("abort", onAbort, { once: true });
  try {
    signal.throwIfAborted();
    return await Promise.race([work, promise]);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", onAbort);
    // What comes of it later is of no use to anybody.
    work.catch(() => undefined);
  }
}
