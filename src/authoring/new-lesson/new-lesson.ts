import { join } from "node:path";
import { createInterface, type Interface } from "node:readline/promises";
import { parseArgs } from "node:util";
import { addLesson, courseNames } from "../add-lesson.ts";
import { AuthoringError } from "../authoring-error.ts";
import { draftLesson } from "./lesson-draft.ts";
import { collectRequest, flagOf, questionNames, type Answers } from "./questions.ts";

const usage = `npm run new-lesson [-- --course NAME --title TITLE …]

Writes a small lesson that works, for you to change. Asks for what no flag says:

  --course NAME             folder of the course; a name that is not there makes a new course
  --course-title TITLE      of a new course
  --course-summary TEXT     of a new course
  --title TITLE             of the lesson
  --summary TEXT            one sentence for the course page
  --minutes NUMBER          1 to 60
  --level LEVEL             beginner, intermediate or advanced
  --content FOLDER          where the courses are, instead of content`;

const text = { type: "string" } as const;
const { values } = parseArgs({
  options: {
    ...Object.fromEntries(questionNames.map((name) => [flagOf(name), text])),
    content: text,
    help: { type: "boolean", short: "h" },
  },
});

if (values.help === true) console.log(usage);
else await run();

async function run(): Promise<void> {
  const flags: Readonly<Record<string, unknown>> = values;
  const contentFolder =
    typeof flags.content === "string" ? flags.content : join(import.meta.dirname, "../../../content");
  const given: Answers = Object.fromEntries(questionNames.map((name) => [name, flags[flagOf(name)]]));
  const terminal = process.stdin.isTTY ? createInterface({ input: process.stdin, output: process.stdout }) : undefined;
  try {
    const courses = await courseNames(contentFolder);
    const request = await collectRequest({ courses, given, ask: terminal && asker(terminal), say: console.log });
    const { id, file } = await addLesson(contentFolder, request, (name) => draftLesson(request, name));
    console.log(`Written: ${join(contentFolder, file)}\n`);
    console.log(`npm run dev                shows it at /learn/${id}/ while you write`);
    console.log(`npm run lessons -- ${id}   proves it`);
  } catch (error) {
    if (!(error instanceof AuthoringError)) throw error;
    console.error(`${error.message} ${error.hint}`);
    process.exitCode = 1;
  } finally {
    terminal?.close();
  }
}

/** Ends with an error when the person ends the input. */
function asker(terminal: Interface): (question: string) => Promise<string> {
  const stop = new AbortController();
  terminal.once("close", () => stop.abort());
  return async (question) => {
    try {
      return await terminal.question(question, { signal: stop.signal });
    } catch (cause) {
      throw new AuthoringError("incomplete", "\nNothing was written.", { hint: "Run it again to begin anew.", cause });
    }
  };
}
