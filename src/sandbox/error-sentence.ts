/** What went wrong, for the person, with what they can do about it where the error says so. */
export function errorSentence(error: unknown): string {
  const hint = error instanceof Error && "hint" in error ? ` ${String(error.hint)}` : "";
  return `${error instanceof Error ? error.message : String(error)}${hint}`;
}
