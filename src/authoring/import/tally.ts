import type { ImportNote, Part } from "./scenario.ts";
import { writeNote } from "./write-note.ts";

/** What is counted while a lesson is written. */
export interface Tally {
  readonly mapped: ReadonlyMap<string, number>;
  readonly notes: readonly ImportNote[];
  /** The note as it stands in the lesson. */
  note(note: ImportNote): string;
  count(what: string): void;
  /** The text of a part, of which all is counted. */
  take(part: Part): string;
}

export function createTally(): Tally {
  const mapped = new Map<string, number>();
  const notes: ImportNote[] = [];
  const count = (what: string): void => {
    mapped.set(what, (mapped.get(what) ?? 0) + 1);
  };
  return {
    mapped,
    notes,
    count,
    note(note) {
      notes.push(note);
      return writeNote(note);
    },
    take(part) {
      notes.push(...part.notes);
      for (const what of part.mapped) count(what);
      return part.text;
    },
  };
}
