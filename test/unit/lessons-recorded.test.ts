import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { validateCheck, validateChecks } from "../../src/checks/schema.ts";
import { describeMistake } from "../../src/lessons/lesson-error.ts";
import { examineContent } from "../../src/lessons/load-courses.ts";
import { recordingName } from "../../src/lessons/recording.ts";
import { root } from "../../src/server/build-site.ts";
import { castOf, headerOf } from "./recording-fakes.ts";
import { check, hint, solution, step } from "./lessons-sources.ts";

const course = "title: Boats\nsummary: How to build one.\ngroups:\n  - title: First\n    lessons: [one]\n";
const action = { type: "command", command: "echo hello > hello.txt", terminal: 1, background: false, interrupt: false };

it("a lesson has its recording, as text", async () => {
  const { lesson, mistakes } = await load(cast());
  expect(mistakes).toEqual([]);
  expect(lesson?.recording).toEqual({ text: cast(), file: "content/boats/01-one/recording.cast", stale: undefined });
});

it("a lesson without one has none", async () => {
  const { lesson, mistakes } = await load(undefined);
  expect([lesson?.recording, mistakes]).toEqual([undefined, []]);
});

it("a recording that is older than the lesson is told of, and is no mistake of the lesson", async () => {
  const { lesson, mistakes } = await load(cast({ command: "echo hi > hello.txt" }));
  expect(mistakes).toEqual([]);
  expect(lesson?.recording?.stale && describeMistake(lesson.recording.stale)).toBe(
    "content/boats/01-one/recording.cast:1  The recording is older than the lesson: " +
      'step "hello" does "echo hello > hello.txt" now. Make it anew: npm run record -- boats/one',
  );
});

it.each([
  ["of another lesson", cast({}, "boats/two"), ':1  The recording is of the lesson "boats/two".'],
  ["that cannot be read", `${cast()}[`, ":2  The line is no JSON, but should be an event."],
])("a recording %s is a mistake of the lesson", async (_, text, told) => {
  const { lesson, mistakes } = await load(text);
  expect(mistakes).toEqual([`content/boats/01-one/recording.cast${told} Make it anew: npm run record -- boats/one`]);
  expect(lesson?.recording).toBeUndefined();
});

it("the courses' own recordings are of their lessons as they are now", async () => {
  const { courses, mistakes } = await examineContent(join(root, "content"), { validateCheck, validateChecks });
  const lessons = courses.flatMap(({ groups }) => groups.flatMap((group) => group.lessons));
  const recordings = lessons.flatMap(({ recording }) => recording ?? []);
  expect(recordings.length).toBeGreaterThan(0);
  expect(mistakes.map(describeMistake).filter((told) => told.includes(recordingName))).toEqual([]);
  expect(recordings.flatMap(({ stale }) => stale ?? []).map(describeMistake)).toEqual([]);
});

function cast(changes: object = {}, lesson = "boats/one"): string {
  const steps = [{ id: "hello", title: "Say hello", solution: [{ ...action, ...changes }] }];
  return castOf([], { ...headerOf(), drydock: { lesson, machine: "abc", terminals: 1, steps } });
}

async function load(recording: string | undefined) {
  const folder = join(await mkdtemp(join(tmpdir(), "drydock-recorded-")), "content");
  onTestFinished(() => rm(dirname(folder), { recursive: true }));
  const lesson = join(folder, "boats/01-one");
  await mkdir(lesson, { recursive: true });
  await writeFile(join(folder, "boats/course.yaml"), course);
  await writeFile(join(lesson, "lesson.mdx"), step(`${check}\n\n${hint}\n\n${solution}`));
  if (recording !== undefined) await writeFile(join(lesson, "recording.cast"), recording);
  const { courses, mistakes } = await examineContent(folder);
  return { lesson: courses[0]?.groups[0]?.lessons[0], mistakes: mistakes.map(describeMistake) };
}
