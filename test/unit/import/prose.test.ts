// Over 250 lines because it is one list of pages, each with the MDX that it becomes.
import { describe, expect, it } from "vitest";
import { pixel } from "./fixtures.ts";
import { importStep, notesAbout } from "./imported.ts";

const run = (command: string, indent = ""): string =>
  ["```sh run", ...command.split("\n"), "```"].map((line) => (line === "" ? "" : indent + line)).join("\n");

it("a solution enters each command by itself, the prose keeps them together", async () => {
  const block = "```\ndocker pull busybox\n\ncat > f <<EOF\nhi\nEOF\n# Look\nls f\n```{{exec interrupt}}\n";
  const commands = [
    { command: "docker pull busybox", interrupt: true },
    { command: "cat > f <<EOF\nhi\nEOF", interrupt: false },
    { command: "# Look\nls f", interrupt: false },
  ];
  const plain = await importStep(`Do it.\n\n${block}`);
  expect(plain.lesson.lesson.steps[0]?.solution).toMatchObject(commands);
  expect(plain.source).toContain("\n\ncat > f <<EOF\nhi\nEOF\n# Look\nls f\n```");
  const folded = await importStep(
    `Do it.\n\n<details>\n<summary>Solution</summary>\n\n1. So:\n\n   ${block.replaceAll("\n", "\n   ")}\n\n</details>\n`,
  );
  expect(folded.lesson.lesson.steps[0]?.solution).toMatchObject(commands);
});

describe("code", () => {
  it("keeps its empty lines", async () => {
    const { source, lesson } = await importStep("```\na\n\n\n\nb\n\n```{{exec}}\n");
    expect(source).toContain("```sh run\na\n\n\n\nb\n\n```");
    expect(lesson.lesson.steps[0]?.solution).toMatchObject([{ command: "a" }, { command: "b" }]);
  });

  it("stays in its list, and so does what follows it", async () => {
    const { source } = await importStep(
      "1. One\n\n   ```\n   docker ps\n\n     {x}\n   ```{{exec}}\n\n   goes on {x}\n   - nested\n     ```yaml\n     a: 1\n     ```\n     to its end\n2. Two\n",
    );
    expect(source).toContain(
      "1. One\n\n   ```sh run\n   docker ps\n\n     {x}\n   ```\n\n   goes on \\{x\\}\n   - nested\n     ```yaml\n     a: 1\n     ```\n     to its end\n2. Two\n",
    );
  });

  it("keeps its button in a quotation and in a callout", async () => {
    const { source } = await importStep(
      "> Say\n> ```\n> docker ps {x}\n> ```{{exec}}\n> more\n\n> [!NOTE]\n> Do\n> ```\n> docker images {y}\n>\n> docker info\n> ```{{exec}}\n",
    );
    expect(source).toContain("> Say\n> ```sh run\n> docker ps {x}\n> ```\n> more\n");
    expect(source).toContain(`<Note title="Note">\n\nDo\n${run("docker images {y}\n\ndocker info")}\n\n</Note>`);
  });

  it("ends at its own fence and at no shorter or other one", async () => {
    const { source } = await importStep("~~~~text\n~~~{{exec}}\n```{{exec}}\n~~~~\n\nEnd `ls`{{exec}}\n");
    expect(source).toContain("````text\n~~~{{exec}}\n```{{exec}}\n````\n\nEnd `ls`");
  });

  it("is fenced where it was only indented, and not where a list goes on", async () => {
    const { source } = await importStep("Text `ls`{{exec}}\n\n    a {b}\n\n      c\n\n- item\n\n    goes on {d}\n");
    expect(source).toContain("```text\na {b}\n\n  c\n```");
    expect(source).toContain("- item\n\n    goes on \\{d\\}");
  });

  it("within text stays as it is over two lines", async () => {
    const { source } = await importStep("See `a {b}\n<c> d` and `docker run \\\n  -d {x}`{{exec}} done.\n");
    expect(source).toContain("See `a {b}\n<c> d` and `docker run \\\n  -d {x}` done.");
    expect(source).toContain(run("docker run \\\n  -d {x}"));
  });

  it("has its action counted or noted", async () => {
    const world = await importStep("`a`{{exec}} `b`{{copy}} `c`{{}} `d`{{dance}}\n\n```\ne\n```{{exec wildly}}\n");
    expect(world.source).toContain("```text copy\nb\n```");
    expect(world.done.mapped.get("blocks to copy")).toBe(1);
    expect(notesAbout(world, /action/).map(({ original }) => original)).toEqual(["{{dance}}", "{{exec wildly}}"]);
  });

  it("in HTML becomes code", async () => {
    const { source } = await importStep(
      "Use <code>{x} &lt;y></code> `ls`{{exec}}\n\n<pre><code>a &lt; {b}\n\n  <b>c</b></code></pre>\n",
    );
    expect(source).toContain(String.raw`Use <code>\{x\} &lt;y></code>`);
    expect(source).toContain("```text\na < {b}\n\n  c\n```");
  });
});

describe("text", () => {
  it.each([
    ["\\{a\\} \\<b> \\*c\\*", "\\{a\\} \\<b> \\*c\\*"],
    ["{a} < b", "\\{a\\} \\< b"],
    ["a<br>b<br/>c", "a<br />b<br />c"],
    ["<B>a</B> <i class=x>b</i>", "<b>a</b> <i>b</i>"],
    ["<b>never closed", "never closed"],
    ["*a <b>b* c</b>", "*a b* c"],
    ["<https://example.com/{a}_b_>", "[https://example.com/\\{a\\}\\_b\\_](https://example.com/%7Ba%7D_b_)"],
    ['<a href="https://example.com">a {b}</a>', "[a \\{b\\}](https://example.com)"],
    ["[a][b]\n\n[b]: <https://example.com/a b> 'T'", '[a](https://example.com/a%20b "T")'],
    ["| a | b |\n|---|---|\n| {x} | `{y}` |", "| a | b |\n|---|---|\n| \\{x\\} | `{y}` |"],
    ["Two\nlines {x}\n===", "### Two lines \\{x\\}"],
    ["#### Deep {x}", "#### Deep \\{x\\}"],
    ["import x\nexport {y}", "&#105;mport x\n&#101;xport \\{y\\}"],
    ["a [b](more.md) c", "a b c"],
    ["a  \nb\\\nc", "a  \nb\\\nc"],
  ])("%j reads as the same: %j", async (markdown, mdx) => {
    const { source } = await importStep(`\`ls\`{{exec}}\n\n${markdown}\n`);
    expect(source).toContain(`\n\n${mdx}\n`);
  });

  it.each([
    ['Intro {x} <b> *y* `z` "q" & \\{', String.raw`Intro \{x\} \<b\> \*y\* \`z\` "q" \& \\\{`],
    ["A <b> {x} 'q' > y", String.raw`A \<b\> \{x\} 'q' \> y`],
    ["1. # Step", String.raw`1. \# Step`],
  ])("keeps the title %j as it is", async (title, heading) => {
    const { source, lesson } = await importStep("`ls`{{exec}}", {
      "index.json": JSON.stringify({
        title,
        details: { intro: { title, text: "intro.md" }, steps: [{ title, text: "step1/text.md" }] },
      }),
      "intro.md": "Hello\n",
    });
    expect(source).toContain(`\n## ${heading}\n`);
    expect(lesson.lesson.steps[0]?.title).toBe(title);
    expect(lesson.lesson.title).toBe(title);
  });

  it("has what is too long for the front matter as notes", async () => {
    const [title, description] = ["A title ".repeat(50).trim(), "A description ".repeat(50).trim()];
    const world = await importStep("`ls`{{exec}}", {
      "index.json": JSON.stringify({ title, description, details: { steps: [{ text: "step1/text.md" }] } }),
    });
    expect(notesAbout(world, /longer than/).map(({ original }) => original)).toEqual([title, description]);
    expect(world.lesson.lesson.title).toHaveLength(80);
  });

  it("has its comments as notes, wherever they are and however long", async () => {
    const world = await importStep(
      "`ls`{{exec}}\ntext\n<!-- a\n\nb {c} -->\ntail\n\n- d <!-- e --> f\n  <!-- g -->\n  h\n",
    );
    expect(notesAbout(world, /comment/).map(({ original, line }) => [original, line])).toEqual([
      ["a\n\nb {c}", 3],
      ["e", 8],
      ["g", 9],
    ]);
    expect(world.source).toContain("\n\ntail\n");
  });

  it("notes what of HTML has no place, with its words kept", async () => {
    const world = await importStep(
      '`ls`{{exec}}\n\n<div align="center">\n<font color=red>Words {x}</font>\n</div>\n\n<script>\nif (a < b) {}\n</script>\n',
    );
    expect(world.source).toContain("\nWords \\{x\\}\n");
    expect(notesAbout(world, /HTML/).map(({ original }) => original)).toEqual([
      '<div align="center">',
      "<font color=red>",
      "<script>\nif (a < b) {}\n</script>",
    ]);
  });

  it("notes addresses of links that nothing refers to, and links that lead nowhere", async () => {
    const world = await importStep("`ls`{{exec}} [a](more.md)\n\n[//]: # (a remark)\n", {
      "step1/more.md": "# More {x}\n",
    });
    expect(world.done.notes.map(({ original }) => original)).toEqual(
      expect.arrayContaining(["[a](more.md)", "[//]: # (a remark)", "# More {x}\n"]),
    );
  });
});

describe("what was folded away", () => {
  it("is a hint, with what is in it", async () => {
    const { source } = await importStep(
      "`ls`{{exec}}\n\n<details><summary>Look {x}</summary>\n\n- a\n\n  ```\n  b {c}\n  ```\n\n</details>\n\nAfter\n",
    );
    expect(source).toContain("<Hint>\n\n**Look \\{x\\}**\n\n- a\n\n  ```text\n  b {c}\n  ```\n\n</Hint>");
    expect(source).toContain("\n\nAfter\n");
  });

  it("is the solution with its commands at their place, out of lists", async () => {
    const { source, lesson } = await importStep(
      "Do it\n\n<details>\n<summary>Solution</summary>\n<br>\n\n1. First\n\n   ```\n   docker ps\n   ```{{exec}}\n\n2. Then `docker images`{{exec}}\n\n```\nCONTAINER\n```\n\n</details>\n",
    );
    expect(lesson.lesson.steps[0]?.solution).toMatchObject([{ command: "docker ps" }, { command: "docker images" }]);
    expect(source).toContain("2. Then `docker images`\n");
    expect(source).toContain("```text copy\nCONTAINER\n```");
  });

  it("stands open in a list, which is noted", async () => {
    const world = await importStep("`ls`{{exec}}\n\n- <details><summary>More</summary>\n\n  text {x}\n  </details>\n");
    expect(world.source).toContain("- **More**");
    expect(world.source).toContain("  text \\{x\\}");
    expect(notesAbout(world, /folded away/)).toHaveLength(1);
  });

  it("is closed by the end of the page", async () => {
    const { source } = await importStep("`ls`{{exec}}\n\n<details>\n\nnever closed\n");
    expect(source).toContain("<Hint>\n\nnever closed\n\n</Hint>");
  });
});

describe("pictures", () => {
  const files = { "images/p.png": pixel, "images/my pic.png": pixel, "images/a_(1).png": pixel };

  it.each([
    ["![p](../images/p.png)", '<Figure src="p.png" alt="p" />'],
    ["![p](images/p.png)", '<Figure src="p.png" alt="p" />'],
    ["![p](/images/p.png?raw=true)", '<Figure src="p.png" alt="p" />'],
    ["![p](<../images/my pic.png>)", '<Figure src="my-pic.png" alt="p" />'],
    ["![p](../images/my%20pic.png)", '<Figure src="my-pic.png" alt="p" />'],
    ["![p](../images/a_(1).png)", '<Figure src="a_-1.png" alt="p" />'],
    ['![p "q"](../images/p.png "Title")', '<Figure src="p.png" alt={"p \\"q\\""} caption="Title" />'],
    ["![p][q]\n\n[q]: ../images/p.png", '<Figure src="p.png" alt="p" />'],
    ['<img alt="p" src="../images/p.png">', '<Figure src="p.png" alt="p" />'],
    ["- ![p](../images/p.png)", '- <Figure src="p.png" alt="p" />'],
  ])("%s is shown", async (markdown, figure) => {
    const { source } = await importStep(`\`ls\`{{exec}}\n\n${markdown}\n`, files);
    expect(source).toContain(`\n\n${figure}\n`);
  });

  it("amid text leave their words there and follow it, in order", async () => {
    const { source } = await importStep(
      "`ls`{{exec}}\n\nPress ![the *gear*](../images/p.png) or <img src='../images/my pic.png' alt='it'>.\n",
      files,
    );
    expect(source).toContain(
      'Press the gear or it.\n\n<Figure src="p.png" alt="the gear" />\n\n<Figure src="my-pic.png" alt="it" />\n',
    );
  });

  it("on lines of their own part the text", async () => {
    const { source } = await importStep("`ls`{{exec}} above\n![p](../images/p.png)\nbelow\n", files);
    expect(source).toContain('above\n\n<Figure src="p.png" alt="p" />\n\nbelow\n');
  });

  it("of the same name from two folders have names of their own", async () => {
    const other = Buffer.concat([pixel, Buffer.from("x")]);
    const world = await importStep("`ls`{{exec}}\n\n![a](../images/p.png)\n\n![b](p.png)\n\n![a](../images/p.png)\n", {
      ...files,
      "step1/p.png": other,
    });
    expect(world.source.match(/<Figure src="[^"]*"/g)).toEqual([
      '<Figure src="p.png"',
      '<Figure src="p-2.png"',
      '<Figure src="p.png"',
    ]);
    expect(world.files.get("p.png")?.equals(pixel)).toBe(true);
    expect(world.files.get("p-2.png")?.equals(other)).toBe(true);
  });

  it.each([
    ["![p](https://example.com/p.png)", /not in the folder/],
    ["![p](../../../etc/passwd.png)", /not in the folder/],
    ["![p](../images/p.gif)", /of a kind that a lesson does not show/],
    ["![p](../images/wrong.png)", /not what its ending says/],
  ])("%s is noted", async (markdown, reason) => {
    const more = { "images/p.gif": "GIF89a", "images/wrong.png": "no picture" };
    const world = await importStep(`\`ls\`{{exec}}\n\n${markdown}\n`, more);
    expect(notesAbout(world, reason).map(({ original }) => original)).toEqual([markdown]);
  });
});
