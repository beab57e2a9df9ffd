import { join, relative } from "node:path";
import { validateCheck, validateChecks } from "../checks/schema.ts";
import { LessonError } from "../lessons/lesson-error.ts";
import { loadCourses } from "../lessons/load-courses.ts";
import { BuildError, buildMachine, buildSite, root, siteFolder } from "../server/build-site.ts";
import { chooseHandouts, listNames } from "./choose-handouts.ts";
import { readBase, readCommandLine, usage, type CommandLine } from "./command-line.ts";
import { HandoutError } from "./handout-error.ts";
import { makeHandouts, type MadeHandouts } from "./make-handouts.ts";
import { findChromium, openPrinter } from "./printer.ts";

/** `npm run handouts`: see `usage`. */
const stop = new AbortController();
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => stop.abort(new DOMException(`Stopped by ${signal}.`, "AbortError")));
}
let written = 0;

try {
  const commandLine = readCommandLine(process.argv.slice(2));
  if (commandLine.does === "help") console.log(usage);
  else await run(commandLine);
} catch (error) {
  if (stop.signal.aborted) {
    console.error(`Stopped. ${countHandouts(written)} written, and none by half.`);
    process.exitCode = 130;
  } else if (error instanceof HandoutError) {
    console.error(`${error.message} ${error.hint}`);
    if (error.code === "misused") console.error(`\n${usage}`);
    process.exitCode = error.code === "misused" ? 2 : 1;
  } else if (error instanceof LessonError || error instanceof BuildError) {
    console.error(error.message);
    process.exitCode = 1;
  } else throw error;
}

async function run({ does, names, out, paper }: CommandLine): Promise<void> {
  const { signal } = stop;
  const courses = await loadCourses(join(root, "content"), { validateCheck, validateChecks });
  if (does === "list") {
    console.log(listNames(courses));
    return;
  }
  // What can be wrong is found out before a build that may take minutes.
  const chosen = chooseHandouts(courses, names);
  const base = readBase(process.env);
  const executablePath = findChromium();
  await buildMachine(signal);
  await buildSite(signal);
  signal.throwIfAborted();
  await using printer = await openPrinter({ executablePath, siteFolder, base, signal });
  const say = (line: string) => {
    written++;
    console.log(line);
  };
  const now = () => new Date();
  report(await makeHandouts(chosen, { out, paper, printer, siteFolder, base, now, say, signal }), out);
}

function report({ files, withoutOutputs, hasAddress }: MadeHandouts, out: string): void {
  console.log(`\n${countHandouts(files.length)} written to ${relative(process.cwd(), out) || "."}.`);
  if (withoutOutputs.length > 0) {
    console.log(`Without outputs, as they have not been recorded: ${withoutOutputs.join(", ")}.`);
    console.log("npm run record -- NAME records a lesson.");
  }
  if (!hasAddress) {
    console.log("Without codes that lead to the lessons, as SITE_URL does not say where the site will be.");
    console.log("SITE_URL=https://learn.example.org npm run handouts has them.");
  }
}

function countHandouts(count: number): string {
  if (count === 0) return "No handout was";
  return count === 1 ? "1 handout was" : `${count} handouts were`;
}
