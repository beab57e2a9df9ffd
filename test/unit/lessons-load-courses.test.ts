// Over 250 lines because it is one list of contents, each with what it becomes or the message that it gives.
import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { describeMistake, LessonError } from "../../src/lessons/lesson-error.ts";
import { examineContent, loadContent, loadCourses } from "../../src/lessons/load-courses.ts";
import { frontMatterSchema } from "../../src/lessons/front-matter.ts";
import { machineFeatures } from "../../src/machine/contract.ts";
import { check, hint, solution, step, withEntry } from "./lessons-sources.ts";

const good = step(`${check}\n\n${hint}\n\n${solution}`);
const course = "title: Boats\nsummary: How to build one.\ngroups:\n  - title: First\n    lessons: [one, two]\n";
const glossary = "- term: hull\n  definition: What keeps the water out.\n";
const curriculum = "- id: boats\n  topic: Boats.\n  deeds:\n    - id: sail\n      deed: sails one\n";
const whole = {
  "glossary.yaml": glossary,
  "boats/course.yaml": course,
  "boats/01-one/lesson.mdx": good,
  "boats/02-two/lesson.mdx": good,
};

describe("courses", () => {
  it("are loaded with their lessons in the order of course.yaml, and with the glossary", async () => {
    const folder = await write({ ...whole, "boats/course.yaml": course.replace("one, two", "two, one") });
    const { courses, glossary } = await loadContent(folder);
    expect(courses).toMatchObject([
      {
        id: "boats",
        title: "Boats",
        summary: "How to build one.",
        groups: [{ title: "First", lessons: [{ lesson: { id: "boats/two" } }, { lesson: { id: "boats/one" } }] }],
      },
    ]);
    expect(glossary).toMatchObject([{ term: "hull", aka: [], see: [] }]);
    expect(courses[0]?.groups[0]?.lessons[0]).toMatchObject({
      file: "content/boats/02-two/lesson.mdx",
      folder: join(folder, "boats/02-two"),
      frontMatter: { title: "Say hello", minutes: 5, prerequisites: [] },
    });
  });

  it("have steps that cover deeds of the curriculum", async () => {
    const covering = good.replace('id="hello"', 'id="hello" covers="boats.sail"');
    const folder = await write({ ...whole, "curriculum.yaml": curriculum, "boats/01-one/lesson.mdx": covering });
    const { courses, curriculum: rows } = await loadContent(folder);
    expect(rows).toEqual([{ id: "boats", topic: "Boats.", deeds: [{ id: "sail", deed: "sails one" }] }]);
    const steps = courses[0]?.groups[0]?.lessons.flatMap(({ lesson }) => lesson.steps);
    expect(steps?.map(({ covers }) => covers)).toEqual([["boats.sail"], undefined]);
  });

  it("have the files of their lessons and steps, hidden ones too, as text or bytes, executable or not", async () => {
    const folder = await write({
      ...whole,
      "boats/01-one/files/run.sh": "#!/bin/sh\n",
      "boats/01-one/files/.dockerignore": "*\n",
      "boats/01-one/files/a/logo.bin": new Uint8Array([0xff, 0xfe, 0]),
      "boats/01-one/files/nul": "a\0b",
      "boats/01-one/steps/hello/more.txt": "\uFEFFmore",
    });
    await chmod(join(folder, "boats/01-one/files/run.sh"), 0o755);
    const { files, steps } = (await loadCourses(folder))[0]?.groups[0]?.lessons[0]?.lesson ?? {};
    expect(files).toEqual([
      { path: ".dockerignore", encoding: "utf8", content: "*\n", executable: false },
      { path: "a/logo.bin", encoding: "base64", content: "//4A", executable: false },
      { path: "nul", encoding: "base64", content: "YQBi", executable: false },
      { path: "run.sh", encoding: "utf8", content: "#!/bin/sh\n", executable: true },
    ]);
    expect(steps?.[0]?.files).toEqual([
      { path: "more.txt", encoding: "utf8", content: "\uFEFFmore", executable: false },
    ]);
  });

  it("let a lesson start from the end of an earlier one, but not of a later one", async () => {
    const folder = await write({ ...whole, "boats/02-two/lesson.mdx": withEntry("startsFrom: one", good) });
    const lessons = (await loadCourses(folder))[0]?.groups[0]?.lessons;
    expect(lessons?.map(({ lesson }) => lesson.start?.lesson)).toEqual([undefined, "boats/one"]);

    const turned = await write({ ...whole, "boats/01-one/lesson.mdx": withEntry("startsFrom: two", good) });
    expect(await told(turned)).toEqual([
      'content/boats/01-one/lesson.mdx:6  "startsFrom" is "two", which is no earlier lesson of the course. ' +
        "Leave it out: this is the first lesson.",
    ]);
  });

  it("fail with all mistakes of all files at once", async () => {
    const folder = await write({
      ...whole,
      "glossary.yaml": "- term: hull\n",
      "boats/course.yaml": course.replace("title: Boats\n", ""),
      "boats/01-one/lesson.mdx": good.replace("minutes: 5", "minutes: 0"),
      "boats/02-two/lesson.mdx": good.replace("<Hint>", "<Hint"),
    });
    const error = await loadCourses(folder).catch((error: unknown) => error);
    expect(error).toBeInstanceOf(LessonError);
    expect((error as LessonError).message.split("\n").map((line) => line.split("  ")[0])).toEqual([
      "content/boats/01-one/lesson.mdx:4",
      "content/boats/02-two/lesson.mdx:14",
      "content/boats/course.yaml:1",
      "content/glossary.yaml:1",
    ]);
  });

  it("go on without a lesson that has mistakes, for whoever shows them", async () => {
    const folder = await write({ ...whole, "boats/01-one/lesson.mdx": "<Step" });
    const { courses, mistakes, shared } = await examineContent(folder);
    const lessons = courses[0]?.groups[0]?.lessons ?? [];
    expect(lessons.map((lesson) => [lesson.lesson.title, lesson.mistakes.length])).toEqual([
      ["one", 2],
      ["Say hello", 0],
    ]);
    expect([mistakes.length, shared.length]).toEqual([2, 0]);
  });
});

describe("malformed content", () => {
  it.each<[string, Readonly<Record<string, string | Uint8Array | null>>, ...string[]]>([
    [
      "a course without course.yaml",
      { "boats/course.yaml": null },
      "boats/course.yaml:1  The course has no course.yaml. Write it, with title:, summary: and groups:.",
    ],
    [
      "an empty course.yaml",
      { "boats/course.yaml": "" },
      "boats/course.yaml:1  course.yaml is empty. Write one `name: value` a line.",
    ],
    [
      "a course without a title",
      { "boats/course.yaml": course.replace("title: Boats\n", "") },
      'boats/course.yaml:1  course.yaml lacks "title". Write title: Containers, from the first one on.',
    ],
    [
      "a course without a summary",
      { "boats/course.yaml": course.replace("How to build one.", '""') },
      'boats/course.yaml:2  "summary" is empty. Write summary: and one or two sentences.',
    ],
    [
      "a course without groups",
      { "boats/course.yaml": course.replace(/groups:[^]*/, "groups: []") },
      'boats/course.yaml:3  "groups" needs at least one entry. Write groups: and a list, each entry with a title and lessons.',
    ],
    [
      "a group without a title",
      { "boats/course.yaml": course.replace("title: First\n    ", "") },
      'boats/course.yaml:4  course.yaml lacks "title". Write title: First steps.',
    ],
    [
      "a group with one lesson that is no list",
      { "boats/course.yaml": course.replace("[one, two]", "one") },
      'boats/course.yaml:5  "lessons" must be a list, but is "one". Write lessons: and a list of folder names without their numbers.',
    ],
    [
      "a group with an unknown entry",
      { "boats/course.yaml": course.replace("lessons", "lesson: []\n    lessons") },
      'boats/course.yaml:5  course.yaml has an unknown entry "lesson". There may be title, lessons.',
    ],
    [
      "a course.yaml that is not YAML",
      { "boats/course.yaml": course.replace("title: Boats", "title: [Boats") },
      "boats/course.yaml:2  course.yaml is not YAML: Flow sequence in block collection must be sufficiently indented and end with a ]. Write one `name: value` a line; put a value with a colon in quotes.",
    ],
    [
      "a lesson that is named and not there",
      { "boats/course.yaml": course.replace("one, two", "one,\n      two, three") },
      'boats/course.yaml:6  course.yaml names the lesson "three", which is not there. Make a folder such as 01-three with a lesson.mdx beside course.yaml, or take the name out.',
    ],
    [
      "a lesson that is named with its number",
      { "boats/course.yaml": course.replace("one, two", "01-one,\n      two") },
      'boats/course.yaml:5  course.yaml names the lesson "01-one", which is not there. Write it without its number: one.',
    ],
    [
      "a lesson that is named with and without its number",
      { "boats/course.yaml": course.replace("one, two", "one, two,\n      01-one") },
      'boats/course.yaml:6  course.yaml names the lesson "one" twice. Keep it in one place.',
    ],
    [
      "a lesson that is named with a number and is not there",
      { "boats/course.yaml": course.replace("one, two", "one, two,\n      03-three") },
      'boats/course.yaml:6  course.yaml names the lesson "03-three", which is not there. Make a folder 03-three with a lesson.mdx beside course.yaml and write three, or take the name out.',
    ],
    [
      "a lesson that is named twice",
      { "boats/course.yaml": course.replace("one, two", "one, two, one") },
      'boats/course.yaml:5  course.yaml names the lesson "one" twice. Keep it in one place.',
    ],
    [
      "a lesson that is left out",
      { "boats/course.yaml": course.replace("one, two", "one") },
      'boats/course.yaml:3  course.yaml leaves out the lesson "two". Add "- two" to the lessons of a group.',
    ],
    [
      "a folder without a number",
      { "boats/three/lesson.mdx": good },
      'boats/three:1  The folder is called "three". Write a number, a dash and small letters, digits and dashes: 01-first-image.',
    ],
    [
      "two folders of one name",
      { "boats/03-one/lesson.mdx": good },
      'boats/03-one:1  Two folders are the lesson "one". Give each lesson a name of its own, beside its number.',
    ],
    [
      "a folder without a lesson",
      { "boats/02-two/lesson.mdx": null, "boats/02-two/notes.txt": "later" },
      "boats/02-two/lesson.mdx:1  The lesson has no lesson.mdx. Write it, or take the folder away.",
    ],
    [
      "a file that is too large",
      { "boats/01-one/files/big.bin": new Uint8Array(1024 * 1024 + 1) },
      "boats/01-one/files/big.bin:1  The file has 1048577 bytes. One file may have 1048576: let the lesson make it, or leave it out.",
    ],
    [
      "files that are too large together",
      Object.fromEntries(
        Array.from({ length: 9 }, (_, index) => [`boats/01-one/steps/hello/${index}`, new Uint8Array(1024 * 1024)]),
      ),
      "boats/01-one/files:1  The lesson's files have 9437184 bytes together. They may have 8388608: let the lesson make the large ones.",
    ],
    [
      "files of a step that is not there",
      { "boats/01-one/steps/helo/a": "" },
      "boats/01-one/lesson.mdx:1  The folder steps/helo belongs to no step. Name it after a step: hello.",
    ],
    [
      "a glossary that is no list",
      { "glossary.yaml": "hull: What keeps the water out." },
      "glossary.yaml:1  glossary.yaml is of another form. Write a list, each entry with a term and its definition.",
    ],
    [
      "a term without a definition",
      { "glossary.yaml": `${glossary}- term: keel\n` },
      'glossary.yaml:3  glossary.yaml lacks "definition". Write definition: and one to three sentences, up to 600 characters.',
    ],
    [
      "a term with an empty definition",
      { "glossary.yaml": "- term: keel\n  definition:\n" },
      'glossary.yaml:2  "definition" must be text, but is empty. Write definition: and one to three sentences, up to 600 characters.',
    ],
    [
      "a term with one other form that is no list",
      { "glossary.yaml": `${glossary}  aka: hulls\n` },
      'glossary.yaml:3  "aka" must be a list, but is "hulls". Write aka: and a list of other forms, such as [layers], or leave it out.',
    ],
    [
      "a term that is there twice",
      { "glossary.yaml": `${glossary}- term: body\n  aka: [Hull]\n  definition: A body.\n` },
      'glossary.yaml:3  "hull" stands for both "hull" and "body". Keep it in one entry.',
    ],
    [
      "a term that refers to one that is not there",
      { "glossary.yaml": `${glossary}  see: [keel]\n` },
      'glossary.yaml:3  "hull" says to see "keel", which is not in the glossary. Add that term, or take the name out.',
    ],
    [
      "a term with a link that is no safe address",
      { "glossary.yaml": `${glossary}  link: http://example.org\n` },
      'glossary.yaml:3  "link" is no address that starts with https://. Write link: https://docs.docker.com/, or leave it out.',
    ],
    [
      "a term with an unknown entry",
      { "glossary.yaml": `${glossary}  plural: hulls\n` },
      'glossary.yaml:3  glossary.yaml has an unknown entry "plural". There may be term, aka, definition, see, link.',
    ],
    [
      "a step that covers a deed where there is no curriculum",
      { "boats/01-one/lesson.mdx": good.replace('id="hello"', 'id="hello" covers="boats.sail"') },
      'boats/01-one/lesson.mdx:9  content/curriculum.yaml has no deed "boats.sail". Write that file, or leave covers out.',
    ],
    [
      "a curriculum without a topic, whose deeds no lesson is blamed for",
      {
        "curriculum.yaml": curriculum.replace("  topic: Boats.\n", ""),
        "boats/01-one/lesson.mdx": good.replace('id="hello"', 'id="hello" covers="boats.row"'),
      },
      'curriculum.yaml:1  curriculum.yaml lacks "topic". Write topic: and what the row is about, up to 300 characters.',
    ],
    [
      "a row of the curriculum with an id that steps could not name",
      { "curriculum.yaml": curriculum.replace("id: boats", "id: boats.and.ships") },
      'curriculum.yaml:1  "id" is "boats.and.ships", which is not right. Write id: images (small letters, digits and dashes).',
    ],
    [
      "two rows of the curriculum with one id",
      { "curriculum.yaml": `${curriculum}${curriculum}` },
      'curriculum.yaml:6  Two rows have the id "boats". Give each an id of its own, or keep one of them.',
    ],
    [
      "two deeds of a row with one id",
      { "curriculum.yaml": `${curriculum}    - id: sail\n      deed: sails on\n` },
      'curriculum.yaml:6  Two deeds of the row "boats" have the id "sail". Give each an id of its own, or keep one of them.',
    ],
  ])("%s", async (_, changes, ...messages) => {
    const folder = await write({ ...whole, ...changes });
    expect(await told(folder)).toEqual(messages.map((message) => `content/${message}`));
  });

  it("is a link among the files, which leads nowhere in the machine", async () => {
    const folder = await write({ ...whole, "boats/01-one/files/a.txt": "" });
    await symlink("/nowhere", join(folder, "boats/01-one/files/b.txt"));
    expect(await told(folder)).toEqual([
      "content/boats/01-one/files/b.txt:1  This is no file. Put a file with its content there; a link leads nowhere in the machine.",
    ]);
  });
});

it("knows the same features of a machine as the machines do", () => {
  const read = (features: readonly string[]) =>
    frontMatterSchema.shape.machine.safeParse({ features }).data?.features ?? "none of them";
  expect(read(machineFeatures)).toEqual(machineFeatures);
  expect(read(["teleport"])).toBe("none of them");
});

/** A content folder with these files; `null` leaves one out. */
async function write(files: Readonly<Record<string, string | Uint8Array | null>>): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), "drydock-content-"));
  onTestFinished(() => rm(root, { recursive: true }));
  const folder = join(root, "content");
  for (const [path, content] of Object.entries(files)) {
    if (content === null) continue;
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
  return folder;
}

async function told(folder: string): Promise<string[]> {
  return (await examineContent(folder)).mistakes.map(describeMistake);
}
