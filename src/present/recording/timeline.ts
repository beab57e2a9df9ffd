import type { TerminalName } from "../../lessons/model.ts";
import type { Recording, RecordingEvent } from "../../lessons/recording.ts";

/** A recording as it is played: long pauses are shorter. All times are in seconds of playing at the usual speed. */
export interface Timeline {
  readonly events: readonly RecordingEvent[];
  readonly seconds: number;
  /** Pauses are no longer than this. */
  readonly longestPause: number;
  readonly steps: readonly TimelineStep[];
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

export function layOut({ header, events: recorded }: Recording): Timeline {
  const longestPause = header.idle_time_limit ?? usualPause;
  const titles = new Map(header.drydock.steps.map(({ id, title }) => [id, title]));
  const events: RecordingEvent[] = [];
  const steps: TimelineStep[] = [];
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
    if (mark.kind === "terminal") terminal = mark.terminal;
    else if (mark.kind === "step") steps.push({ id: mark.step, title: titles.get(mark.step) ?? mark.step, at });
    else if (mark.kind === "command") terminals.add(terminal);
    else if (mark.kind === "end") stops.push(at);
  }
  if (terminals.size === 0) terminals.add(1);
  if (stops.at(-1) !== at) stops.push(at);
  return { events, seconds: at, longestPause, steps, stops, terminals: [...terminals].sort(inOrder) };
}

/** 1, 2, 3, and the small machine's last. */
function inOrder(a: TerminalName, b: TerminalName): number {
  return Number(a === "vm") - Number(b === "vm") || Number(a) - Number(b);
}

const usualPause = 2;
