import { join } from "node:path";
import { parseArgs } from "node:util";
import { AuthoringError } from "../authoring-error.ts";
import { flagOf, questionNames, type Answers } from "./questions.ts";

export const usage = `npm run new-lesson [-- --course NAME --title TITLE …]

Writes a small lesson that works, for you to change. Asks for what no flag says:

  --course NAME             folder of the course; a name that is not there makes a new course
  --course-title TITLE      of a new course
  --course-summary TEXT     of a new course
  --title TITLE             of the lesson
  --summary TEXT            one sentence for the course page
  --minutes NUMBER          1 to 60
  --level LEVEL             beginner, intermediate or advanced
  --content FOLDER          where the courses are, instead of content`;

export interface CommandLine {
  readonly help: boolean;
  readonly contentFolder: string;
  readonly given: Answers;
}

/** Throws an `AuthoringError` with the code `misused` for what the usage does not have. */
export function readCommandLine(args: readonly string[]): CommandLine {
  // Not strict: what is wrong is said in our own words, and an answer may begin with a dash.
  const { tokens } = parseArgs({ args: [...args], options, strict: false, allowPositionals: true, tokens: true });
  const values = new Map<string, string>();
  let help = false;
  for (const token of tokens) {
    if (token.kind === "option-terminator") continue;
    if (token.kind === "positional") {
      throw misused(
        `"${token.value}" belongs to no flag.`,
        'Put an answer of several words in quotes: --title "Two words".',
      );
    }
    if (!Object.hasOwn(options, token.name)) throw misused(`There is no flag ${token.rawName}.`, "These are known:");
    if (token.name === "help") help = true;
    else values.set(token.name, valueOf(token));
  }
  const given: Answers = Object.fromEntries(questionNames.map((name) => [name, values.get(flagOf(name))]));
  return { help, contentFolder: values.get("content") ?? join(import.meta.dirname, "../../../content"), given };
}

const text = { type: "string" } as const;
const options = {
  ...Object.fromEntries(questionNames.map((name) => [flagOf(name), text])),
  content: text,
  help: { type: "boolean", short: "h" },
} as const;

interface OptionToken {
  readonly rawName: string;
  readonly value: string | undefined;
  readonly inlineValue: boolean | undefined;
}

function valueOf({ rawName, value, inlineValue }: OptionToken): string {
  const isNextFlag = inlineValue !== true && value?.startsWith("--") === true;
  if (value !== undefined && !isNextFlag) return value;
  throw misused(`${rawName} has no answer after it.`, `Write one, or leave ${rawName} out to be asked.`);
}

function misused(problem: string, hint: string): AuthoringError {
  return new AuthoringError("misused", problem, { hint });
}
