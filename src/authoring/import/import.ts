import { dirname, join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { validateCheck, validateChecks } from "../../checks/schema.ts";
import { examineContent } from "../../lessons/load-courses.ts";
import { courseNames } from "../add-lesson.ts";
import { AuthoringError } from "../authoring-error.ts";
import { importFolder } from "./import-folder.ts";
import { report } from "./report.ts";

const usage = `npm run import -- FOLDER [--course NAME] [--content FOLDER]

Turns a Killercoda scenario or a Docker Labspace into a lesson. What has no place in a lesson stays in it as a comment
that begins with IMPORT and holds the original.

  --course NAME     folder of the course the lesson goes into; default imported, which is made if need be
  --content FOLDER  where the courses are, instead of content`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    course: { type: "string", default: "imported" },
    content: { type: "string" },
    help: { type: "boolean", short: "h" },
  },
});
const [source, ...surplus] = positionals;

if (values.help === true) console.log(usage);
else if (source === undefined || surplus.length > 0) {
  console.error(usage);
  process.exitCode = 1;
} else await run(source);

async function run(folder: string): Promise<void> {
  const content = resolve(values.content ?? join(import.meta.dirname, "../../../content"));
  try {
    const isNew = !(await courseNames(content)).includes(values.course);
    const newCourse = { title: "Imported lessons", summary: "Lessons that were imported and are being reworked." };
    const done = await importFolder(folder, content, {
      course: values.course,
      newCourse: isNew ? newCourse : undefined,
    });
    const { mistakes } = await examineContent(content, { validateCheck, validateChecks });
    const own = mistakes.filter(({ file }) => file.includes(dirname(done.file)));
    console.log(report(done, own));
  } catch (error) {
    if (!(error instanceof AuthoringError)) throw error;
    console.error(`${error.message} ${error.hint}`);
    process.exitCode = 1;
  }
}
