import type { Locator, Page } from "playwright-core";
import { terminalOf, type TerminalScreen } from "./terminal.ts";

/** A lesson's page as its reader meets it. */
export interface LessonPage {
  readonly page: Page;
  readonly terminal: TerminalScreen;
  steps(): Promise<LessonStep[]>;
}

export interface LessonStep {
  readonly id: string;
  readonly title: string;
  readonly region: Locator;
  isDone(): Promise<boolean>;
  /** Rejects with what the step says of itself when it is not done in time. */
  waitUntilDone(timeout: number): Promise<void>;
  /** Opens the solution, and reads off the page what to type and which files to write, in order. */
  readSolution(): Promise<Action[]>;
  /** Chooses the right answers of its quizzes. */
  answerQuizzes(): Promise<void>;
}

export type Action =
  | { readonly type: "command"; readonly command: string }
  | { readonly type: "file"; readonly path: string; readonly content: string };

export function lessonPageOf(page: Page): LessonPage {
  return {
    page,
    terminal: terminalOf(page),
    async steps() {
      const steps: LessonStep[] = [];
      for (const section of await page.locator("[data-step]").all()) {
        const title = await section.getByRole("heading", { level: 2 }).innerText();
        steps.push(createStep(page, (await section.getAttribute("data-step")) ?? "", title.trim()));
      }
      return steps;
    },
  };
}

function createStep(page: Page, id: string, title: string): LessonStep {
  const region = page.getByRole("region", { name: title, exact: true });
  return {
    id,
    title,
    region,
    isDone: async () => (await region.getAttribute("data-state")) === "done",
    async waitUntilDone(timeout) {
      await page
        .locator(`[data-step="${id}"][data-state="done"]`)
        .waitFor({ state: "attached", timeout })
        .catch(async (cause: unknown) => {
          const status = await region.locator("[data-step-status]").innerText();
          throw new Error(`“${title}” is not done after ${timeout} ms. It says: ${status}`, { cause });
        });
    },
    async readSolution() {
      const solution = region.locator("details.solution");
      await solution.getByText("Solution", { exact: true }).click();
      const actions: Action[] = [];
      for (const block of await solution.locator("figure").all()) {
        const code = (await block.locator("pre").innerText()).trimEnd();
        const path = await block.getAttribute("data-path");
        actions.push(path === null ? { type: "command", command: code } : { type: "file", path, content: `${code}\n` });
      }
      return actions;
    },
    async answerQuizzes() {
      for (const quiz of await region.locator("quiz-form").all()) {
        const right = (await quiz.getAttribute("data-right")) ?? "";
        for (const index of right.split(" ")) await quiz.locator(`input[value="${index}"]`).check();
        await quiz.getByRole("button", { name: "Check answer" }).click();
      }
    },
  };
}

/** Carries out an action by keyboard alone: a file is written with a here-document. */
export async function carryOut({ terminal }: LessonPage, action: Action): Promise<string> {
  if (action.type === "command") return terminal.run(action.command);
  const folder = action.path.includes("/") ? `mkdir -p '${action.path.replace(/\/[^/]*$/, "")}' && ` : "";
  return terminal.run(`${folder}cat > '${action.path}' <<'EOF'\n${action.content}EOF`);
}
