import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { LessonError } from "../../src/lessons/lesson-error.ts";
import { root } from "../../src/server/build-site.ts";
import { againVariable, chooseLessons, loadLessons, namesVariable, UnknownLesson } from "./choose-lessons.ts";

const usage = `npm run lessons [-- NAME…]

Proves lessons on the real machine: each step is open at first, its wrong work is refused, each of its checks has refused
something, its solution ticks it, and no command fails but those marked so. Says which checks refused which wrong work.

  NAME        a lesson (containers/first-image or first-image) or a course (containers); all without a name
  --again     also those that were proven before, by the same checks on the same machine
  --list      names the lessons, and proves none
  --help      this text`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { again: { type: "boolean" }, list: { type: "boolean" }, help: { type: "boolean", short: "h" } },
});
if (values.help) {
  console.log(usage);
} else {
  try {
    const lessons = chooseLessons(await loadLessons(), positionals);
    if (values.list) for (const { id, title } of lessons) console.log(`${id}  ${title}`);
    else process.exitCode = await prove(lessons.map(({ id }) => id));
  } catch (error) {
    if (!(error instanceof LessonError || error instanceof UnknownLesson)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}

async function prove(ids: readonly string[]): Promise<number> {
  const vitest = join(root, "node_modules/vitest/vitest.mjs");
  const args = ["run", "--project", "lessons", "--reporter", "verbose", "test/lessons/lessons.test.ts"];
  const child = spawn(process.execPath, [vitest, ...args], {
    cwd: root,
    stdio: "inherit",
    env: { ...process.env, [namesVariable]: ids.join(), ...(values.again && { [againVariable]: "1" }) },
  });
  const [code] = (await once(child, "close")) as [number | null];
  return code ?? 1;
}
