import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { HandoutError } from "./handout-error.ts";

/** What the commands of a lesson printed when it was recorded. */
export interface CapturedOutputs {
  /** By the step's id and the place of the command in the step's solution: `first-run 0`. */
  readonly outputs: ReadonlyMap<string, string>;
  readonly captured: Date;
}

/** What is used of the reader of recordings. */
interface RecordingReader {
  readRecording(text: string, file: string): unknown;
  outputsOf(recording: unknown): Promise<ReadonlyMap<string, string>>;
}

/** Named so that it is looked for only where a lesson has a recording. */
const reader = new URL("../lessons/recording.ts", import.meta.url).href;

/** `undefined` for a lesson that has not been recorded. `folder` is the lesson's own, `lesson` its id. */
export async function loadCapturedOutputs(folder: string, lesson: string): Promise<CapturedOutputs | undefined> {
  const file = join(folder, "recording.cast");
  const text = await readFile(file, "utf8").catch(orNothing);
  if (text === undefined) return undefined;
  try {
    const { readRecording, outputsOf } = (await import(reader)) as RecordingReader;
    const outputs = await outputsOf(readRecording(text, file));
    return { outputs, captured: readTime(text) };
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new HandoutError("unreadable-recording", `${file} cannot be read: ${reason}`, {
      hint: `Record the lesson again: npm run record -- ${lesson}`,
      cause,
    });
  }
}

/** When it was recorded: asciicast v2 has it in its first line, in seconds. */
function readTime(text: string): Date {
  const header = z.object({ timestamp: z.int().nonnegative() });
  return new Date(header.parse(JSON.parse(text.split("\n", 1)[0] ?? "")).timestamp * 1000);
}

function orNothing(error: unknown): undefined {
  if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
  throw error;
}
