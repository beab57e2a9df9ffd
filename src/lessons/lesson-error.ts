/** One thing that an author got wrong. */
export interface LessonMistake {
  /** As it is named in messages: `content/<course>/<nn-lesson>/lesson.mdx`. */
  readonly file: string;
  readonly line: number;
  /** What is wrong. */
  readonly problem: string;
  /** What would be right. */
  readonly remedy: string;
}

/** Everything that is wrong in what was read, file by file, in the order of the lines. */
export class LessonError extends Error {
  override readonly name = "LessonError";
  readonly code = "invalid-lesson";
  readonly hint: string;
  readonly mistakes: readonly LessonMistake[];

  constructor(mistakes: readonly LessonMistake[], options?: { cause?: unknown }) {
    const sorted = sortMistakes(mistakes);
    super(sorted.map(describeMistake).join("\n"), options);
    this.mistakes = sorted;
    this.hint = sorted.map(({ remedy }) => remedy).join("\n");
  }
}

/** `file:line  problem remedy`. */
export function describeMistake({ file, line, problem, remedy }: LessonMistake): string {
  return `${file}:${line}  ${problem} ${remedy}`;
}

export function sortMistakes(mistakes: readonly LessonMistake[]): LessonMistake[] {
  return mistakes.toSorted((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : a.line - b.line));
}
