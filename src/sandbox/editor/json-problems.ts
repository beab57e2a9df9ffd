import type { Problem } from "./problem.ts";

/** What keeps a text from being JSON; where, as far as the browser says that. */
export function jsonProblems(text: string): Problem[] {
  if (text.trim() === "") return [];
  try {
    JSON.parse(text);
    return [];
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    const { line, column } = placeIn(said, text);
    // The place is said beside it.
    const message = said.replace(/^JSON\.parse: /, "").replace(/,? (in JSON )?at (position|line).*$/, "");
    return [{ line, column, endLine: line, endColumn: column + 1, severity: "error", message }];
  }
}

/** Chromium tells an offset, or that the text ends too early; Firefox a line and a column; Safari nothing. */
function placeIn(said: string, text: string): { line: number; column: number } {
  const { line, column } = /line (?<line>\d+) column (?<column>\d+)/.exec(said)?.groups ?? {};
  if (line !== undefined && column !== undefined) return { line: Number(line), column: Number(column) };
  const { offset } = /position (?<offset>\d+)/.exec(said)?.groups ?? {};
  const isEnd = /end of/i.test(said);
  const before = text.slice(0, offset !== undefined ? Number(offset) : isEnd ? text.trimEnd().length : 0).split("\n");
  return { line: before.length, column: (before.at(-1) ?? "").length + 1 };
}
