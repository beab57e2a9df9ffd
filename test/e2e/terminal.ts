import type { Page } from "playwright-core";

/** The learner's terminal, by keyboard and by eye. All times in ms. */
export interface TerminalScreen {
  /** Waits until the last line on the screen is a prompt that waits for a command. */
  waitForPrompt(timeout: number): Promise<void>;
  /** Types the command, then as `enter`. */
  run(command: string, timeout?: number): Promise<string>;
  /** Presses Enter, waits for the next prompt, and returns what stands between the two. */
  enter(timeout?: number): Promise<string>;
  /** Types the command without Enter, and waits until it stands on the screen. */
  type(command: string): Promise<void>;
  text(): Promise<string>;
}

/** `root@drydock:/workspace# ` and its like. */
const promptPattern = String.raw`^\S+@\S+:\S*[#$]\s*$`;

export function terminalOf(page: Page): TerminalScreen {
  const terminal: TerminalScreen = {
    async waitForPrompt(timeout) {
      await page.waitForFunction(
        (pattern) => {
          const screen = [...document.querySelectorAll(".xterm-rows")].find((rows) => rows.checkVisibility());
          // Behind a card that says what the machine is at, the last prompt still stands.
          if (screen?.closest("[inert]")) return false;
          const rows = [...(screen?.children ?? [])].map((row) => row.textContent.trimEnd());
          return new RegExp(pattern).test(rows.findLast((row) => row !== "") ?? "");
        },
        promptPattern,
        { timeout },
      );
    },
    async run(command, timeout) {
      await terminal.type(command);
      return terminal.enter(timeout);
    },
    async enter(timeout = 120_000) {
      const before = await terminal.text();
      await page.keyboard.press("Enter");
      await terminal.waitForPrompt(timeout);
      return outputAfter(before.split("\n").at(-1) ?? "", await terminal.text());
    },
    async type(command) {
      await page.locator(".xterm:visible textarea").first().focus();
      for (const [index, line] of command.split("\n").entries()) {
        if (index > 0) await page.keyboard.press("Enter");
        await page.keyboard.type(line);
        // A line longer than the terminal is wide goes on in the next row, so only its end is looked for.
        await page.waitForFunction(
          (typed) => {
            const screen = [...document.querySelectorAll(".xterm-rows")].find((rows) => rows.checkVisibility());
            const rows = [...(screen?.children ?? [])].map((row) => row.textContent.trimEnd());
            return rows.join("").replaceAll(/\s/g, "").endsWith(typed.replaceAll(/\s/g, ""));
          },
          line.slice(-20),
          { timeout: 30_000 },
        );
      }
    },
    async text() {
      const rows = await page.locator(".xterm-rows:visible > div").allTextContents();
      return rows
        .map((row) => row.trimEnd())
        .join("\n")
        .trimEnd();
    },
  };
  return terminal;
}

/** What stands between the last row that ends as the typed one did and the prompt, which may have left the screen. */
function outputAfter(typedRow: string, screen: string): string {
  const rows = screen.split("\n");
  return rows.slice(rows.lastIndexOf(typedRow) + 1, -1).join("\n");
}
