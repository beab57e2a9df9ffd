import type { Page } from "playwright-core";
import { carryOut, lessonPageOf } from "../../e2e/lesson-page.ts";
import { bindCheck } from "../../../src/checks/kinds.ts";
import type { Lesson } from "../../../src/lessons/model.ts";
import type { TerminalScreen } from "../../e2e/terminal.ts";
import type { Stopwatch } from "./stopwatch.ts";

export interface Tick {
  readonly step: string;
  /** From the engine's last event before it, by the engine's own stamp, to the tick on the page. */
  readonly ms: number;
  /** One of the step's checks looks at what it asks for a second time before it passes (`settleMs`), so that what fails at once is seen failing. */
  readonly isWatched: boolean;
}

/** Does the open lesson's steps one after another. Steps that tick by a file or an answer alone have no event and are left out. */
export async function measureTicks(page: Page, watch: Stopwatch): Promise<Tick[]> {
  const lesson = lessonPageOf(page);
  const clock = await compareClocks(lesson.terminal);
  const watched = await readWatchedSteps(page);
  const ticks: Tick[] = [];
  for (const step of await lesson.steps()) {
    const opened = Date.now();
    const tick = watch.appeared(`[data-step="${step.id}"][data-state="done"]`, 300_000);
    // If typing fails before, that is what is to be heard of.
    tick.catch(() => undefined);
    // Answers come first, so that what ticks the step is an event.
    await step.answerQuizzes();
    for (const action of await step.readSolution()) await carryOut(lesson, action);
    const ticked = await tick;
    const events = await readEvents(lesson.terminal, clock.toGuest(opened), clock.toGuest(Date.now()));
    const last = events.map((guest) => clock.toHost(guest)).findLast((time) => time <= ticked + clock.error);
    if (last !== undefined)
      ticks.push({ step: step.id, ms: Math.max(0, ticked - last), isWatched: watched.has(step.id) });
  }
  return ticks;
}

/** The ids of the steps with a check that does not pass at its first good answer. */
async function readWatchedSteps(page: Page): Promise<ReadonlySet<string>> {
  const text = await page.locator("#lesson-data").textContent();
  const lesson = JSON.parse(text ?? "null") as Lesson | null;
  const watched = (lesson?.steps ?? []).filter(({ checks }) => checks.some((check) => bindCheck(check).settleMs > 0));
  return new Set(watched.map(({ id }) => id));
}

interface ClockComparison {
  toHost(guest: number): number;
  toGuest(host: number): number;
  /** Half of the shortest time that asking took. */
  readonly error: number;
}

/** Both clocks in ms since 1970. The guest's answer lies between the moments of asking and of seeing it. */
async function compareClocks(terminal: TerminalScreen): Promise<ClockComparison> {
  let offset = 0;
  let error = Infinity;
  for (let ask = 0; ask < 5; ask++) {
    await terminal.type("date +%s%3N");
    const before = Date.now();
    const guest = Number((await terminal.enter()).trim());
    const after = Date.now();
    if ((after - before) / 2 < error) {
      error = (after - before) / 2;
      offset = (before + after) / 2 - guest;
    }
  }
  return { toHost: (guest) => guest + offset, toGuest: (host) => host - offset, error };
}

/** When containers and images changed, in ms since 1970 by the guest's clock, ascending. */
async function readEvents(terminal: TerminalScreen, since: number, until: number): Promise<number[]> {
  const range = `--since ${(since / 1000).toFixed(3)} --until ${(until / 1000).toFixed(3)}`;
  const output = await terminal.run(`docker events ${range} --format '{{.TimeNano}} {{.Action}}'`);
  return [...output.matchAll(changes)].map(([, nano]) => Number(nano) / 1e6).sort((a, b) => a - b);
}

const changes = /^(\d{19}) (?:create|start|die|stop|kill|destroy|tag|untag|delete|pull|load|import|exec_start: .*)$/gm;
