import { expect } from "vitest";
import type { Locator, Page } from "playwright-core";
import type { Lesson, QuizSpec, SolutionAction, Step } from "../../src/lessons/model.ts";
import { terminalOf } from "./terminal.ts";

/** Somebody who has a keyboard and no mouse, and knows what solves a lesson. */
export interface KeyboardReader {
  /** Waits for the machine. */
  begin(timeout: number): Promise<void>;
  /** Does what solves a step, and waits until it is ticked. */
  solve(step: Step): Promise<void>;
}

/** More focusable things than any page has. */
const MOST_TABS = 600;
const COMMAND_MS = 300_000;
const TICK_MS = 180_000;

export function keyboardReader(page: Page, lesson: Pick<Lesson, "id">): KeyboardReader {
  const terminal = terminalOf(page);
  const terminalInput = page.locator(".xterm:visible textarea").first();

  /** Goes with Tab, or backwards, to `wanted`. A terminal keeps Tab for its shell; F6 leaves it. */
  const tabTo = async (wanted: Locator) => {
    for (let n = 0; n < MOST_TABS; n++) {
      const way = await wanted.evaluate((element) => {
        const at = document.activeElement;
        const isOfItsGroup =
          at instanceof HTMLInputElement &&
          element instanceof HTMLInputElement &&
          at.type === "radio" &&
          at.name === element.name;
        if (element === at || isOfItsGroup) return "there";
        if (at?.closest(".xterm")) return "F6";
        const isBehind =
          ((at ?? document.body).compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;
        return isBehind ? "Tab" : "Shift+Tab";
      });
      if (way === "there") return;
      await page.keyboard.press(way);
    }
    throw new Error(`Tab never came to ${String(wanted)}.`);
  };

  const type = async (text: string) => {
    await tabTo(terminalInput);
    await terminal.run(text, COMMAND_MS);
  };

  const carryOut = async (action: Exclude<SolutionAction, { type: "answer" }>) => {
    if (action.type === "file") {
      const folder = action.path.includes("/") ? `mkdir -p '${action.path.replace(/\/[^/]*$/, "")}' && ` : "";
      await type(`${folder}cat > '${action.path}' <<'EOF'\n${action.content.trimEnd()}\nEOF`);
    } else if (action.terminal !== 1 || action.background || action.interrupt) {
      throw new Error(`${lesson.id}: this test types into the first terminal only, not: ${action.command}`);
    } else await type(action.command);
  };

  const answer = async ({ quiz, type: kind, right }: QuizSpec) => {
    const form = page.locator(`quiz-form[data-quiz="${quiz}"]`);
    if (kind === "one") {
      // A group of radio buttons is one stop of Tab, at its first or, backwards, at its last; the arrows choose in it.
      const radios = form.locator("input[type=radio]");
      await tabTo(radios.first());
      await page.keyboard.press("Space");
      while (!(await radios.nth(right[0] ?? 0).isChecked())) await page.keyboard.press("ArrowDown");
    } else if (kind === "many") {
      for (const index of right) {
        await tabTo(form.locator(`input[value="${String(index)}"]`));
        await page.keyboard.press("Space");
      }
    } else if (kind === "number") {
      await tabTo(form.locator("input"));
      await page.keyboard.type(String(right[0]));
    } else throw new Error(`${lesson.id}: this test puts nothing in order (${quiz}).`);
    await tabTo(form.getByRole("button", { name: "Check answer" }));
    await page.keyboard.press("Enter");
  };

  return {
    begin: (timeout) => terminal.waitForPrompt(timeout),
    async solve(step) {
      for (const check of step.checks) if (isQuiz(check)) await answer(check);
      for (const action of step.solution) if (action.type !== "answer") await carryOut(action);
      const ticked = page.locator(`[data-step="${step.id}"][data-state="done"]`);
      await ticked.waitFor({ state: "attached", timeout: TICK_MS }).catch(async (cause: unknown) => {
        const status = await page.locator(`[data-step="${step.id}"] [data-step-status]`).innerText();
        throw new Error(`Step "${step.id}" of ${lesson.id} is not ticked. It says: ${status}`, { cause });
      });
      expect(await ticked.count()).toBe(1);
    },
  };
}

function isQuiz(check: Step["checks"][number]): check is QuizSpec {
  return check.kind === "quiz";
}
