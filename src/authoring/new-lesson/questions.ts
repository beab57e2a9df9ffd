import { namePattern } from "../../lessons/attributes.ts";
import { frontMatterSchema } from "../../lessons/front-matter.ts";
import type { LessonPlace } from "../add-lesson.ts";
import { AuthoringError } from "../authoring-error.ts";

/** What is asked, in this order. `courseTitle` and `courseSummary` only for a course that is not there yet. */
export const questionNames = [
  "course",
  "courseTitle",
  "courseSummary",
  "title",
  "summary",
  "minutes",
  "level",
] as const;
export type QuestionName = (typeof questionNames)[number];
export type Answers = Readonly<Partial<Record<QuestionName, string>>>;

export interface LessonRequest extends LessonPlace {
  readonly summary: string;
  readonly minutes: number;
  readonly level: string;
}

export interface AskOptions {
  readonly courses: readonly string[];
  /** Given beforehand, by flags. */
  readonly given: Answers;
  /** Asks a person; `undefined` when there is nobody to ask. */
  readonly ask: ((question: string) => Promise<string>) | undefined;
  /** Says what is wrong with an answer, before it is asked again. */
  readonly say: (sentence: string) => void;
}

/** Collects the answers. What was given is not asked; a wrong answer is asked again, or with nobody to ask, refused. */
export async function collectRequest({ courses, given, ask, say }: AskOptions): Promise<LessonRequest> {
  if (!ask) requireComplete(given, courses);
  const answer = async (name: QuestionName): Promise<string> => {
    const value = given[name];
    if (value !== undefined) return accept(name, value);
    for (;;) {
      const typed = (await ask?.(`${prompt(name, courses)}: `)) ?? "";
      try {
        return accept(name, typed.trim() === "" ? (defaults[name] ?? "") : typed);
      } catch (error) {
        if (!(error instanceof AuthoringError)) throw error;
        say(`${error.message} ${error.hint}`);
      }
    }
  };
  const course = await answer("course");
  const newCourse = courses.includes(course)
    ? undefined
    : { title: await answer("courseTitle"), summary: await answer("courseSummary") };
  return {
    course,
    newCourse,
    title: await answer("title"),
    summary: await answer("summary"),
    minutes: Number(await answer("minutes")),
    level: await answer("level"),
  };
}

/** The flag by which a question is answered beforehand: `--course-title`. */
export function flagOf(name: QuestionName): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** The answer as it is kept. Throws when it does not fit. */
export function accept(name: QuestionName, typed: string): string {
  const value = typed.trim();
  if (rules[name].fits(value)) return value;
  const seen = value === "" ? "Nothing was answered." : `"${value}" does not fit.`;
  throw new AuthoringError("wrong-answer", seen, { hint: rules[name].wanted });
}

function requireComplete(given: Answers, courses: readonly string[]): void {
  const isNew = given.course !== undefined && !courses.includes(given.course);
  const needed = questionNames.filter((name) => isNew || !name.startsWith("course") || name === "course");
  const missing = needed.filter((name) => given[name] === undefined);
  if (missing.length === 0) return;
  const flags = missing.map((name) => `--${flagOf(name)}`).join(", ");
  throw new AuthoringError("incomplete", `Missing: ${flags}.`, {
    hint: "Give every answer as a flag, or run it in a terminal to be asked.",
  });
}

function prompt(name: QuestionName, courses: readonly string[]): string {
  if (name !== "course") return prompts[name];
  const known = courses.length === 0 ? "there is none yet" : `there are ${courses.join(", ")}`;
  return `Folder of the course (${known}; another name makes a new course)`;
}

const prompts = {
  courseTitle: "Title of the new course",
  courseSummary: "What the new course is about, in one or two sentences",
  title: "Title of the lesson",
  summary: "What the lesson is about, in one sentence",
  minutes: "Minutes that a reader takes (15)",
  level: "Level: beginner, intermediate or advanced (beginner)",
};

const defaults: Answers = { minutes: "15", level: "beginner" };

const { title, summary, minutes, level } = frontMatterSchema.shape;

const rules: Readonly<Record<QuestionName, { fits: (value: string) => boolean; wanted: string }>> = {
  course: {
    fits: (value) => namePattern.test(value),
    wanted: "A folder's name has small letters, digits and dashes, such as containers.",
  },
  courseTitle: { fits: (value) => title.safeParse(value).success, wanted: "A title has 1 to 80 characters." },
  courseSummary: { fits: (value) => summary.safeParse(value).success, wanted: "A summary has 1 to 240 characters." },
  title: {
    fits: (value) => title.safeParse(value).success && /\p{L}/u.test(value),
    wanted: "A title has 1 to 80 characters, letters among them.",
  },
  summary: { fits: (value) => summary.safeParse(value).success, wanted: "A summary has 1 to 240 characters." },
  minutes: {
    fits: (value) => value !== "" && minutes.safeParse(Number(value)).success,
    wanted: "Minutes are a whole number from 1 to 60.",
  },
  level: {
    fits: (value) => level.safeParse(value).success,
    wanted: "The levels are beginner, intermediate and advanced.",
  },
};
