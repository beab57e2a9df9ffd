import type { LessonMistake } from "../../lessons/lesson-error.ts";
import type { Imported } from "./import-folder.ts";

/** What an import did, in lines for a terminal: what was mapped, what stays as a note, what the reader of lessons says. */
export function report({ format, id, file, mapped, notes }: Imported, mistakes: readonly LessonMistake[]): string {
  const sum = [...mapped.values()].reduce((total, count) => total + count, 0);
  const counts = [...mapped].map(([what, count]) => `  ${String(count).padStart(4)}  ${what}`);
  const kept = notes.map(({ file: from, line, reason }) => `  ${from}:${line}  ${reason}`);
  return [
    `${format}: written as ${file}`,
    "",
    `${sum} mapped`,
    ...counts,
    "",
    `${notes.length} kept as notes (search for IMPORT in the lesson)`,
    ...kept,
    "",
    mistakes.length === 0
      ? "The lesson can be built."
      : `${mistakes.length} to put right before the site can be built:\n${mistakes.map((mistake) => `  ${mistake.file}:${mistake.line}  ${mistake.problem} ${mistake.remedy}`).join("\n")}`,
    `npm run lessons -- ${id}   tells whether its steps can be solved`,
  ].join("\n");
}
