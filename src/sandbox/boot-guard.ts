/** Remembers over the life of a tab that a start is under way, so that a tab which was killed by it does not try again. */
export interface BootGuard {
  /** Whether the tab was killed while a machine was starting, and no start has ended since. */
  wasKilled(): boolean;
  /** Until disposed, a killed tab is found out when it is loaded again; leaving the page is no kill. */
  watch(): Disposable;
}

/** `open` may throw, as browsers do that refuse storage. */
export function createBootGuard(
  open: () => Pick<Storage, "getItem" | "setItem" | "removeItem">,
  page: EventTarget,
): BootGuard {
  const forget = () => quietly(() => open().removeItem(key));
  return {
    wasKilled: () => quietly(() => open().getItem(key)) === "1",
    watch() {
      quietly(() => open().setItem(key, "1"));
      page.addEventListener("pagehide", forget, { once: true });
      return {
        [Symbol.dispose]() {
          page.removeEventListener("pagehide", forget);
          forget();
        },
      };
    },
  };
}

const key = "drydock:starting";

/** Storage may be refused; then there is no guard. */
function quietly<T>(act: () => T): T | undefined {
  try {
    return act();
  } catch {
    return undefined;
  }
}
