/** A place in a text as language services count: both from 0. */
export interface Place {
  readonly line: number;
  readonly character: number;
}

export interface Edit {
  readonly range: { readonly start: Place; readonly end: Place };
  readonly newText: string;
}

/** Does all edits at once, each of which means the text as it was. `cursor` is an offset, and stays with what it was at. */
export function applyEdits(text: string, edits: readonly Edit[], cursor: number): { text: string; cursor: number } {
  const starts = lineStarts(text);
  const offsetOf = ({ line, character }: Place) => Math.min((starts[line] ?? text.length) + character, text.length);
  const ordered = edits
    .map(({ range, newText }) => ({ from: offsetOf(range.start), to: offsetOf(range.end), newText }))
    .sort((a, b) => a.from - b.from);
  let out = "";
  let at = 0;
  let moved = cursor;
  for (const { from, to, newText } of ordered) {
    out += text.slice(at, from) + newText;
    at = to;
    if (to <= cursor) moved += newText.length - (to - from);
    else if (from < cursor) moved = out.length;
  }
  return { text: out + text.slice(at), cursor: moved };
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let end = text.indexOf("\n"); end >= 0; end = text.indexOf("\n", end + 1)) starts.push(end + 1);
  return starts;
}
