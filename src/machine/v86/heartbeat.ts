export interface HeartbeatOptions {
  /** Rejects when there was no answer within `deadlineMs`. */
  ping(deadlineMs: number): Promise<void>;
  /** Beats are left out while this is false: a browser slows down a page that nobody looks at. */
  isWatched(): boolean;
  /** Told after a missed beat how long nothing has been heard, and 0 when an answer comes again. */
  onSilence(silentMs: number): void;
  intervalMs?: number;
  deadlineMs?: number;
}

/** Asks the guest every few seconds whether it lives. */
export function startHeartbeat({
  ping,
  isWatched,
  onSilence,
  intervalMs = 4_000,
  deadlineMs = 6_000,
}: HeartbeatOptions): Disposable {
  let stopped = false;
  let lastHeard = performance.now();
  let silent = false;
  let timer: ReturnType<typeof setTimeout>;

  const beat = async () => {
    if (isWatched()) {
      try {
        await ping(deadlineMs);
        lastHeard = performance.now();
        if (silent && !stopped) onSilence(0);
        silent = false;
      } catch {
        // The silence itself is what is told.
        silent = true;
        if (!stopped) onSilence(Math.round(performance.now() - lastHeard));
      }
    } else lastHeard = performance.now();
    schedule();
  };
  const schedule = () => {
    if (!stopped) timer = setTimeout(() => void beat(), intervalMs);
  };
  schedule();
  return {
    [Symbol.dispose]() {
      stopped = true;
      clearTimeout(timer);
    },
  };
}
