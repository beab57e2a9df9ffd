import type * as Headless from "@xterm/headless";
import * as z from "zod/mini";
import type { SolutionAction, TerminalName } from "./model.ts";
import { readMark, type RecordingMark } from "./recording-mark.ts";
import { outputsWith } from "./recording-outputs.ts";

/**
 * What the terminals printed while somebody went through a lesson, as an asciicast file of version 2
 * (docs.asciinema.org/manual/asciicast/v2): a line with the header, then one line for each event. All terminals are in one stream; marks
 * tell which of them prints, and what of the lesson is being done.
 */
export interface Recording {
  readonly header: RecordingHeader;
  readonly events: readonly RecordingEvent[];
}

const action = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("command"),
    command: z.string(),
    terminal: z.union([z.int().check(z.gte(1)), z.literal("vm")]),
    background: z.boolean(),
    interrupt: z.boolean(),
    fails: z.exactOptional(z.literal(true)),
  }),
  z.object({
    type: z.literal("file"),
    path: z.string(),
    content: z.string(),
    executable: z.exactOptional(z.boolean()),
  }),
  z.object({ type: z.literal("answer"), quiz: z.string(), answer: z.array(z.number()) }),
]);

const cells = z.int().check(z.gte(1), z.lte(1000));

const headerSchema = z.object({
  version: z.literal(2),
  /** Of the terminals, in character cells. */
  width: cells,
  height: cells,
  /** When it was begun, in seconds since 1970. */
  timestamp: z.int().check(z.gte(0)),
  /** The lesson's. */
  title: z.string(),
  /** Players shorten pauses to so many seconds. */
  idle_time_limit: z.exactOptional(z.number().check(z.gt(0))),
  drydock: z.object({
    /** `<course>/<lesson>`. */
    lesson: z.string().check(z.regex(/^[\w.-]+\/[\w.-]+$/)),
    /** Id of the machine image that it was made on. */
    machine: z.string(),
    terminals: z.int().check(z.gte(1), z.lte(9)),
    /** What the marks speak of: the lesson's steps and their solutions, as they were then. Empty where nothing of a lesson was done. */
    steps: z._default(z.array(z.object({ id: z.string(), title: z.string(), solution: z.array(action) })), []),
  }),
});

export type RecordingHeader = Omit<z.infer<typeof headerSchema>, "drydock"> & {
  readonly drydock: Omit<z.infer<typeof headerSchema>["drydock"], "steps"> & {
    readonly steps: readonly RecordedStep[];
  };
};

export interface RecordedStep {
  readonly id: string;
  readonly title: string;
  readonly solution: readonly SolutionAction[];
}

/** `at` is in seconds since the beginning, never less than that of the event before. */
export type RecordingEvent =
  | { readonly at: number; readonly type: "output"; readonly terminal: TerminalName; readonly text: string }
  | { readonly at: number; readonly type: "mark"; readonly mark: RecordingMark }
  | { readonly at: number; readonly type: "resize"; readonly columns: number; readonly rows: number };

const eventSchema = z.tuple([z.number().check(z.gte(0)), z.string(), z.string()]);

/** What a recording is named within a lesson's folder. */
export const recordingName = "recording.cast";

/** A recording that cannot be understood. */
export class RecordingError extends Error {
  override readonly name = "RecordingError";
  readonly code = "malformed-recording";
  readonly file: string;
  readonly line: number;
  readonly problem: string;
  readonly hint: string;

  constructor(place: { file: string; line: number }, problem: string, options?: { cause?: unknown }) {
    const hint = remedyFor(place.file);
    super(`${place.file}:${place.line}  ${problem} ${hint}`, options);
    this.file = place.file;
    this.line = place.line;
    this.problem = problem;
    this.hint = hint;
  }
}

/** Reads the text of a recording. Throws a `RecordingError`, in which `file` is what messages call it. */
export function readRecording(text: string, file: string): Recording {
  const fail = (line: number, problem: string, cause?: unknown) =>
    new RecordingError({ file, line }, problem, { cause });
  if (text.length > mostCharacters) throw fail(1, `The recording has ${text.length} characters, more than any has.`);
  const [first = "", ...rest] = text.split("\n");
  const header = readHeader(first, (problem, cause) => fail(1, problem, cause));
  const events: RecordingEvent[] = [];
  let terminal: TerminalName = 1;
  let before = 0;
  for (const [n, line] of rest.entries()) {
    if (line.trim() === "") continue;
    const [at, code, data] = readEvent(line, (problem, cause) => fail(n + 2, problem, cause));
    if (at < before) throw fail(n + 2, `The event at ${at} s comes after one at ${before} s.`);
    before = at;
    if (code === "o") events.push({ at, type: "output", terminal, text: data });
    else if (code === "m") {
      const mark = readMark(data);
      if (mark.kind === "terminal") terminal = mark.terminal;
      events.push({ at, type: "mark", mark });
    } else if (code === "r") {
      const [, columns, rows] = /^(\d{1,3})x(\d{1,3})$/.exec(data) ?? [];
      if (columns === undefined) throw fail(n + 2, `"${data.slice(0, 40)}" is no size: it would be 100x28.`);
      events.push({ at, type: "resize", columns: Math.max(1, Number(columns)), rows: Math.max(1, Number(rows)) });
    }
    // Other events, such as what was typed, are nothing that is shown.
  }
  return { header, events };
}

/**
 * What each command printed, as plain lines: by the command's step and its place in the step's solution, `"<step-id> <n>"`. Sequences are
 * carried out and lines are as they were drawn last, as a terminal would show them.
 */
export async function outputsOf(recording: Recording): Promise<ReadonlyMap<string, string>> {
  // It is a CommonJS module, whatever its types say.
  const headless = (await import("@xterm/headless")) as unknown as { default: typeof Headless };
  return outputsWith(recording, (options) => new headless.default.Terminal(options));
}

function readHeader(line: string, fail: (problem: string, cause?: unknown) => Error): RecordingHeader {
  const value = parseJson(line, (cause) =>
    fail("The first line is no JSON, but should be the recording's header.", cause),
  );
  const result = headerSchema.safeParse(value);
  if (result.success) return result.data;
  const path = (result.error.issues[0]?.path ?? []).map(String).join(".");
  throw fail(path === "" ? "The header is no object." : `The header's "${path}" is missing or of another form.`);
}

function readEvent(line: string, fail: (problem: string, cause?: unknown) => Error): z.infer<typeof eventSchema> {
  const value = parseJson(line, (cause) => fail("The line is no JSON, but should be an event.", cause));
  const result = eventSchema.safeParse(value);
  if (result.success) return result.data;
  throw fail('The event is not of the form [seconds, "o", "text"].');
}

function parseJson(line: string, failure: (cause: unknown) => Error): unknown {
  try {
    return JSON.parse(line);
  } catch (cause) {
    throw failure(cause);
  }
}

function remedyFor(file: string): string {
  const [, course, lesson] = /([\w-]+)\/\d+-([\w-]+)\/[^/]+$/.exec(file) ?? [];
  if (course === undefined || lesson === undefined) return "Take a file that Drydock has recorded.";
  return `Make it anew: npm run record -- ${course}/${lesson}`;
}

/** Larger than half an hour of output without a pause; a browser takes it in one go. */
const mostCharacters = 30_000_000;
