/** Plain words as Markdown that shows exactly them. */
export function escapeWords(words: string): string {
  return words.replace(/[\\`*_{}[\]<>~|&#]/g, String.raw`\$&`);
}

/** An address as it stands between the parentheses of a link. */
export function escapeAddress(url: string): string {
  return url.replace(
    /[\s<>(){}\\]/g,
    (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`,
  );
}

interface CodeLike {
  readonly at: number;
  readonly length: number;
  /** What to write in its place. */
  readonly text: string;
}

/** What MDX would take for code in the source of Markdown's text. `startsLine` says that nothing is before it on its line. */
export function findCodeLike(source: string, startsLine: boolean): CodeLike[] {
  const found: CodeLike[] = [];
  for (const { 0: sign, index: at } of source.matchAll(/\\[^\n]|[{}<]/g)) {
    // What is escaped is text already.
    if (sign.length === 1) found.push({ at, length: 1, text: `\\${sign}` });
  }
  // At the start of a line these two are taken for a program's.
  for (const { 0: all, 1: word = "", index } of source.matchAll(/(?:^|\n)[ \t>]*(import|export)(?= )/g)) {
    if (!all.startsWith("\n") && !startsLine) continue;
    const text = `&#${word.charCodeAt(0)};${word.slice(1)}`;
    found.push({ at: index + all.length - word.length, length: word.length, text });
  }
  return found;
}
