/** Resolves when the first of `families` is there at the size of the sandbox's letters, or cannot be had. */
export async function fontReady(families: string): Promise<void> {
  const [first = families] = families.split(",");
  try {
    await document.fonts.load(`14px ${first}`);
  } catch {
    // The next of the families is used, which needs no loading.
  }
}

/** Whether the first of `families` needs no loading any more. */
export function isFontThere(families: string): boolean {
  const [first = families] = families.split(",");
  return document.fonts.check(`14px ${first}`);
}
