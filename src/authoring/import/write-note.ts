import type { ImportNote } from "./scenario.ts";

/** A note as it stands in the lesson: a comment that begins with `IMPORT`. */
export function writeNote({ file, line, reason, original }: ImportNote): string {
  return `{/* IMPORT ${file}:${line}: ${inComment(reason)}\n${inComment(original.trimEnd())}\n*/}`;
}

function inComment(text: string): string {
  return text.replaceAll("*/", "* /");
}
