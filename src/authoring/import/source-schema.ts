import { z } from "zod";
import { AuthoringError } from "../authoring-error.ts";
import type { ImportNote } from "./scenario.ts";

/** Parses and checks a description file. Throws an `AuthoringError` that names the entry. */
export function parseSource<T>(
  source: string,
  file: string,
  schema: z.ZodType<T>,
  parse: (text: string) => unknown,
): T {
  let value: unknown;
  try {
    value = parse(source);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new AuthoringError("malformed", `${file} cannot be read: ${reason}`, {
      hint: `Put right the form of ${file}.`,
      cause,
    });
  }
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new AuthoringError("malformed", `${file} is not as its format asks:\n${z.prettifyError(result.error)}`, {
    hint: `Put right the entries of ${file} that are named.`,
    cause: result.error,
  });
}

/** Notes entries that no one here knows, so that they are not lost. */
export function noteUnknown(others: object, file: string, notes: ImportNote[]): void {
  for (const [name, value] of Object.entries(others)) {
    const original = JSON.stringify({ [name]: value as unknown });
    notes.push({ file, line: 1, reason: `The entry “${name}” has no place in a lesson.`, original });
  }
}
