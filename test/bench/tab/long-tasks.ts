import type { Page } from "playwright-core";

/** Tasks of the page's main thread that took longer than 50 ms, which is all that browsers tell of. */
export interface LongTasks {
  /** Their durations in ms, since the last time this was asked or the page was opened. */
  take(): Promise<number[]>;
}

/** To be called before the page is opened. */
export async function watchLongTasks(page: Page): Promise<LongTasks> {
  await page.addInitScript(observe);
  return { take: () => page.evaluate(() => window.takeLongTasks()) };
}

export function longest(durations: readonly number[]): number {
  return Math.max(0, ...durations);
}

declare global {
  interface Window {
    takeLongTasks(): number[];
  }
}

/** Runs in the page. */
function observe(): void {
  let durations: number[] = [];
  const note = (entries: PerformanceEntryList): void => {
    for (const { duration } of entries) durations.push(duration);
  };
  const observer = new PerformanceObserver((list) => note(list.getEntries()));
  observer.observe({ type: "longtask", buffered: true });
  window.takeLongTasks = () => {
    note(observer.takeRecords());
    const taken = durations;
    durations = [];
    return taken;
  };
}
