import type { TerminalName } from "../../lessons/model.ts";
import type { Recording, RecordingEvent } from "../../lessons/recording.ts";

/** A recording as it is played: long pauses are shorter. All times are in seconds of playing at the usual speed. */
export interface Timeline {
  readonly events: readonly RecordingEvent[];
  readonly seconds: number;
  /** Pauses are no longer than this. */
  readonly longestPause: number;
  readonly steps: readonly TimelineStep[];
  /** What was done, in order: commands and files. */
  readonly acts: readonly TimelineAct[];
  /** When each command has ended, and the end of all: what somebody sees who wants no motion. */
  readonly stops: readonly number[];
  /** Those that anything happens in, at least one. */
  readonly terminals: readonly TerminalName[];
}

export interface TimelineStep {
  readonly id: string;
  readonly title: string;
  readonly at: number;
}

export interface TimelineAct {
  readonly step: string;
  /** Its place in the step's solution, from 0. */
  readonly index: number;
  readonly at: number;
  /** When it had ended; of a command whose end nobody marked, when the next act began. */
  readonly until: number;
}

export function layOut({ header, events: recorded }: Recording): Timeline {
  const longestPause = header.idle_time_limit ?? usualPause;
  const titles = new Map(header.drydock.steps.map(({ id, title }) => [id, title]));
  const events: RecordingEvent[] = [];
  const steps: TimelineStep[] = [];
  const begun: (Omit<TimelineAct, "until"> & { until: number | undefined })[] = [];
  const stops: number[] = [];
  const terminals = new Set<TerminalName>();
  let terminal: TerminalName = 1;
  let before = 0;
  let at = 0;
  for (const event of recorded) {
    at += Math.min(event.at - before, longestPause);
    before = event.at;
    events.push({ ...event, at });
    if (event.type === "output") terminals.add(event.terminal);
    if (event.type !== "mark") continue;
    const { mark } = event;
    switch (mark.kind) {
      case "terminal":
        terminal = mark.terminal;
        break;
      case "step":
        steps.push({ id: mark.step, title: titles.get(mark.step) ?? mark.step, at });
        break;
      case "command":
        terminals.add(terminal);
        begun.push({ step: mark.step, index: mark.index, at, until: undefined });
        break;
      case "file":
        begun.push({ step: mark.step, index: mark.index, at, until: at });
        break;
      case "end": {
        stops.push(at);
        const act = begun.findLast(({ step, index }) => step === mark.step && index === mark.index);
        if (act !== undefined) act.until ??= at;
        break;
      }
      case "done":
      case "other":
        break;
    }
  }
  const acts = begun.map((act, n) => ({ ...act, until: act.until ?? begun[n + 1]?.at ?? at }));
  if (terminals.size === 0) terminals.add(1);
  if (stops.at(-1) !== at) stops.push(at);
  return { events, seconds: at, longestPause, steps, acts, stops, terminals: [...terminals].sort(inOrder) };
}

/** 1, 2, 3, and the small machine's last. */
function inOrder(a: TerminalName, b: TerminalName): number {
  return Number(a === "vm") - Number(b === "vm") || Number(a) - Number(b);
}

const usualPause = 2;
