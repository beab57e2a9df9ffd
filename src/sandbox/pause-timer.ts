/** Acts in a pause of the person's, so that the moment which it takes is not noticed. */
export interface PauseTimer extends Disposable {
  /** There is something to do. */
  wait(): void;
  /** Does now what waits to be done. */
  hurry(): void;
  /** There is nothing to do any more. */
  forget(): void;
}

/** `page` tells of keys, pointers and its being hidden. */
export function createPauseTimer(
  page: Pick<Document, "addEventListener" | "visibilityState">,
  act: () => void,
): PauseTimer {
  const stop = new AbortController();
  const { signal } = stop;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let since: number | undefined;
  const forget = () => {
    clearTimeout(timer);
    since = undefined;
  };
  const hurry = () => {
    if (since === undefined) return;
    forget();
    act();
  };
  const wait = () => {
    since ??= performance.now();
    clearTimeout(timer);
    timer = setTimeout(hurry, Math.min(idleMs, Math.max(0, since + patienceMs - performance.now())));
  };
  for (const type of ["keydown", "pointerdown"]) {
    page.addEventListener(type, () => since !== undefined && wait(), { signal, capture: true, passive: true });
  }
  // They may be about to leave.
  page.addEventListener("visibilitychange", () => page.visibilityState === "hidden" && hurry(), { signal });
  return {
    wait,
    hurry,
    forget,
    [Symbol.dispose]() {
      stop.abort();
      forget();
    },
  };
}

const idleMs = 4000;
/** Somebody who never pauses is not waited for any longer. */
const patienceMs = 60_000;
