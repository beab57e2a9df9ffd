/** What a lesson is after the build: pure data, the same for the page, the tests and a presenter. */
export interface Lesson {
  /** `<course>/<lesson>`, the path of its page. */
  readonly id: string;
  readonly title: string;
  readonly steps: readonly Step[];
}

export interface Step {
  /** Unique within the lesson, stable over edits: progress is kept under it. */
  readonly id: string;
  readonly title: string;
  /** All must have passed; each is remembered once it has. */
  readonly checks: readonly CheckSpec[];
  readonly hints: number;
  /** What solves the step, in order; used by the lesson tests and by "show solution". */
  readonly solution: readonly SolutionAction[];
}

/** A question to the machine. `kind` names a file in `src/checks`; the rest is that kind's own parameters. */
export interface CheckSpec {
  readonly kind: string;
  readonly [parameter: string]: unknown;
}

export type SolutionAction =
  | { readonly type: "command"; readonly command: string }
  | { readonly type: "file"; readonly path: string; readonly content: string };
