import type { Page } from "playwright-core";

/** Moments on the page's own clock, in ms since its navigation started. */
export interface Stopwatch {
  /** When the screen first showed a prompt that waits for a command. */
  prompt(timeout: number): Promise<number>;
  /** Presses Enter, waits for the next prompt, and returns the time from the key to the prompt. */
  enter(timeout: number): Promise<number>;
  /** Presses a key, and returns the time until its letter stood on the screen. */
  echo(key: string): Promise<number>;
  /** When, by the page's wall clock (ms since 1970), the element that fits `selector` appeared. */
  appeared(selector: string, timeout: number): Promise<number>;
}

/** To be called before the page is opened: puts observers into it that see changes as the reader's browser makes them. */
export async function createStopwatch(page: Page): Promise<Stopwatch> {
  await page.addInitScript(observe);
  return {
    prompt: (timeout) => page.evaluate((limit) => window.stopwatch.prompt(limit), timeout),
    // The key and a call into the page take different ways, so the page is known to listen before the key is pressed.
    async enter(timeout) {
      await page.evaluate((limit) => window.stopwatch.listenForEnter(limit), timeout);
      await page.keyboard.press("Enter");
      return page.evaluate(() => window.stopwatch.elapsed);
    },
    async echo(key) {
      await page.evaluate((letter) => window.stopwatch.listenForEcho(letter), key);
      await page.keyboard.press(key);
      return page.evaluate(() => window.stopwatch.elapsed);
    },
    appeared: (selector, timeout) =>
      page.evaluate(([what, limit]) => window.stopwatch.appeared(what, limit), [selector, timeout] as const),
  };
}

declare global {
  interface Window {
    stopwatch: {
      prompt(timeout: number): Promise<number>;
      listenForEnter(timeout: number): void;
      listenForEcho(key: string): void;
      /** From the key that was listened for to what it led to. */
      elapsed: Promise<number>;
      appeared(selector: string, timeout: number): Promise<number>;
    };
  }
}

/** Runs in the page. */
function observe(): void {
  const lastLine = (): string => {
    const screen = [...document.querySelectorAll(".xterm-rows")].find((rows) => rows.checkVisibility());
    const lines = [...(screen?.children ?? [])].map((row) => row.textContent.trimEnd());
    return lines.findLast((line) => line !== "") ?? "";
  };
  const isPrompt = (): boolean => /^\S+@\S+:\S*[#$]$/.test(lastLine());

  /** Asks again after every change of the document. */
  const when = (condition: () => boolean, timeout: number): Promise<void> =>
    new Promise((resolve, reject) => {
      const end = (settle: () => void): void => {
        observer.disconnect();
        clearTimeout(timer);
        settle();
      };
      const observer = new MutationObserver(() => {
        if (condition()) end(resolve);
      });
      const timer = setTimeout(() => {
        end(() => reject(new Error(`Nothing within ${timeout} ms; the last line is: ${lastLine()}`)));
      }, timeout);
      observer.observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
      if (condition()) end(resolve);
    });
  const nextKey = (): Promise<number> =>
    new Promise((resolve) => {
      addEventListener("keydown", (event) => resolve(event.timeStamp), { capture: true, once: true });
    });

  window.stopwatch = {
    async prompt(timeout) {
      await when(isPrompt, timeout);
      return performance.now();
    },
    elapsed: Promise.resolve(0),
    listenForEnter(timeout) {
      this.elapsed = nextKey().then(async (pressed) => {
        await when(isPrompt, timeout);
        return performance.now() - pressed;
      });
    },
    listenForEcho(key) {
      // The blank after the prompt cannot be told from an empty cell.
      const letters = (): string => lastLine().replaceAll(" ", "");
      const before = letters();
      this.elapsed = nextKey().then(async (pressed) => {
        await when(() => letters() === before + key, 10_000);
        return performance.now() - pressed;
      });
    },
    async appeared(selector, timeout) {
      await when(() => document.querySelector(selector) !== null, timeout);
      return Date.now();
    },
  };
}
