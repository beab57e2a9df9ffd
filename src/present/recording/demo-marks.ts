import type { Lesson, TerminalName } from "../../lessons/model.ts";
import type { RecordingMark } from "../../lessons/recording-mark.ts";
import type { TalkAct } from "../talk-messages.ts";

/** What of a talk the marks of its recording tell. */
export interface MarkedTalk {
  /** The step that is shown. */
  readonly step: string | undefined;
  readonly done: ReadonlySet<string>;
  readonly acts: readonly TalkAct[];
}

/** The terminal is that of a command. */
export type DemoMark = readonly [mark: RecordingMark, terminal?: TerminalName];

/** The marks that tell what has changed, in order. Commands of the presenter's own have none: the recording's header knows the lesson's. */
export function marksBetween(before: MarkedTalk, now: MarkedTalk, { steps }: Pick<Lesson, "steps">): DemoMark[] {
  const marks: DemoMark[] = [];
  if (now.step !== undefined && now.step !== before.step) marks.push([{ kind: "step", step: now.step }]);
  for (const [at, act] of now.acts.entries()) {
    const was = before.acts[at]?.state;
    if (act.state === was) continue;
    const { step, n: index } = act;
    const own = steps.find(({ id }) => id === step)?.solution[index];
    if (own?.type === "file" && act.state === "done") marks.push([{ kind: "file", step, index }]);
    // What the small machine prints is not recorded.
    if (own?.type !== "command" || own.command !== act.text || own.terminal === "vm") continue;
    if (act.state === "running") marks.push([{ kind: "command", step, index }, own.terminal]);
    // What a command prints that goes on is its own until another is typed there.
    else if (act.state === "done" && was === "running" && !own.background) marks.push([{ kind: "end", step, index }]);
  }
  for (const step of now.done) if (!before.done.has(step)) marks.push([{ kind: "done", step }]);
  return marks;
}
