import * as z from "zod/mini";

/** A regular expression of an author. */
export function regularExpression() {
  return z
    .string()
    .check(z.minLength(1))
    .check(z.refine((source) => isRegularExpression(source), "must be a JavaScript regular expression"));
}

/** Whether it matches somewhere in `text`, `^` and `$` standing for the ends of a line. */
export function matchesPattern(source: string, text: string): boolean {
  return new RegExp(source, "m").test(text.slice(0, maxMatchedLetters));
}

/** A pattern may take time that grows with more than the length of the text, and the learner decides the text. */
export const maxMatchedLetters = 256 * 1024;

function isRegularExpression(source: string): boolean {
  try {
    return new RegExp(source, "m") instanceof RegExp;
  } catch {
    return false;
  }
}
