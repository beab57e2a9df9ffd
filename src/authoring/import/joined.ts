/** Texts with an empty line between them; empty ones are left out. */
export function joined(texts: readonly string[]): string {
  return texts.filter((text) => text !== "").join("\n\n");
}
