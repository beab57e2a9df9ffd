/** Something that is wrong in a text, or could be better. Lines and columns count from 1; the end is behind it. */
export interface Problem {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly severity: "error" | "warning" | "hint";
  readonly message: string;
}
