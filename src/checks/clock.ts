/** Time, given from outside so that tests decide how it passes. */
export interface Clock {
  /** Milliseconds; only differences mean something. */
  now(): number;
  /** Calls back once after `ms`, unless disposed before. */
  after(ms: number, callback: () => void): Disposable;
}

export const systemClock: Clock = {
  now: () => performance.now(),
  after(ms, callback) {
    const timer = setTimeout(callback, ms);
    return { [Symbol.dispose]: () => clearTimeout(timer) };
  },
};

/** Resolves after `ms`, or as soon as `signal` is aborted. */
export function wait(clock: Clock, ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) {
      resolve();
      return;
    }
    const timer = clock.after(ms, done);
    signal.addEventListener("abort", done, { once: true });
    function done() {
      timer[Symbol.dispose]();
      signal.removeEventListener("abort", done);
      resolve();
    }
  });
}

/** A pause that grows with every use, for asking again where no event tells when to ask. */
export function growingPause(options: { firstMs: number; factor: number; longestMs: number }) {
  let ms = options.firstMs;
  return {
    next(): number {
      const now = ms;
      ms = Math.min(ms * options.factor, options.longestMs);
      return now;
    },
    reset(): void {
      ms = options.firstMs;
    },
  };
}
