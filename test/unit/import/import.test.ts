import { rm } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { report } from "../../../src/authoring/import/report.ts";
import { folderOf, killercodaScenario, labspaceProject, type Files } from "./fixtures.ts";
import { imported, importInto, notesAbout } from "./imported.ts";
import { shownBy, shownByLesson } from "./original.ts";
import { tangledScenario } from "./tangled.ts";

describe.each([
  ["a Killercoda scenario", killercodaScenario],
  ["a Killercoda scenario with everything in everything", tangledScenario],
  ["a Docker Labspace", labspaceProject],
])("%s", (_, files) => {
  const world = imported(files);

  it("becomes a lesson that the reader accepts as it is", () => {
    expect(world.mistakes).toEqual([]);
  });

  it("shows every line of its pages as it was, or notes it", () => {
    const lesson = shownByLesson(world.source);
    const words = [...lesson.words, ...lesson.headings].join("\n");
    const notes = world.done.notes.map(({ original }) => original).join("\n");
    for (const [path, page] of pagesOf(files)) {
      const lost = shownBy(page).words.filter((line) => !words.includes(line) && !notes.includes(line));
      expect(lost, path).toEqual([]);
    }
  });

  it("has every piece of code exactly as it was", () => {
    const lesson = shownByLesson(world.source);
    for (const [path, page] of pagesOf(files)) {
      const original = shownBy(page);
      // What was typed and what came back of it are blocks of their own.
      const blocks = original.blocks.filter((block) => !block.startsWith("$ "));
      expect(lesson.blocks, path).toEqual(expect.arrayContaining(blocks));
      expect(lesson.codes, path).toEqual(expect.arrayContaining([...original.codes]));
    }
  });

  it("counts what was mapped and what was not", () => {
    const text = report(world.done, []);
    const sum = [...world.done.mapped.values()].reduce((total, count) => total + count, 0);
    expect(text).toContain(`${sum} mapped`);
    expect(text).toContain(`${world.done.notes.length} kept as notes`);
    expect(world.source.match(/\{\/\* IMPORT /g)).toHaveLength(world.done.notes.length);
  });
});

describe("a Killercoda scenario", () => {
  const world = imported(killercodaScenario);

  it("has its pages with something to do as steps, and the others as prose", () => {
    expect(world.lesson.lesson.steps.map(({ title }) => title)).toEqual(["Start the server", "Look at it"]);
    expect(world.source).toContain("## Introduction");
    expect(world.source).toContain("## Read this");
    expect(world.source).toContain("## What you did");
  });

  it("has what was clicked as commands, in their terminals", () => {
    expect(world.source).toContain("```sh run\ndocker run -d --name web busybox httpd -f\n```");
    expect(world.source).toContain("```sh run interrupt\ndocker ps\ndocker logs web\n```");
    expect(world.source).toContain("```sh run terminal=2\ndocker stats\n```");
    expect(world.source).toContain("```yaml copy\na: 1\n```");
    expect(world.lesson.frontMatter.machine.terminals).toBe(2);
  });

  it("has its verify script as a check, and what it gave as solution as the solution", () => {
    const [step] = world.lesson.lesson.steps;
    expect(step?.checks).toEqual([
      {
        kind: "command",
        run: 'set -e\ndocker ps --format "{{.Names}}" | grep -q `echo web`\n[ -n "${HOME}" ]',
        exitCode: 0,
      },
    ]);
    expect(step?.hints).toBe(1);
    expect(step?.solution).toEqual([
      {
        type: "command",
        command: "docker run -d --name web -p 8080:80 busybox httpd -f",
        terminal: 1,
        background: false,
        interrupt: false,
      },
    ]);
  });

  it("sees without a verify script that the last command was run, and says so", () => {
    expect(world.lesson.lesson.steps[1]?.checks).toEqual([{ kind: "terminal", command: "docker inspect web" }]);
    expect(notesAbout(world, /only sees that its last command/)).toHaveLength(1);
  });

  it("has its assets in the workspace, and notes those for other places", () => {
    expect([...world.files.keys()].sort()).toContain("files/site/page.html");
    expect(world.files.get("files/tool.sh")?.toString()).toBe(killercodaScenario["assets/tool.sh"]);
    expect(notesAbout(world, /outside the learner's folder/)).toHaveLength(1);
    expect(notesAbout(world, /another host/)).toHaveLength(1);
  });

  it("notes scripts, placeholders, unknown elements, entries and pictures with their originals", () => {
    expect(world.source).toContain("docker pull nginx");
    expect(world.source).toContain("[All ports]({{TRAFFIC_SELECTOR}})");
    expect(world.source).toContain('<iframe src="x">');
    expect(world.source).toContain('"interface":{"layout":"terminal"}');
    expect(world.source).toContain("![Far away](https://example.com/far.png)");
    expect(notesAbout(world, /background script/)).toHaveLength(1);
  });

  it("shows the pictures that are there", () => {
    expect(world.source).toContain('<Figure src="page.png" alt="The page" />');
    expect(notesAbout(world, /without words/)).toHaveLength(1);
  });

  it("keeps what MDX would take for code as text", () => {
    expect(world.source).toContain(String.raw`\{curly\}`);
    expect(world.source).toContain("&#101;xport is a word.");
    expect(world.source).toContain("```text\nindented code\n```");
    expect(world.source).toContain('<Warning title="Warning">');
  });
});

describe("a Docker Labspace", () => {
  const world = imported(labspaceProject);

  it("has its sections as steps, with commands and files inside their lists", () => {
    expect(world.lesson.lesson.steps.map(({ title }) => title)).toEqual(["Write it", "Run it"]);
    expect(world.source).toContain(
      '    ```dockerfile file=Dockerfile write\n    FROM busybox\n    CMD ["echo", "hello"]\n    ```',
    );
    expect(world.source).toContain("```sh run\ndocker run --rm hello\n```");
    expect(world.source).toContain("```output\nhello\n```");
    expect(world.source).toContain("```bash copy\ndocker ps\n```");
    expect(world.source).toContain("```output\nCONTAINER ID   IMAGE\n```");
  });

  it("has the project in the workspace, and what configures the Labspace as a note", () => {
    expect(world.files.get("files/src/index.js")?.toString()).toBe(labspaceProject["src/index.js"]);
    expect(world.source).toContain("image: labspace-node");
    expect(world.files.has("files/.labspace/compose.override.yaml")).toBe(false);
  });

  it("notes variables, directives, unknown words and diagrams with their originals", () => {
    expect(world.source).toContain('::variableDefinition[username]{prompt="Your name?"}');
    expect(world.source).toContain(':fileLink[the file]{path="Dockerfile" line=2}');
    expect(world.source).toContain("::unknownThing[words]{a=b}");
    expect(notesAbout(world, /Mermaid/)).toHaveLength(1);
    expect(notesAbout(world, /word after a fence's language/)).toHaveLength(1);
    expect(notesAbout(world, /outside the workspace/)).toHaveLength(1);
    expect(world.source).toContain('{"theme":"dark"}');
  });
});

describe("a folder that cannot be imported", () => {
  it.each([
    [
      { "readme.md": "hello" },
      "is in no known format. Name a folder with a Killercoda scenario (index.json) or a Docker Labspace (labspace.yaml).",
    ],
    [{ "index.json": "{" }, "index.json cannot be read"],
    [{ "index.json": '{"title": 3, "details": {}}' }, "index.json is not as its format asks"],
    [{ "index.json": '{"title": "T", "details": {}}' }, "index.json names no page."],
    [
      { "index.json": '{"title": "T", "details": {"steps": [{"text": "step.md"}]}}' },
      "The file “step.md” is named, but is not there.",
    ],
    [
      { "index.json": '{"title": "T", "details": {"steps": [{"text": "../../etc/passwd"}]}}' },
      "“../../etc/passwd” leads out of the folder.",
    ],
    [{ "labspace.yaml": "title: T\nsections: []\n" }, "labspace.yaml is not as its format asks"],
  ])("is refused with a sentence: %j", async (files, message) => {
    const source = await folderOf(files);
    const content = await folderOf({});
    await expect(importInto(source, content)).rejects.toMatchObject({
      name: "AuthoringError",
      message: expect.stringContaining(message.split(". Name")[0] ?? "") as string,
    });
    await rm(source, { recursive: true });
    await rm(content, { recursive: true });
  });
});

/** The pages of Markdown among the files. */
function pagesOf(files: Files): [string, string][] {
  return Object.entries(files).flatMap(([path, content]): [string, string][] =>
    path.endsWith(".md") && typeof content === "string" ? [[path, content]] : [],
  );
}
