import { structuredPatch } from "diff";

/** One line of a difference; `gap` stands for lines that are the same and not shown. */
export interface DiffLine {
  readonly kind: "same" | "added" | "removed" | "gap";
  readonly text: string;
}

/** What changes between two versions of a file, with some lines around each change. Empty when nothing does. */
export function compareFiles(before: string, after: string): DiffLine[] {
  const context = 3;
  const { hunks } = structuredPatch("", "", endLine(before), endLine(after), "", "", { context });
  const total = countLines(before);
  const lines: DiffLine[] = [];
  let shown = 0;
  for (const { oldStart, oldLines, lines: changed } of hunks) {
    if (oldStart - 1 > shown) lines.push(gap);
    lines.push(...changed.map(readLine));
    shown = oldStart - 1 + oldLines;
  }
  if (hunks.length > 0 && shown < total) lines.push(gap);
  return lines;
}

/** The kinds of `lines` as the words after a fence's language, one letter a line, for `diffLines` to read. */
export function describeLines(lines: readonly DiffLine[]): string {
  return `${prefix}${lines.map(({ kind }) => letters[kind]).join("")}`;
}

/** Reads what `describeLines` wrote: the kind of each line, or undefined when the block is no difference. */
export function readLineKinds(meta: string | undefined): DiffLine["kind"][] | undefined {
  const letters = meta?.split(" ").find((word) => word.startsWith(prefix));
  return letters ? Array.from(letters.slice(prefix.length), (letter) => kinds[letter] ?? "same") : undefined;
}

const prefix = "lines=";
const letters = { same: "s", added: "a", removed: "r", gap: "g" } as const;
const kinds: Readonly<Record<string, DiffLine["kind"]>> = { s: "same", a: "added", r: "removed", g: "gap" };
const gap: DiffLine = { kind: "gap", text: "⋯" };

function readLine(line: string): DiffLine {
  const kind = line.startsWith("+") ? "added" : line.startsWith("-") ? "removed" : "same";
  return { kind, text: line.slice(1) };
}

/** A missing end of the last line is no change that a reader should look for. */
function endLine(text: string): string {
  return text === "" || text.endsWith("\n") ? text : `${text}\n`;
}

function countLines(text: string): number {
  return endLine(text).split("\n").length - 1;
}
