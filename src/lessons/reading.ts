import type { Code } from "mdast";
import type { CodeBlockUse } from "./code-block.ts";
import type { Curriculum } from "./curriculum.ts";
import type { Glossary } from "./glossary.ts";
import { LessonError, type LessonMistake } from "./lesson-error.ts";
import type { Node } from "./mdx-tree.ts";
import type { CheckSpec, Lesson, LessonFile, MachineNeeds } from "./model.ts";

/** What a lesson may refer to. What is left out is not looked at. */
export interface ReadLessonOptions {
  /** `<course>/<lesson>`. */
  readonly id: string;
  /** Named in messages. */
  readonly file: string;
  /** Knows the kinds of checks: answers a sentence saying what is wrong with one. */
  readonly validateCheck?: ((check: CheckSpec) => string | undefined) | undefined;
  /** Answers a sentence saying what is wrong with the checks of a step together. */
  readonly validateChecks?: ((checks: readonly CheckSpec[]) => string | undefined) | undefined;
  readonly glossary?: Glossary | undefined;
  /** What steps may say that they cover. */
  readonly curriculum?: Curriculum | undefined;
  /** What is in `files/`. */
  readonly files?: readonly LessonFile[] | undefined;
  /** What is in `steps/<step-id>/`, by the step's id. */
  readonly stepFiles?: ReadonlyMap<string, readonly LessonFile[]> | undefined;
  /** What is in `here/`: the app that `<RunHere>` runs. */
  readonly here?: readonly LessonFile[] | undefined;
  /** The pictures beside `lesson.mdx`, by their names. */
  readonly pictures?: ReadonlyMap<string, Uint8Array> | undefined;
  /** The lessons before this one in the course, by folder name without the number. */
  readonly earlier?: ReadonlyMap<string, EarlierLesson> | undefined;
  /** What the machine's image has in its engine. */
  readonly machineImages?: readonly string[] | undefined;
}

/** `isWhole` is false for one that has mistakes of its own. */
export interface EarlierLesson {
  readonly lesson: Lesson;
  readonly isWhole: boolean;
}

/** What is known while a lesson is read, from its top to its end. */
export interface Reading {
  readonly options: ReadLessonOptions;
  readonly mistakes: LessonMistake[];
  readonly report: Report;
  readonly machine: MachineNeeds;
  /** Paths of workspace files whose content the lesson has told by now. */
  readonly told: Set<string>;
  /** Whether there is a `<SmallMachine />` in it. */
  readonly hasSmallMachine: boolean;
  /** Ids of the quizzes so far. */
  readonly quizzes: Set<string>;
  /** Where the reading is inside a step. */
  readonly step?: { readonly files: readonly LessonFile[] };
  /** Where the reading is inside `<Solution>` or `<Wrong>`. */
  readonly work?: Work;
}

/** Is told every code block of a piece of work, in order and however deep in it. */
export interface Work {
  readonly isWrong: boolean;
  /** The component around whose parts are one way or another. */
  readonly choice?: string;
  take(block: Code, use: CodeBlockUse, choice: string | undefined): void;
}

/** `place` is a node, or the line itself; without either the mistake is of the whole file. */
export type Report = (place: Node | number | undefined, problem: string, remedy: string) => void;

export function createReading(options: ReadLessonOptions, machine: MachineNeeds): Reading {
  const mistakes: LessonMistake[] = [];
  const report: Report = (place, problem, remedy) => {
    const line = typeof place === "number" ? place : (place?.position?.start.line ?? 1);
    const isKnown = mistakes.some((one) => one.line === line && one.problem === problem);
    if (!isKnown) mistakes.push({ file: options.file, line, problem, remedy });
  };
  return { options, mistakes, report, machine, told: new Set(), hasSmallMachine: false, quizzes: new Set() };
}

/** The mistakes in `error`; throws what is not a `LessonError`. */
export function mistakesOf(error: unknown): readonly LessonMistake[] {
  if (error instanceof LessonError) return error.mistakes;
  throw error;
}
