/** What a lesson is after the build: pure data, the same for the page, the tests and a presenter. */
export interface Lesson {
  /** `<course>/<lesson>`, the path of its page. */
  readonly id: string;
  readonly title: string;
  readonly machine: MachineNeeds;
  /** What the lesson goes on from; `null` for one that begins with a fresh machine. */
  readonly start: LessonStart | null;
  /** Put into the workspace when the lesson is begun. */
  readonly files: readonly LessonFile[];
  readonly steps: readonly Step[];
}

/** What the machine must offer, beyond a shell and Docker Engine. */
export interface MachineNeeds {
  /** Terminals that the lesson uses. */
  readonly terminals: number;
  /** Images that must be in the engine from the start, such as `busybox:latest`. */
  readonly images: readonly string[];
  /** Names of `MachineFeature`s. */
  readonly features: readonly string[];
}

/** The end of an earlier lesson, from which this one goes on. */
export interface LessonStart {
  /** Id of the earlier lesson. */
  readonly lesson: string;
  readonly title: string;
  /** The earlier lesson's files, then its solutions in order: what brings a fresh machine there. */
  readonly files: readonly LessonFile[];
  readonly actions: readonly SolutionAction[];
}

/** A file below `/workspace`. */
export interface LessonFile {
  readonly path: string;
  /** `base64` for what is not text. */
  readonly encoding: "utf8" | "base64";
  readonly content: string;
  /** Whether it can be executed. */
  readonly executable: boolean;
}

export interface Step {
  /** Unique within the lesson, stable over edits: progress is kept under it. */
  readonly id: string;
  readonly title: string;
  /** Added to the workspace when the step is opened for the first time. */
  readonly files: readonly LessonFile[];
  /** All must have passed; each is remembered once it has. A quiz of the step is a check of the kind `quiz` among them. */
  readonly checks: readonly CheckSpec[];
  readonly hints: number;
  /** What solves the step, in order; used by the lesson tests and by "show solution". */
  readonly solution: readonly SolutionAction[];
  /** What must not solve the step; used by the lesson tests only. */
  readonly wrong: readonly WrongWork[];
  /** The deeds of the curriculum that a reader does here, as `row.deed`; left out for none. */
  readonly covers?: readonly string[];
}

/**
 * A question to the machine. `kind` names a file in `src/checks`; the rest is that kind's own parameters, but for `id` and
 * `after`, which every kind may have.
 */
export interface CheckSpec {
  readonly kind: string;
  /** Named by the `after` of others. Unique within the step. */
  readonly id?: string;
  /** The `id` of a check of the same step that must have passed before: only from then on is this one asked, and events count. */
  readonly after?: string;
  readonly [parameter: string]: unknown;
}

/** What an author declares as mistaken. The checks must not all pass after `actions`; `undo` takes it back. */
export interface WrongWork {
  /** Why it is wrong, in the author's words, for the report. */
  readonly because: string;
  readonly actions: readonly SolutionAction[];
  readonly undo: readonly SolutionAction[];
}

/** One of the sandbox's terminals, counted from 1, or that of the small machine in the lesson's text. */
export type TerminalName = number | "vm";

export type SolutionAction =
  | {
      readonly type: "command";
      readonly command: string;
      readonly terminal: TerminalName;
      /** It goes on running, so no prompt comes after it. */
      readonly background: boolean;
      /** Ctrl+C is pressed in the terminal before. */
      readonly interrupt: boolean;
      /** It is meant to end with another exit code than 0. */
      readonly fails?: true;
    }
  | {
      readonly type: "file";
      readonly path: string;
      readonly content: string;
      /** Where it is not said, a file that is there keeps its mode. */
      readonly executable?: boolean;
    }
  | { readonly type: "answer"; readonly quiz: string; readonly answer: QuizAnswer };

/** `choice`: indices of what was chosen, ascending; `order`: indices in the order given; `number`: one number. */
export type QuizAnswer = readonly number[];

/**
 * A quiz as a check. `one` and `many`: `right` holds the indices of the right answers; `order`: the answers stand in their
 * right order, so `right` is 0, 1, 2…; `number`: `right` holds the number, and `tolerance` how far off it may be.
 */
export interface QuizSpec extends CheckSpec {
  readonly kind: "quiz";
  /** Unique within the lesson. */
  readonly quiz: string;
  readonly type: "one" | "many" | "order" | "number";
  readonly question: string;
  readonly right: QuizAnswer;
  readonly answers: number;
  readonly tolerance?: number;
}
