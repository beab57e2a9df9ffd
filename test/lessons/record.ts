import { rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { validateCheck, validateChecks } from "../../src/checks/schema.ts";
import { LessonError } from "../../src/lessons/lesson-error.ts";
import { examineContent, type LoadedLesson } from "../../src/lessons/load-courses.ts";
import { readRecording, recordingName } from "../../src/lessons/recording.ts";
import { BuildError, buildMachine, root } from "../../src/server/build-site.ts";
import { MachineError } from "../../src/machine/error.ts";
import { chooseLessons, UnknownLesson } from "./choose-lessons.ts";
import { LessonFailure } from "./lesson-failure.ts";
import { recordLesson } from "./record-lesson.ts";

const usage = `npm run record -- NAME…

Records lessons on the real machine, for those whose browser cannot run it, and for handouts: the solutions are typed as
"npm run lessons" types them, and what the terminals print is written to ${recordingName} beside the lesson's text. Where a
step is not ticked, nothing is written. Takes as long as the lesson's commands take; Ctrl+C stops it.

  NAME        a lesson (containers/first-image or first-image) or a course (containers)
  --list      names the lessons and when they were recorded, and records none
  --help      this text`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { list: { type: "boolean" }, help: { type: "boolean", short: "h" } },
});
const stop = new AbortController();

if (values.help) {
  console.log(usage);
} else {
  try {
    const lessons = chooseLessons(await readLessons(), positionals);
    if (values.list) for (const lesson of lessons) console.log(describe(lesson));
    else if (positionals.length === 0) {
      console.error(`Name the lessons to record.\n\n${usage}`);
      process.exitCode = 1;
    } else await recordAll(lessons);
  } catch (error) {
    if (!(error instanceof LessonError || error instanceof UnknownLesson)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}

interface NamedLesson extends LoadedLesson {
  readonly id: string;
}

/** What is wrong with a recording is mended by making it anew. */
async function readLessons(): Promise<NamedLesson[]> {
  const { courses, mistakes } = await examineContent(join(root, "content"), { validateCheck, validateChecks });
  const others = mistakes.filter(({ file }) => !file.endsWith(`/${recordingName}`));
  if (others.length > 0) throw new LessonError(others);
  const lessons = courses.flatMap(({ groups }) => groups.flatMap((group) => group.lessons));
  return lessons.map((each) => ({ id: each.lesson.id, ...each }));
}

function describe({ id, recording }: NamedLesson): string {
  if (recording === undefined) return `${id}  not recorded`;
  const { header } = readRecording(recording.text, recording.file);
  const date = new Date(header.timestamp * 1000).toISOString().slice(0, 10);
  return `${id}  recorded on ${date}${recording.stale === undefined ? "" : `; ${recording.stale.problem}`}`;
}

async function recordAll(lessons: readonly NamedLesson[]): Promise<void> {
  // A second Ctrl+C ends it at once.
  for (const name of ["SIGINT", "SIGTERM"] as const) process.once(name, () => stop.abort());
  try {
    await buildMachine(stop.signal);
    for (const lesson of lessons) await recordOrTell(lesson);
  } catch (error) {
    if (!stop.signal.aborted && !(error instanceof BuildError)) throw error;
    console.error(error instanceof BuildError ? error.message : "Stopped. What was being recorded was not written.");
    process.exitCode = stop.signal.aborted ? 130 : 1;
  }
}

/** A lesson that does not hold keeps no other from being recorded. */
async function recordOrTell(lesson: NamedLesson): Promise<void> {
  stop.signal.throwIfAborted();
  try {
    await record(lesson);
  } catch (error) {
    if (stop.signal.aborted) throw error;
    if (error instanceof LessonFailure) console.error(error.message);
    else if (error instanceof MachineError) console.error(`${error.message} ${error.hint}`);
    // Nobody foresaw it: all of it is told.
    else console.error(error);
    console.error(`No recording of ${lesson.id} was written.`);
    process.exitCode = 1;
  }
}

async function record({ id, lesson, folder, file }: NamedLesson): Promise<void> {
  const begun = performance.now();
  console.log(`${id}: the machine is started, and brought to where the lesson begins`);
  const text = await recordLesson(lesson, {
    imageFolder: join(root, "public/machine"),
    signal: stop.signal,
    onProgress: ({ step, number, command }) => {
      if (command === undefined) console.log(`  ${number}/${lesson.steps.length} ${step.title}`);
      else console.log(`      ${command.replaceAll("\n", "\n      ")}`);
    },
  });
  const name = file.replace(/[^/]*$/, recordingName);
  const { events } = readRecording(text, name);
  await write(join(folder, recordingName), text);
  const seconds = Math.round(events.at(-1)?.at ?? 0);
  const all = Math.round((performance.now() - begun) / 1000);
  console.log(`  ${name} is written: ${seconds} s, ${Math.ceil(text.length / 1000)} KB; it took ${all} s`);
}

/** All of it, or nothing. */
async function write(path: string, text: string): Promise<void> {
  const partial = `${path}.${String(process.pid)}`;
  try {
    await writeFile(partial, text);
    await rename(partial, path);
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
}
