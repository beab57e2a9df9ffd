import type { Heading } from "mdast";
import type { Block, Dialect } from "./dialect.ts";
import type { Edits } from "./edits.ts";
import type { Found } from "./found.ts";
import type { ParsedPage } from "./parse-page.ts";
import type { Pictures } from "./pictures.ts";
import { writeBlock, writeSolving } from "./write-block.ts";
import { writeNote } from "./write-note.ts";

/** What is the same for all of a page. */
export interface Page {
  readonly file: string;
  readonly dialect: Dialect;
  readonly pictures: Pictures;
  /** Left out, since the title is above it. */
  readonly titleHeading: Heading | undefined;
  /** By how many levels headings go down. */
  readonly shift: number;
  /** Names of the definitions that something refers to. */
  readonly references: ReadonlySet<string>;
}

export interface Setting {
  readonly page: Page;
  readonly found: Found;
  /** Fences go to the start of their line, out of lists and quotations. */
  readonly isLifted: boolean;
}

/** Where the conversion is. */
export interface Place extends Setting {
  readonly parsed: ParsedPage;
  readonly edits: Edits;
}

/** A note as it stands in the lesson; counts it. `line` is counted within what was parsed. */
export function noteAt(line: number, reason: string, original: string, { parsed, page, found }: Place): string {
  const note = { file: page.file, line: parsed.firstLine + line - 1, reason, original };
  found.notes.push(note);
  return writeNote(note);
}

/** A block as it stands in the lesson; counts it. */
export function blockAt(block: Block, { found, isLifted }: Place): string {
  // A solution only shows what is to be copied or comes out.
  const shown = isLifted && block.type === "code" ? { ...block, type: "copy" as const } : block;
  const { text, mapped } = writeBlock(shown);
  found.mapped.push(mapped);
  if (block.type !== "command" && block.type !== "file") return text;
  found.actions.push(block);
  return isLifted && block.type === "command" ? writeSolving(block) : text;
}
