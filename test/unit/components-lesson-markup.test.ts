// Over 250 lines because it is one list of Markdown, each with the components that it becomes.
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Root, RootContent } from "mdast";
import { mdxToJs } from "satteri";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { presentLesson } from "../../src/components/lesson-markup.ts";
import { readLineKinds } from "../../src/components/file-diff.ts";
import { readText } from "../../src/components/mdx-element.ts";
import { LessonError } from "../../src/lessons/lesson-error.ts";
import { isElement, plainText, type Element } from "../../src/lessons/mdx-tree.ts";
import { readLesson } from "../../src/lessons/read-lesson.ts";
import { options, step } from "./lessons-sources.ts";

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "drydock-markup-"));
  await write("files/Dockerfile", "FROM busybox\nCMD sh\n");
  await write("files/app/app.py", "print(1)\n");
  await write("steps/later/Dockerfile", "FROM alpine\n");
  await write("layers.svg", '<svg viewBox="0 0 4 2"><g id="a"/></svg>');
  await write("bad.svg", '<svg viewBox="0 0 4 2"><script/></svg>');
});

afterAll(() => rm(folder, { recursive: true }));

it("a table can be scrolled by itself, and has its heads for a name", () => {
  const [table] = elements("| here | on ECR |\n| --- | --- |\n| a | b |");
  expect(name(table)).toBe("div");
  expect(attributes(table)).toMatchObject({ role: "region", tabindex: "0", "aria-label": "Table: here, on ECR" });
});

describe("a fence", () => {
  it("becomes a command with its terminal and what is done before and after", () => {
    const [plain, other] = elements("```sh run\nls\n```\n\n```sh run terminal=2 background interrupt\ntop\n```");
    expect(attributes(plain)).toEqual({ command: "ls", terminal: "1" });
    expect(attributes(other)).toEqual({ command: "top", terminal: "2", background: "yes", interrupt: "yes" });
  });

  it("becomes expected output, or code to copy, or stays", () => {
    const [output, copy, text] = present(
      "```output\nID\n```\n\n```yaml copy\na: 1\n```\n\n```yaml\na: 1\n```",
    ).children;
    expect(name(output)).toBe("OutputBlock");
    expect(name(copy)).toBe("CopyBlock");
    expect(text?.type).toBe("code");
  });

  it("becomes a file that ends its last line, with a button only when asked", () => {
    const [file, written] = elements("```sh file=a.sh\nls\n```\n\n```sh file=b.sh write\nls\n```");
    expect(attributes(file)).toEqual({ path: "a.sh", content: "ls\n" });
    expect(attributes(written)).toEqual({ path: "b.sh", content: "ls\n", write: "yes" });
  });

  it("becomes an empty file when nothing is in it", () => {
    const [file] = elements("```sh file=a.sh\n```");
    expect(attributes(file)).toEqual({ path: "a.sh", content: "" });
  });

  it("is refused with its place when it makes no sense", () => {
    expect(() => present("words\n\n```sh rum\nls\n```")).toThrow(LessonError);
    expect(() => present("words\n\n```sh rum\nls\n```")).toThrow(/lesson\.mdx:3 .*"rum"/);
  });
});

describe("a diff", () => {
  const fence = (lines: string, words = "diff") => `\`\`\`dockerfile file=Dockerfile ${words}\n${lines}\n\`\`\`\n\n`;

  it("starts from the file that comes with the lesson", () => {
    expect(changes(fence("FROM busybox\nRUN date\nCMD sh"))).toEqual([[" FROM busybox", "+RUN date", " CMD sh"]]);
  });

  it("goes on from what the text has written, in solutions too", () => {
    const text = `${fence("FROM a", "")}<Step id="x" title="X"><Solution>\n\n${fence("FROM b", "")}</Solution></Step>\n\n${fence("FROM c")}`;
    expect(changes(text)).toEqual([["-FROM b", "+FROM c"]]);
  });

  it("goes on from what a step brings along", () => {
    const text = `${fence("FROM b", "")}<Step id="later" title="Later">\n\n${fence("FROM alpine\nRUN x")}</Step>`;
    expect(changes(text)).toEqual([[" FROM alpine", "+RUN x"]]);
  });

  it("does not go on from wrong work", () => {
    const text = `<Wrong because="it is">\n\n${fence("FROM wrong", "")}</Wrong>\n\n${fence("FROM busybox\nCMD no")}`;
    expect(changes(text)).toEqual([[" FROM busybox", "-CMD sh", "+CMD no"]]);
  });

  it("is the whole file where nothing was known, or nothing changes", () => {
    expect(changes("```sh file=new.sh diff\nls\n```")).toEqual([]);
    expect(changes(fence("FROM busybox\nCMD sh"))).toEqual([]);
  });

  it("is written and copied whole", () => {
    const [file] = elements(fence("FROM busybox\nRUN date\nCMD sh", "diff write"));
    expect(attributes(file)).toEqual({
      path: "Dockerfile",
      content: "FROM busybox\nRUN date\nCMD sh\n",
      write: "yes",
      diff: "yes",
    });
  });
});

describe("wrong work and checks", () => {
  it("leave nothing behind to be shown", () => {
    const root = present(
      '<Wrong because="x">\n\n```sh run\nsecret\n```\n\n```sh run undo\nsecret\n```\n\n</Wrong>\n\n<Check any><Check kind="secret" /></Check>',
    );
    expect(JSON.stringify(root.children)).not.toContain("secret");
  });
});

describe("<File>", () => {
  it("shows the lesson's file in its language, with a button when asked", () => {
    const [file] = elements('<File path="app/app.py" write />');
    expect(attributes(file)).toEqual({ path: "app/app.py", content: "print(1)\n", write: "yes" });
    expect(file?.children[0]).toMatchObject({ type: "code", lang: "python", value: "print(1)" });
  });

  it("shows the step's own file in place of the lesson's", () => {
    const [step] = elements('<Step id="later" title="Later">\n<File path="Dockerfile" />\n</Step>');
    expect(attributes(find(step, "FileBlock")).content).toBe("FROM alpine\n");
  });

  it("is refused when there is no such file", () => {
    expect(() => present('<File path="gone" />')).toThrow(/lesson\.mdx:1 .*"gone"/);
  });
});

describe("<Figure>", () => {
  it("takes an SVG into the page, each with ids of its own", () => {
    const [one, two] = elements(
      '<Figure src="layers.svg" alt="One" />\n\n<Figure src="layers.svg" alt="Two" caption="C" />',
    );
    expect(attributes(one).svg).toContain('aria-label="One"');
    expect(attributes(one).svg).toContain('id="figure-1-a"');
    expect(attributes(two).svg).toContain('id="figure-2-a"');
    expect(Object.keys(attributes(two))).toEqual(["caption", "svg"]);
  });

  it("is refused with its place when the picture would run something", () => {
    expect(() => present('<Figure src="bad.svg" alt="Bad" />')).toThrow(/lesson\.mdx:1 .*bad\.svg.*<script>/);
  });
});

describe("<Quiz>", () => {
  const choice = `<Quiz id="q" question="Why?">
<Answer>*No* <Because>it is not</Because></Answer>
<Answer right>Yes <Because>it is</Because></Answer>
</Quiz>`;

  it("knows the right answers, and each answer its place and its words", () => {
    const [quiz] = elements(choice);
    expect(attributes(quiz)).toMatchObject({ type: "one", right: "1", shown: "0 1" });
    expect(quiz?.children.map((child) => attributes(child as RootContent))).toEqual([
      { quiz: "q", type: "one", index: "0", text: "No" },
      { right: "", quiz: "q", type: "one", index: "1", text: "Yes" },
    ]);
  });

  it("puts each explanation apart from its answer, with the verdict", () => {
    const [quiz] = elements(choice);
    expect(attributes(find(quiz?.children[0] as RootContent, "Because"))).toEqual({
      slot: "because",
      verdict: "wrong",
    });
    expect(attributes(find(quiz?.children[1] as RootContent, "Because"))).toEqual({
      slot: "because",
      verdict: "right",
    });
  });

  it.each([
    ["on the same line", "<Answer right>Yes <Because>it is</Because></Answer>"],
    ["on the next line", "<Answer right>\n  Yes\n  <Because>it is</Because>\n</Answer>"],
    ["in a block of its own", "<Answer right>\n\nYes\n\n<Because>\n\nit is\n\n</Because>\n\n</Answer>"],
  ])("finds an explanation %s", (_, answer) => {
    const [quiz] = elements(
      `<Quiz id="q" question="Why?">\n${answer}\n<Answer>No <Because>no</Because></Answer>\n</Quiz>`,
    );
    const [shown] = quiz?.children ?? [];
    expect(attributes(shown as RootContent).text).toBe("Yes");
    const direct = shown && "children" in shown ? (shown.children as RootContent[]) : [];
    expect(direct.filter((child) => name(child) === "Because").map((child) => plainText(child))).toEqual(["it is"]);
    expect(direct.filter((child) => name(child) !== "Because").map((child) => plainText(child).trim())).toEqual([
      "Yes",
    ]);
  });

  it("mixes what is to be put in order, and remembers the right one", () => {
    const [quiz] = elements(
      '<Quiz id="o" type="order" question="First?">\n<Answer>a</Answer>\n<Answer>b</Answer>\n<Answer>c</Answer>\n<Because>so</Because>\n</Quiz>',
    );
    const { right, shown = "" } = attributes(quiz);
    expect(right).toBe("0 1 2");
    expect(shown).not.toBe(right);
    const texts = quiz?.children.slice(0, 3).map((child) => plainText(child));
    expect(texts).toEqual(shown.split(" ").map((index) => "abc"[Number(index)]));
    // Paper has them in this order, whatever a reader has made of it.
    const places = quiz?.children.slice(0, 3).map((child) => attributes(child).place);
    expect(places).toEqual(["0", "1", "2"]);
  });
});

describe("a solution", () => {
  const fence = (text: string, words = "run") => `\`\`\`sh ${words}\n${text}\n\`\`\`\n\n`;
  const repeats = (text: string, work: string) => {
    const [step] = elements(
      `<Step id="x" title="X">\n\n${text}<Hint>\n\n${fence("hinted")}</Hint>\n<Solution>\n\n${work}</Solution>\n<Wrong because="no">\n\n${fence("wrong")}</Wrong>\n</Step>`,
    );
    return attributes(find(step, "Solution")).repeats === "yes";
  };

  it("says when it only repeats the text of its step", () => {
    expect(repeats(fence("ls") + fence("pwd"), fence("pwd"))).toBe(true);
    expect(repeats(fence("ls", "file=a.sh write"), fence("ls", "file=a.sh"))).toBe(true);
    expect(repeats(`<Note>\n\n${fence("ls")}</Note>\n\n`, fence("ls"))).toBe(true);
  });

  it.each([
    ["it has a command that the text has not", fence("ls"), fence("ls") + fence("pwd")],
    ["only a hint has its command", fence("ls"), fence("hinted")],
    ["only wrong work has its command", fence("ls"), fence("wrong")],
    ["it does twice what the text does once", fence("ls"), fence("ls") + fence("ls")],
    ["it does it in another terminal", fence("ls"), fence("ls", "run terminal=2")],
    ["it writes something else", fence("ls", "file=a.sh"), fence("pwd", "file=a.sh")],
    ["the text shows something to copy", fence("ls", "copy"), fence("ls")],
  ])("is no repetition when %s", (_, text, work) => {
    expect(repeats(text, work)).toBe(false);
  });
});

describe("<Tabs> and <Term>", () => {
  it("list the titles, and open the first", () => {
    const [tabs] = elements('<Tabs>\n<Tab title="A">a</Tab>\n<Tab title="B">b</Tab>\n</Tabs>');
    expect(attributes(tabs)).toEqual({ id: "tabs-1", titles: '["A","B"]' });
    expect(tabs?.children.map((tab) => attributes(tab as RootContent))).toEqual([
      { title: "A", id: "tabs-1-1", first: "yes" },
      { title: "B", id: "tabs-1-2" },
    ]);
  });

  it("names the term that its words are", () => {
    const [paragraph] = present('A <Term>layer</Term> and <Term of="layer">*layers*</Term>.').children;
    const terms = paragraph && "children" in paragraph ? paragraph.children.filter(isElement) : [];
    expect(terms.map((term) => [attributes(term), plainText(term)])).toEqual([
      [{ of: "layer" }, "layer"],
      [{ of: "layer" }, "layers"],
    ]);
  });
});

describe("values in braces", () => {
  const braced = (source: string) =>
    source.replace(/(\w+)=("[^"]*")/g, (_, name: string, text: string) => `${name}={${text}}`);

  it.each([
    [
      "a quiz",
      '<Quiz id="o" type="order" question="First?">\n<Answer>a</Answer>\n<Answer>b</Answer>\n<Because>so</Because>\n</Quiz>',
    ],
    ["tabs", '<Tabs>\n<Tab title="A">a</Tab>\n<Tab title="B">b</Tab>\n</Tabs>'],
    ["a figure", '<Figure src="layers.svg" alt="One" />'],
    ["a file", '<File path="app/app.py" write />'],
    ["the files of a step", '<Step id="later" title="Later">\n<File path="Dockerfile" />\n</Step>'],
  ])("are shown as in quotes: %s", (_, source) => {
    expect(read(present(braced(source)))).toEqual(read(present(source)));
    expect(braced(source)).not.toBe(source);
  });

  it("say as much to the page as to the checks", () => {
    const source =
      '<Quiz id={`q`} type={"many"} question={"Q?"}>\n<Answer right={true}>a <Because>so</Because></Answer>\n<Answer>b <Because>so</Because></Answer>\n</Quiz>';
    const [quiz] = elements(source);
    const [spec] = readLesson(step(source), options).steps[0]?.checks ?? [];
    expect(spec).toMatchObject({ quiz: "q", type: "many", right: [0] });
    expect(quiz && [readText(quiz, "id"), readText(quiz, "type"), readText(quiz, "right")]).toEqual(["q", "many", "0"]);
  });

  it("are left to be computed where they are no literals", () => {
    const [tabs] = elements("<Note title={1 + 1}>a</Note>");
    expect(tabs && readText(tabs, "title")).toBeUndefined();
  });
});

async function write(path: string, content: string): Promise<void> {
  await mkdir(dirname(join(folder, path)), { recursive: true });
  await writeFile(join(folder, path), content);
}

/** The lesson as the site's compiler hands it over, presented. */
function present(source: string): Root {
  let presented: Root | undefined;
  const capture = (root: Readonly<Root>): void => {
    // The compiler's own nodes are gone once it is done.
    presented = JSON.parse(JSON.stringify(presentLesson(root, join(folder, "lesson.mdx")))) as Root;
  };
  mdxToJs(source, { mdastPlugins: [{ name: "test", options: { position: true }, before: capture }] });
  if (!presented) throw new Error("Nothing was compiled.");
  return presented;
}

function elements(source: string): Element[] {
  return present(source).children.filter((child) => isElement(child));
}

function find(node: RootContent | undefined, wanted: string): RootContent | undefined {
  if (!node || name(node) === wanted) return node;
  if (!("children" in node)) return undefined;
  return (node.children as RootContent[]).map((child) => find(child, wanted)).find((found) => found !== undefined);
}

function name(node: RootContent | undefined): string | undefined {
  return node && isElement(node) ? (node.name ?? undefined) : undefined;
}

/** Names, attributes and words of all that is in `node`, in order. */
function read(node: Root | RootContent): unknown[] {
  const own = "name" in node && isElement(node) ? [[node.name, attributes(node)]] : "value" in node ? [node.value] : [];
  return [...own, ...("children" in node ? node.children.flatMap(read) : [])];
}

function attributes(node: RootContent | undefined): Record<string, string | undefined> {
  if (!node || !isElement(node)) throw new Error("There is no element.");
  return Object.fromEntries(
    node.attributes.flatMap((one) =>
      one.type === "mdxJsxAttribute" ? [[one.name, readText(node, one.name) ?? ""]] : [],
    ),
  );
}

/** The lines of each difference in what `source` becomes. */
function changes(source: string): string[][] {
  const found: string[][] = [];
  const visit = (node: Root | RootContent): void => {
    const kinds = node.type === "code" ? readLineKinds(node.meta ?? undefined) : undefined;
    if (node.type === "code" && kinds) {
      const signs = { same: " ", added: "+", removed: "-", gap: "" };
      found.push(node.value.split("\n").map((line, index) => `${signs[kinds[index] ?? "same"]}${line}`));
    }
    if ("children" in node) node.children.forEach(visit);
  };
  visit(present(source));
  return found;
}
