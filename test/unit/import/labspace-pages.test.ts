import { describe, expect, it } from "vitest";
import { pixel, type Files } from "./fixtures.ts";
import { importFiles, notesAbout, type World } from "./imported.ts";

async function importPage(text: string, more: Files = {}): Promise<World> {
  const world = await importFiles({
    "labspace.yaml": "title: A lab\nsections:\n  - title: Do it\n    contentPath: .labspace/01.md\n",
    ".labspace/01.md": text,
    ...more,
  });
  expect(world.mistakes).toEqual([]);
  return world;
}

describe("a session of a console", () => {
  it.each([
    [
      "$ docker run \\\n    -d \\\n>   busybox\nabc\n$ docker ps\nNAMES\n\nx",
      ["docker run \\\n    -d \\\n  busybox", "docker ps"],
      ["abc", "NAMES\n\nx"],
    ],
    ["$ cat <<EOF > a\n> one\n> EOF\n$ ls\na", ["cat <<EOF > a\none\nEOF", "ls"], ["a"]],
    ["$ echo a\\\\\na\\", ["echo a\\\\"], ["a\\"]],
    ["docker ps", ["docker ps"], []],
  ])("%j is what was typed and what came back, in turn", async (session, commands, outputs) => {
    const { source, lesson } = await importPage(`\`\`\`console\n${session}\n\`\`\`\n`);
    expect(lesson.lesson.steps[0]?.solution).toMatchObject(commands.map((command) => ({ type: "command", command })));
    for (const output of outputs) expect(source).toContain(`\`\`\`output\n${output}\n\`\`\``);
    expect(source.match(/```output/g) ?? []).toHaveLength(outputs.length);
  });

  it("is checked by its whole last command", async () => {
    const { lesson } = await importPage("```console\n$ docker run \\\n  -d busybox\nabc\n```\n");
    expect(lesson.lesson.steps[0]?.checks).toEqual([{ kind: "terminal", command: "docker run -d busybox" }]);
  });
});

describe("a block that is saved", () => {
  it.each([
    ["save-as=app/a.txt", "app/a.txt"],
    ['save-as="a.txt"', "a.txt"],
    ["save-as='./a.txt'", "a.txt"],
    ['save-as="a(b)&c.txt"', "a(b)&c.txt"],
  ])("%s is a file to write", async (words, path) => {
    const { lesson } = await importPage(`\`\`\`text ${words}\nx {y}\n\n\n\nz\n\n\`\`\`\n`);
    expect(lesson.lesson.steps[0]?.checks).toEqual([{ kind: "file", path }]);
    expect(lesson.lesson.steps[0]?.solution).toEqual([{ type: "file", path, content: "x {y}\n\n\n\nz\n\n" }]);
  });

  it.each([
    ['save-as="quo ted.yaml"', /without spaces/],
    ["save-as=../a.txt", /outside the workspace/],
    ["save-as=/etc/a.txt", /outside the workspace/],
    ["save-as=~/a.txt", /outside the workspace/],
    ["save-as=a//b", /outside the workspace/],
  ])("%s is noted", async (words, reason) => {
    const world = await importPage(`\`\`\`bash\nls\n\`\`\`\n\n\`\`\`text ${words}\nx\n\`\`\`\n`);
    expect(notesAbout(world, reason).map(({ original }) => original)).toEqual([words]);
    expect(world.source).toContain("```text copy\nx\n```");
  });
});

describe("a directive", () => {
  it("keeps its words with their formatting", async () => {
    const { source } = await importPage(
      'See :fileLink[the `a {b}` *file*]{path="a_b_c"} and :tabLink[{app}]{href="http://localhost:80"}.\n',
    );
    expect(source).toContain("See the `a {b}` *file* and \\{app\\}.\n");
  });

  it("is text in code", async () => {
    const { source } = await importPage("```bash\nls\n```\n\n`:fileLink[a]{path=b}`\n");
    expect(source).toContain("\n`:fileLink[a]{path=b}`\n");
  });
});

describe("files of a Labspace", () => {
  it("that are shown are not noted as well, and those of the project stay in it", async () => {
    const world = await importPage(
      "```bash\nls\n```\n\n![p](images/p.png)\n\n![q](../public/q.png)\n\n![r](/.labspace/images/r.png)\n",
      { ".labspace/images/p.png": pixel, ".labspace/images/r.png": pixel, "public/q.png": pixel },
    );
    expect(world.source.match(/<Figure /g)).toHaveLength(3);
    expect(notesAbout(world, /configures the Labspace/)).toEqual([]);
    expect(world.files.get("files/public/q.png")?.equals(pixel)).toBe(true);
    expect([...world.files.keys()].filter((path) => path.startsWith("files/"))).toEqual(["files/public/q.png"]);
  });

  it("that are no text are named without their bytes", async () => {
    const world = await importPage("```bash\nls\n```\n", { ".labspace/logo.bin": new Uint8Array([0, 159, 146, 150]) });
    expect(notesAbout(world, /configures the Labspace/).map(({ original }) => original)).toEqual([
      ".labspace/logo.bin (4 bytes that are no text)",
    ]);
    expect(world.source).not.toMatch(/[\0\uFFFD]/);
  });

  it("are in the workspace byte for byte", async () => {
    const bytes = new Uint8Array([0, 13, 10, 255]);
    const world = await importPage("```bash\nls\n```\n", { "a.bin": bytes, "b.txt": "a\r\n\r\n\r\n" });
    expect(world.files.get("files/a.bin")).toEqual(Buffer.from(bytes));
    expect(world.files.get("files/b.txt")?.toString()).toBe("a\r\n\r\n\r\n");
  });
});
