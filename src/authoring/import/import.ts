import { basename, dirname, join, resolve, sep } from "node:path";
import { validateCheck, validateChecks } from "../../checks/schema.ts";
import { examineContent } from "../../lessons/load-courses.ts";
import { courseNames } from "../add-lesson.ts";
import { AuthoringError } from "../authoring-error.ts";
import { importUsage, readArguments, UsageError, type ImportArguments } from "./arguments.ts";
import { importFolder } from "./import-folder.ts";
import { report } from "./report.ts";

try {
  const request = readArguments(process.argv.slice(2));
  console.log(request === "help" ? importUsage : await run(request));
} catch (error) {
  if (error instanceof UsageError) {
    console.error(`${error.message}\n\n${importUsage}`);
    process.exitCode = 2;
  } else if (error instanceof AuthoringError) {
    console.error(`${error.message} ${error.hint}`);
    process.exitCode = 1;
  } else throw error;
}

/** Imports, and answers the report. */
async function run({ folder, course, content: given }: ImportArguments): Promise<string> {
  const content = resolve(given ?? join(import.meta.dirname, "../../../content"));
  const isNew = !(await courseNames(content)).includes(course);
  const newCourse = { title: "Imported lessons", summary: "Lessons that were imported and are being reworked." };
  const done = await importFolder(folder, content, { course, newCourse: isNew ? newCourse : undefined });
  const { mistakes } = await examineContent(content, { validateCheck, validateChecks });
  const name = basename(content);
  const lesson = `${name}/${dirname(done.file).split(sep).join("/")}/`;
  const own = mistakes.filter(({ file }) => file.startsWith(lesson) || file === `${name}/${course}/course.yaml`);
  return report(done, own);
}
