/** A lesson as another project wrote it, in the terms that all of them share. A reader of a format makes it, `writeLesson` takes it. */
export interface Scenario {
  /** Of what format it is, in words: "Killercoda scenario". */
  readonly format: string;
  readonly title: string;
  readonly description: string;
  readonly minutes: number | undefined;
  readonly level: "beginner" | "intermediate" | "advanced" | undefined;
  readonly sections: readonly Section[];
  /** For `files/`. No path is there twice. */
  readonly files: readonly ScenarioFile[];
  /** What goes beside `lesson.mdx`. No name is there twice. */
  readonly pictures: readonly ScenarioPicture[];
  /** What concerns the whole and has no place in the format. */
  readonly notes: readonly ImportNote[];
}

export interface Section {
  /** Where it comes from, relative to the imported folder. */
  readonly file: string;
  readonly title: string;
  readonly parts: readonly Part[];
  /** The script that the other project runs to see whether the section is done, for `sh -c`. */
  readonly verify: string | undefined;
}

/** A stretch of a section: what is read, or what was folded away. */
export interface Part {
  /** Set for what was folded away. */
  readonly fold: Fold | undefined;
  /** MDX. */
  readonly text: string;
  /** What is done in it, in order. */
  readonly actions: readonly Action[];
  /** What in it was mapped, one name for each. */
  readonly mapped: readonly Mapped[];
  /** Those that stand in the text. */
  readonly notes: readonly ImportNote[];
}

interface Fold {
  /** MDX on one line; may be empty. */
  readonly title: string;
  /** It is called a solution, and all that is done in it stands directly in it, as a solution asks. */
  readonly isSolution: boolean;
}

export type Mapped =
  "code blocks" | "blocks to copy" | "outputs" | "commands" | "files to write" | "pictures" | "callouts";

export type Action =
  | {
      readonly type: "command";
      readonly command: string;
      /** Counted from 1. */
      readonly terminal: number;
      readonly interrupt: boolean;
    }
  | { readonly type: "file"; readonly language: string; readonly path: string; readonly code: string };

export interface ScenarioFile {
  /** Below `/workspace`. */
  readonly path: string;
  readonly content: Uint8Array;
  readonly executable: boolean;
}

export interface ScenarioPicture {
  readonly name: string;
  readonly content: Uint8Array;
}

/** What could not be mapped: it stays in the lesson, marked, with the original. */
export interface ImportNote {
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
  /** What it is and why it has no place, in a sentence. */
  readonly reason: string;
  readonly original: string;
}

/** Reads one format. To follow another project is to write one more of these. */
export interface ScenarioReader {
  /** The format in words, for messages. */
  readonly format: string;
  /** The file by which a folder of this format is known. */
  readonly mark: string;
  /** Throws an `AuthoringError` that names the file and the remedy. */
  read(folder: SourceFolder): Promise<Scenario>;
}

/** The imported folder. Paths are relative to it and cannot leave it. */
export interface SourceFolder {
  has(path: string): boolean;
  text(path: string): Promise<string>;
  bytes(path: string): Promise<Uint8Array>;
  /** All files below `folder`, sorted, without `.git`; none when there is no such folder. */
  list(folder?: string): Promise<readonly string[]>;
  isExecutable(path: string): Promise<boolean>;
}
