import { stripVTControlCharacters } from "node:util";
import { handoutWords } from "../words/handout.ts";

/** More of one output than this is left out in its middle: lines of paper. */
const mostLines = 48;
const linesBefore = 32;
const linesAfter = 12;

/** An output as paper takes it: without colours, each line as it was in the end, and not longer than a page. */
export function tidyOutput(output: string): string {
  const lines = stripVTControlCharacters(output)
    .replace(/\r+\n/g, "\n")
    .split("\n")
    // What was written after a carriage return has replaced what stood there.
    .map((line) => line.slice(line.lastIndexOf("\r") + 1).trimEnd());
  while (lines.length > 0 && lines.at(-1) === "") lines.pop();
  if (lines.length <= mostLines) return lines.join("\n");
  const leftOut = handoutWords.linesLeftOut(lines.length - linesBefore - linesAfter);
  return [...lines.slice(0, linesBefore), leftOut, ...lines.slice(-linesAfter)].join("\n");
}
