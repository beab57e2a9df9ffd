export interface LessonMistake {
  readonly line: number;
  /** What is wrong. */
  readonly problem: string;
  /** What would be right. */
  readonly remedy: string;
}

/** Everything that is wrong with one lesson file, in the order of its lines. */
export class LessonError extends Error {
  override readonly name = "LessonError";
  readonly code = "invalid-lesson";
  readonly hint: string;
  readonly file: string;
  readonly mistakes: readonly LessonMistake[];

  constructor(file: string, mistakes: readonly LessonMistake[], options?: { cause?: unknown }) {
    const sorted = [...mistakes].sort((a, b) => a.line - b.line);
    super(sorted.map(({ line, problem, remedy }) => `${file}:${line}  ${problem} ${remedy}`).join("\n"), options);
    this.file = file;
    this.mistakes = sorted;
    this.hint = sorted.map(({ remedy }) => remedy).join("\n");
  }
}
