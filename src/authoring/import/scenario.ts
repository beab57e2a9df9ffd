/** A lesson as another project wrote it, in the terms that all of them share. A reader of a format makes it, `writeLesson` takes it. */
export interface Scenario {
  /** Of what format it is, in words: "Killercoda scenario". */
  readonly format: string;
  readonly title: string;
  readonly description: string;
  readonly minutes: number | undefined;
  readonly level: "beginner" | "intermediate" | "advanced" | undefined;
  readonly sections: readonly Section[];
  /** For `files/`. */
  readonly files: readonly ScenarioFile[];
  /** What concerns the whole and has no place in the format. */
  readonly notes: readonly ImportNote[];
}

export interface Section {
  /** Where it comes from, relative to the imported folder. */
  readonly file: string;
  readonly title: string;
  readonly blocks: readonly Block[];
  /** The script that the other project runs to see whether the section is done. */
  readonly verify: { readonly file: string; readonly script: string } | undefined;
}

export interface ScenarioFile {
  /** Below `/workspace`. */
  readonly path: string;
  readonly content: Uint8Array;
  readonly executable: boolean;
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

/** A part of a section. `indent` is the white space before it, which keeps it inside its list. */
export type Block =
  /** Markdown that MDX reads as the same. */
  | { readonly type: "prose"; readonly text: string }
  | { readonly type: "code"; readonly indent: string; readonly language: string; readonly code: string }
  | { readonly type: "copy"; readonly indent: string; readonly language: string; readonly code: string }
  | { readonly type: "output"; readonly indent: string; readonly code: string }
  | {
      readonly type: "command";
      readonly indent: string;
      readonly command: string;
      /** Counted from 1. */
      readonly terminal: number;
      readonly interrupt: boolean;
    }
  | {
      readonly type: "file";
      readonly indent: string;
      readonly language: string;
      readonly path: string;
      readonly code: string;
    }
  | { readonly type: "picture"; readonly source: string; readonly alt: string; readonly line: number }
  | { readonly type: "callout"; readonly component: "Note" | "Warning"; readonly title: string; readonly text: string }
  | { readonly type: "details-open"; readonly title: string }
  | { readonly type: "details-close" }
  | { readonly type: "note"; readonly note: ImportNote };

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
  /** All files below `folder`, sorted, without `.git`. */
  list(folder?: string): Promise<readonly string[]>;
  isExecutable(path: string): Promise<boolean>;
}
