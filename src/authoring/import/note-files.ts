import { AuthoringError } from "../authoring-error.ts";
import type { ImportNote, SourceFolder } from "./scenario.ts";

/** Notes for files that have no place in the lesson: with their content, where that is text of no great length. */
export async function noteFiles(paths: readonly string[], reason: string, folder: SourceFolder): Promise<ImportNote[]> {
  const notes: ImportNote[] = [];
  for (const file of paths) notes.push({ file, line: 1, reason, original: await originalOf(file, folder) });
  return notes;
}

async function originalOf(path: string, folder: SourceFolder): Promise<string> {
  try {
    const bytes = await folder.bytes(path);
    const text = textOf(bytes);
    if (text === undefined) return `${path} (${bytes.length} bytes that are no text)`;
    return text.length > longest ? `${path} (${bytes.length} bytes)` : text;
  } catch (error) {
    if (!(error instanceof AuthoringError)) throw error;
    return `${path} (${error.message})`;
  }
}

/** Characters of a text that a note repeats. */
const longest = 20_000;

function textOf(bytes: Uint8Array): string | undefined {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes).replaceAll("\r\n", "\n");
    return text.includes("\0") ? undefined : text;
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}
