import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { format, resolveConfig } from "prettier";
import { beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { addLesson, courseNames } from "../../src/authoring/add-lesson.ts";
import { AuthoringError } from "../../src/authoring/authoring-error.ts";
import { collectRequest, type Answers, type LessonRequest } from "../../src/authoring/new-lesson/questions.ts";
import { draftLesson } from "../../src/authoring/new-lesson/lesson-draft.ts";
import { validateCheck } from "../../src/checks/schema.ts";
import { readLesson } from "../../src/lessons/read-lesson.ts";
import { root } from "../../src/server/build-site.ts";

const request: LessonRequest = {
  course: "containers",
  newCourse: undefined,
  title: "Volumes: data that stays",
  summary: 'What a volume is, and why "docker rm" does not take it away.',
  minutes: 10,
  level: "beginner",
};

describe("a new lesson", () => {
  it("passes the reader and is formatted", async () => {
    const text = draftLesson(request, "containers/volumes");
    const lesson = readLesson(text, { id: "containers/volumes", file: "lesson.mdx", validateCheck });
    expect(lesson.title).toBe("Volumes: data that stays");
    expect(lesson.steps).toHaveLength(2);
    expect(lesson.steps[0]?.wrong).toHaveLength(1);
    expect(await format(text, { ...(await resolveConfig("lesson.mdx")), filepath: "lesson.mdx" })).toBe(text);
  });
});

describe("writing a lesson", () => {
  let content: string;

  beforeEach(async () => {
    content = await mkdtemp(join(tmpdir(), "drydock-new-lesson-"));
    onTestFinished(() => rm(content, { recursive: true }));
  });

  it("makes a new course", async () => {
    const newCourse = { title: "Storage: what stays", summary: "Where data lives." };
    const written = await write(content, { ...request, course: "storage", newCourse });
    expect(written).toEqual({
      id: "storage/volumes-data-that-stays",
      file: "storage/01-volumes-data-that-stays/lesson.mdx",
    });
    expect(await readFile(join(content, "storage/course.yaml"), "utf8")).toBe(
      '# yaml-language-server: $schema=../.schemas/course.json\ntitle: "Storage: what stays"\nsummary: Where data lives.\ngroups:\n  - title: First steps\n    lessons:\n      - volumes-data-that-stays\n',
    );
    expect(await courseNames(content)).toEqual(["storage"]);
  });

  it("adds it to the end of a course, and leaves the rest of course.yaml as it is", async () => {
    const before = `# Read by everybody.
title: Containers, from the first one on
summary: >-
  Run containers, build images and see what is inside them. You type every command yourself, and a real Docker Engine
  answers.
groups:
  - title: First steps # they are short
    lessons:
      - first-image
  - title: Later

    lessons:
      # Needs the one before.
      - layers
`;
    await mkdir(join(content, "containers/07-first-image"), { recursive: true });
    await writeFile(join(content, "containers/course.yaml"), before);
    const { file } = await write(content, request);
    expect(file).toBe("containers/08-volumes-data-that-stays/lesson.mdx");
    expect(await readFile(join(content, "containers/course.yaml"), "utf8")).toBe(
      `${before}      - volumes-data-that-stays\n`,
    );
  });

  it("replaces nothing that is there", async () => {
    await mkdir(join(content, "containers/03-volumes-data-that-stays"), { recursive: true });
    await writeFile(join(content, "containers/course.yaml"), "groups: [{ title: a, lessons: [b] }]\n");
    await expect(write(content, request)).rejects.toThrow(
      "The course has a lesson in the folder 03-volumes-data-that-stays already.",
    );
    expect(await readdir(join(content, "containers/03-volumes-data-that-stays"))).toEqual([]);
    const newCourse = { title: "Containers", summary: "Again." };
    await expect(write(content, { ...request, title: "Another", newCourse })).rejects.toThrow();
    expect(await readFile(join(content, "containers/course.yaml"), "utf8")).toContain("lessons: [b]");
  });

  it("gives lessons whose titles leave no Latin letters a number, so that there can be several", async () => {
    const newCourse = { title: "Морской порт", summary: "О кораблях." };
    const titles = ["Спуск на воду", "容器", "Швартовка"];
    const written: string[] = [];
    for (const [index, title] of titles.entries()) {
      const place = { ...request, course: "port", newCourse: index === 0 ? newCourse : undefined, title };
      written.push((await write(content, place)).file);
    }
    expect(written).toEqual([
      "port/01-lesson/lesson.mdx",
      "port/02-lesson-2/lesson.mdx",
      "port/03-lesson-3/lesson.mdx",
    ]);
  });

  it("says so when course.yaml has no list to add to", async () => {
    await mkdir(join(content, "containers"));
    await writeFile(join(content, "containers/course.yaml"), "title: Containers\n");
    await expect(write(content, request)).rejects.toThrow(/course\.yaml has no list of lessons to add one to\.$/);
    expect(await readdir(join(content, "containers"))).toEqual(["course.yaml"]);
  });
});

describe("the questions", () => {
  it("are asked again until the answer fits, with a sentence", async () => {
    const typed = ["Not A Folder", "containers", "", "Volumes", "About volumes.", "90", "", "expert", "advanced"];
    const said: string[] = [];
    const asked: string[] = [];
    const collected = await collectRequest({
      courses: ["containers"],
      given: {},
      ask: (question) => {
        asked.push(question);
        return Promise.resolve(typed.shift() ?? "");
      },
      say: (sentence) => said.push(sentence),
    });
    expect(collected).toEqual({
      course: "containers",
      newCourse: undefined,
      title: "Volumes",
      summary: "About volumes.",
      minutes: 15,
      level: "advanced",
    });
    expect(said).toEqual([
      '"Not A Folder" does not fit. A folder\'s name has small letters, digits and dashes, such as containers.',
      "Nothing was answered. A title has 1 to 80 characters, letters among them.",
      '"90" does not fit. Minutes are a whole number from 1 to 60.',
      '"expert" does not fit. The levels are beginner, intermediate and advanced.',
    ]);
    expect(asked[0]).toContain("there are containers");
  });

  it.each(["É", "Контейнеры", "容器", "Docker 101"])("take the title %s", async (title) => {
    const given: Answers = { course: "containers", title, summary: "About volumes.", minutes: "5", level: "beginner" };
    const collected = await collectRequest({ courses: ["containers"], given, ask: undefined, say: () => undefined });
    expect(collected.title).toBe(title);
  });

  it.each(["101", "…", "x".repeat(81)])("refuse the title %s", async (title) => {
    const given: Answers = { course: "containers", title, summary: "About volumes.", minutes: "5", level: "beginner" };
    await expect(
      collectRequest({ courses: ["containers"], given, ask: undefined, say: () => undefined }),
    ).rejects.toMatchObject({ hint: "A title has 1 to 80 characters, letters among them." });
  });

  it("are asked of a new course too", async () => {
    const typed = ["storage", "Storage", "Where data lives.", "Volumes", "About volumes.", "", ""];
    const collected = await collectRequest({
      courses: ["containers"],
      given: {},
      ask: () => Promise.resolve(typed.shift() ?? ""),
      say: () => undefined,
    });
    expect(collected.newCourse).toEqual({ title: "Storage", summary: "Where data lives." });
    expect(typed).toEqual([]);
  });

  it("are not asked where flags answer, and what is missing is named when nobody can be asked", async () => {
    const given: Answers = {
      course: "containers",
      title: "Volumes",
      summary: "About volumes.",
      minutes: "5",
      level: "beginner",
    };
    const silent = { courses: ["containers"], ask: undefined, say: () => undefined };
    expect(await collectRequest({ ...silent, given })).toMatchObject({ title: "Volumes", minutes: 5 });
    const failure = await collectRequest({ ...silent, given: { course: "storage" } }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(AuthoringError);
    expect(failure).toMatchObject({
      message: "Missing: --course-title, --course-summary, --title, --summary, --minutes, --level.",
    });
    await expect(collectRequest({ ...silent, given: { ...given, minutes: "five" } })).rejects.toThrow(
      '"five" does not fit.',
    );
  });
});

describe("npm run new-lesson", () => {
  let content: string;

  beforeEach(async () => {
    content = await mkdtemp(join(tmpdir(), "drydock-new-lesson-"));
    onTestFinished(() => rm(content, { recursive: true }));
  });

  const flags = ["--course=ships", "--course-title=Ships", "--course-summary=All.", "--title=Launch", "--minutes=5"];

  it("takes every answer from flags, also one that begins with a dash", async () => {
    const { code, printed } = await run("--content", content, ...flags, "--level", "beginner", "--summary", "- x");
    expect(printed).toContain("npm run lessons -- ships/launch");
    expect(code).toBe(0);
    expect(await readFile(join(content, "ships/01-launch/lesson.mdx"), "utf8")).toContain('summary: "- x"');
  });

  it.each([
    ["a flag that is not there", ["--titel", "Launch"], "There is no flag --titel."],
    ["words without quotes", ["--title", "Launch", "a", "ship"], '"a" belongs to no flag.'],
    ["a flag without its answer", ["--title", "--summary", "x"], "--title has no answer after it."],
    ["a flag without its answer at the end", ["--title"], "--title has no answer after it."],
  ])("says what is wrong and shows its usage for %s", async (_, args, sentence) => {
    const { code, printed } = await run("--content", content, ...args);
    expect(printed.split("\n")[0]).toMatch(new RegExp(`^${sentence} .`));
    expect(printed).toContain("\n\nnpm run new-lesson [-- --course NAME");
    expect(printed).not.toMatch(/^ +at /m);
    expect(code).toBe(1);
  });

  it("says so when there is no folder for courses", async () => {
    const missing = join(content, "missing");
    const { code, printed } = await run("--content", missing, ...flags, "--level=beginner", "--summary=x");
    expect(printed).toBe(
      `There is no folder ${missing}. Name the one that holds the courses, or leave --content out.\n`,
    );
    expect(code).toBe(1);
  });
});

/** Without a terminal, so that nothing is asked. */
function run(...args: string[]): Promise<{ readonly code: number; readonly printed: string }> {
  const script = join(root, "src/authoring/new-lesson/new-lesson.ts");
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [script, ...args], (error, output, errors) => {
      resolve({ code: typeof error?.code === "number" ? error.code : 0, printed: output + errors });
    });
    child.stdin?.end();
  });
}

function write(content: string, request: LessonRequest) {
  return addLesson(content, request, (id) => draftLesson(request, id));
}
