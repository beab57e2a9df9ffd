import * as z from "zod/mini";

/**
 * What the stage and the presenter's window say to each other: plain data, so that the same messages can go over a server one day. The stage knows; a
 * presenter's window asks and shows. Each message names the talk, so that a second stage of the same lesson is left alone.
 */
const count = z.int().check(z.nonnegative());
const text = (most: number) => z.string().check(z.maxLength(most));
const name = text(200);

export const views = ["both", "slides", "sandbox"] as const;
export const stageThemes = ["light", "dark", "contrast"] as const;

const act = z.object({
  step: name,
  /** Its place in the step's solution, from 0. */
  n: count,
  kind: z.enum(["command", "file", "answer"]),
  /** What is typed; the path of a file; what is said of an answer. */
  text: text(20_000),
  terminal: z.union([count, z.literal("vm")]),
  state: z.enum(["open", "typing", "typed", "running", "done", "skipped"]),
  exitCode: z.optional(z.int()),
});

const step = z.object({
  id: name,
  title: text(500),
  state: z.enum(["open", "current", "done", "skipped"]),
  /** What the checks saw and want. */
  status: text(5000),
  /** How long it has been on the stage. */
  ms: z.number().check(z.nonnegative()),
});

const point = z.object({
  step: name,
  /** What the saved difference takes, and how long the saving took. */
  bytes: count,
  ms: z.number().check(z.nonnegative()),
});

export const talkState = z.object({
  kind: z.literal("state"),
  talk: name,
  lesson: name,
  slide: count,
  slides: z.array(z.object({ title: text(500), step: z.optional(name) })).check(z.maxLength(500)),
  view: z.enum(views),
  theme: z.enum(stageThemes),
  isBlack: z.boolean(),
  pace: z.enum(["slow", "usual", "fast"]),
  /** When the talk began, in ms since 1970; `null` before. */
  beganAt: z.nullable(z.number()),
  machine: text(2000),
  isReady: z.boolean(),
  steps: z.array(step).check(z.maxLength(200)),
  acts: z.array(act).check(z.maxLength(1000)),
  /** The act that is next, as its place in `acts`. */
  next: z.nullable(count),
  /** Whether the typing stands still in the middle of a command. */
  isPaused: z.boolean(),
  /** The last thing that could not be done, in a sentence. */
  problem: z.nullable(text(2000)),
  points: z.array(point).check(z.maxLength(200)),
  /** What of the machine's states is at work. */
  pointWork: z.enum(["none", "saving", "going-back"]),
});
export type TalkState = z.infer<typeof talkState>;
export type TalkAct = TalkState["acts"][number];

export const talkOrder = z.discriminatedUnion("do", [
  z.object({ do: z.literal("slide"), to: count }),
  z.object({ do: z.literal("next") }),
  z.object({ do: z.literal("previous") }),
  z.object({ do: z.literal("type") }),
  z.object({ do: z.literal("enter") }),
  z.object({ do: z.literal("pause") }),
  z.object({ do: z.literal("run") }),
  z.object({ do: z.literal("skip") }),
  z.object({ do: z.literal("again") }),
  z.object({ do: z.literal("choose"), at: count }),
  z.object({ do: z.literal("edit"), at: count, text: text(20_000) }),
  z.object({ do: z.literal("black") }),
  z.object({ do: z.literal("view") }),
  z.object({ do: z.literal("theme") }),
  z.object({ do: z.literal("larger") }),
  z.object({ do: z.literal("smaller") }),
  z.object({ do: z.literal("pace") }),
  z.object({ do: z.literal("clock") }),
  z.object({ do: z.literal("back"), step: name }),
]);
export type TalkOrder = z.infer<typeof talkOrder>;

export const talkMessage = z.discriminatedUnion("kind", [
  talkState,
  z.object({ kind: z.literal("order"), talk: name, order: talkOrder }),
  /** A presenter's window asks for the state. */
  z.object({ kind: z.literal("hello"), lesson: name }),
  /** The stage goes, for good or to come back by a reload. */
  z.object({ kind: z.literal("bye"), talk: name }),
]);
export type TalkMessage = z.infer<typeof talkMessage>;
