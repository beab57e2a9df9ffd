import { join } from "node:path";
import { createInterface, type Interface } from "node:readline/promises";
import { addLesson, courseNames } from "../add-lesson.ts";
import { AuthoringError } from "../authoring-error.ts";
import { readCommandLine, usage, type CommandLine } from "./command-line.ts";
import { draftLesson } from "./lesson-draft.ts";
import { collectRequest } from "./questions.ts";

try {
  const commandLine = readCommandLine(process.argv.slice(2));
  if (commandLine.help) console.log(usage);
  else await run(commandLine);
} catch (error) {
  if (!(error instanceof AuthoringError)) throw error;
  console.error(`${error.message} ${error.hint}`);
  if (error.code === "misused") console.error(`\n${usage}`);
  process.exitCode = 1;
}

async function run({ contentFolder, given }: CommandLine): Promise<void> {
  const terminal = process.stdin.isTTY ? createInterface({ input: process.stdin, output: process.stdout }) : undefined;
  try {
    const courses = await courseNames(contentFolder);
    const request = await collectRequest({ courses, given, ask: terminal && asker(terminal), say: console.log });
    const { id, file } = await addLesson(contentFolder, request, (name) => draftLesson(request, name));
    console.log(`Written: ${join(contentFolder, file)}\n`);
    console.log(`npm run dev                shows it at /learn/${id}/ while you write`);
    console.log(`npm run lessons -- ${id}   proves it`);
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
