/** What the lines of a block begin with that goes on where `offset` is: `> ` of quotations, and spaces where a list has its mark. */
export function prefixOf(offset: number, source: string): string {
  return source.slice(source.lastIndexOf("\n", offset - 1) + 1, offset).replace(/[^\s>]/g, " ");
}

/** `text` with `prefix` before each of its lines but the first. */
export function continueAt(prefix: string, text: string): string {
  return text.replace(/\n(?=(\n)?)/g, (_, empty?: string) => `\n${empty === undefined ? prefix : prefix.trimEnd()}`);
}

/** An empty line, and the beginning of the next one. */
export function breakAt(prefix: string): string {
  return continueAt(prefix, "\n\n.").slice(0, -1);
}

/** `text` for the place of `from` up to `to` of `source`, with empty lines to part it from lines beside it. */
export function standAlone(
  text: string,
  { from, to }: { readonly from: number; readonly to: number },
  source: string,
): string {
  const prefix = prefixOf(from, source);
  const begin = source.lastIndexOf("\n", from - 1) + 1;
  const before = source.slice(source.lastIndexOf("\n", begin - 2) + 1, Math.max(0, begin - 1));
  const isFirst = begin === 0 || isEmpty(before) || !isEmpty(source.slice(begin, from));
  return (isFirst ? "" : `\n${prefix}`) + continueAt(prefix, text) + endAlone(to, prefix, source);
}

/** What to put at `to` so that an empty line follows there. */
export function endAlone(to: number, prefix: string, source: string): string {
  const end = source.indexOf("\n", to);
  const next = /^[^\n]*/.exec(source.slice(end + 1))?.[0] ?? "";
  return end < 0 || isEmpty(next) ? "" : `\n${prefix.trimEnd()}`;
}

/** Nothing but white space and the signs of quotations is on the line. */
function isEmpty(line: string): boolean {
  return /^[\s>]*$/.test(line);
}

/** `text` without empty lines at its ends. */
export function trimLines(text: string): string {
  return text.replace(/^([ \t]*\n)+/, "").trimEnd();
}
