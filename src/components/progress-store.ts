import { progressKey, readProgress, writeProgress, type Progress, type ProgressStorage } from "../lessons/progress.ts";

/** The reader's progress as it is now. */
export function loadProgress(): Progress {
  return readProgress(openStorage(), new Date());
}

/** Changes the stored progress and tells everyone on the page. */
export function updateProgress(change: (progress: Progress) => Progress): Progress {
  const storage = openStorage();
  const before = readProgress(storage, new Date());
  const after = change(before);
  if (after === before) return before;
  writeProgress(storage, after);
  document.dispatchEvent(new CustomEvent("drydock:progress", { detail: after, bubbles: true }));
  return after;
}

/** Whether what has been written so far is there on the next visit. */
export function isProgressLasting(): boolean {
  return !memory.has(progressKey);
}

/** Forgets all of it, and the copies of what could not be read. */
export function forgetAllProgress(): void {
  updateProgress(() => ({}));
  try {
    for (const key of Object.keys(localStorage))
      if (key.startsWith(`${progressKey}:unreadable:`)) localStorage.removeItem(key);
  } catch {
    // Where storage is refused, there are none.
  }
}

/** Calls `listener` after every change of the progress, from this page or from another tab. */
export function onProgress(listener: (progress: Progress) => void): Disposable {
  const stop = new AbortController();
  document.addEventListener("drydock:progress", () => listener(loadProgress()), { signal: stop.signal });
  addEventListener(
    "storage",
    ({ key }) => {
      if (key === progressKey || key === null) listener(loadProgress());
    },
    { signal: stop.signal },
  );
  return { [Symbol.dispose]: () => stop.abort() };
}

const memory = new Map<string, string>();

/** Storage may be refused or full; then progress lasts as long as the page. */
function openStorage(): ProgressStorage {
  return {
    getItem: (key) => memory.get(key) ?? readOrNull(key),
    setItem(key, value) {
      try {
        localStorage.setItem(key, value);
        memory.delete(key);
      } catch {
        memory.set(key, value);
      }
    },
  };
}

function readOrNull(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}
