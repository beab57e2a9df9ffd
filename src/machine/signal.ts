import { MachineError } from "./error.ts";

/** Settles like `promise`, but rejects with code `cancelled` as soon as `signal` aborts. What `promise` stands for goes on. */
export function raceSignal<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return promise;
  return new Promise<T>((resolve, reject) => {
    const onAbort = () => {
      reject(cancelledError(signal));
    };
    if (signal.aborted) onAbort();
    else signal.addEventListener("abort", onAbort, { once: true });
    promise
      .finally(() => {
        signal.removeEventListener("abort", onAbort);
      })
      .then(resolve, reject);
  });
}

/** Resolves after `ms`; rejects with code `cancelled` as soon as `signal` aborts. */
export function pauseFor(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const onAbort = () => {
      clearTimeout(timer);
      reject(cancelledError(signal));
    };
    const timer = setTimeout(() => {
      signal.removeEventListener("abort", onAbort);
      resolve();
    }, ms);
    signal.addEventListener("abort", onAbort, { once: true });
  });
}

export function throwIfCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw cancelledError(signal);
}

/** The signal's own reason where it is one of ours, such as `disposed`. */
export function cancelledError(signal: AbortSignal): MachineError {
  if (signal.reason instanceof MachineError) return signal.reason;
  return new MachineError("cancelled", "It was cancelled.", {
    hint: "Start it again when you want it.",
    cause: signal.reason,
  });
}
