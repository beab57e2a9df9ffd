// Over 250 lines because it is one list of malformed lessons, each with the message that it gives.
import { describe, expect, it } from "vitest";
import { LessonError, type LessonMistake } from "../../src/lessons/lesson-error.ts";
import type { CheckSpec } from "../../src/lessons/model.ts";
import { readLesson } from "../../src/lessons/read-lesson.ts";

const frontMatter = `---
title: Say hello
summary: A lesson for the tests.
minutes: 5
level: beginner
objectives: [say hello]
---`;

const check = '<Check kind="file" path="hello.txt" />';
const hint = "<Hint>\nLook at `echo`.\n</Hint>";
const solution = "<Solution>\n```sh run\necho hello > hello.txt\n```\n</Solution>";

const lesson = (body: string) => `${frontMatter}\n\n${body}\n`;
const step = (inside: string, attributes = 'id="hello" title="Say hello"') =>
  lesson(`<Step ${attributes}>\n\n${inside}\n\n</Step>`);

describe("a lesson", () => {
  it("becomes data", () => {
    const source = lesson(`
Before the steps, some **words** and a list:

- one
- two

<Step id="hello" title="Say hello">

Type this, \`as it stands\`:

\`\`\`sh run terminal=2
echo hello
\`\`\`

<Check kind="file" path="hello.txt" />
<Check kind="container" image="busybox" exitCode={0} ports={{ "80/tcp": 8080 }} gone args={["-l", -1, null, true]} />

<Hint>First nudge.</Hint>
<Hint>

Second nudge.

</Hint>

<Note title="Why?">Because.</Note>

<Solution>

Write the file, then run it:

\`\`\`dockerfile file=app/Dockerfile
FROM busybox
\`\`\`

\`\`\`sh run
cat <<'EOF' > hello.txt
hello {there}
EOF
\`\`\`

</Solution>
</Step>
`);
    expect(readLesson(source, { id: "course/hello", file: "lesson.mdx" })).toEqual({
      id: "course/hello",
      title: "Say hello",
      steps: [
        {
          id: "hello",
          title: "Say hello",
          checks: [
            { kind: "file", path: "hello.txt" },
            {
              kind: "container",
              image: "busybox",
              exitCode: 0,
              ports: { "80/tcp": 8080 },
              gone: true,
              args: ["-l", -1, null, true],
            },
          ],
          hints: 2,
          solution: [
            { type: "file", path: "app/Dockerfile", content: "FROM busybox\n" },
            { type: "command", command: "cat <<'EOF' > hello.txt\nhello {there}\nEOF" },
          ],
        },
      ],
    });
  });

  it("may have comments, small HTML and a component in one line", () => {
    const source = step(`{/* for authors */}\n\nPress <kbd>Ctrl</kbd>.\n\n${check} ${check}\n\n${hint}\n\n${solution}`);
    expect(readLesson(source, { id: "c/l", file: "lesson.mdx" }).steps[0]?.checks).toHaveLength(2);
  });

  it("has its checks looked at by whoever knows their kinds", () => {
    const validateCheck = ({ kind }: CheckSpec) => (kind === "file" ? undefined : `"${kind}" is no kind.`);
    const good = step(`${check}\n\n${hint}\n\n${solution}`);
    expect(() => readLesson(good, { id: "c/l", file: "lesson.mdx", validateCheck })).not.toThrow();
    const bad = step(`<Check kind="flie" />\n\n${hint}\n\n${solution}`);
    expect(mistakesIn(bad, validateCheck)).toEqual([
      expect.objectContaining({ line: 11, problem: expect.stringContaining('"flie" is no kind.') as string }),
    ]);
  });
});

describe("a malformed lesson", () => {
  const rest = `${hint}\n\n${solution}`;
  const good = `${check}\n\n${rest}`;

  it.each<[string, string, number, RegExp, RegExp]>([
    ["has no front matter", "Hello.", 1, /no front matter/, /Begin the file with ---/],
    ["has front matter that is not YAML", "---\ntitle: a: b\n---\n", 2, /not YAML/, /in quotes/],
    [
      "lacks a title",
      withFrontMatter((text) => text.replace(/title: Say hello\n/, "")),
      1,
      /lacks "title"/,
      /Write title:/,
    ],
    ["has no number of minutes", withFrontMatter((text) => text.replace("5", "five")), 4, /"minutes"/, /whole number/],
    [
      "has a level of its own",
      withFrontMatter((text) => text.replace("beginner", "easy")),
      5,
      /"level"/,
      /beginner, intermediate or/,
    ],
    [
      "has an empty title",
      withFrontMatter((text) => text.replace("title: Say hello", "title: ''")),
      2,
      /"title" is empty/,
      /title:/,
    ],
    [
      "has no objectives",
      withFrontMatter((text) => text.replace("[say hello]", "[]")),
      6,
      /"objectives" needs/,
      /a list/,
    ],
    [
      "has an entry nobody knows",
      withFrontMatter((text) => text.replace("minutes", "mintues: 1\nminutes")),
      4,
      /unknown entry "mintues"/,
      /title, summary/,
    ],
    ["leaves a tag open", lesson('<Step id="a" title="A">\n\nHello.'), 9, /not MDX/, /Close every tag/],
    ["writes a loose brace", lesson("Type { here."), 9, /not MDX/, /\\\{/],
    ["has no step", lesson("Only words."), 1, /no step/, /<Step id/],
    ["has a step without an id", step(good, 'title="A"'), 9, /id is missing/, /id="first-run"/],
    ["has a step with a bad id", step(good, 'id="First Run" title="A"'), 9, /id is "First Run"/, /small letters/],
    ["has a step without a title", step(good, 'id="a"'), 9, /Step "a" has no title/, /title=/],
    [
      "has a step with an unknown attribute",
      step(good, 'id="a" title="A" name="x"'),
      9,
      /unknown attribute "name"/,
      /id and title/,
    ],
    [
      "has two steps of one id",
      lesson(`<Step id="a" title="A">\n${good}\n</Step>\n\n<Step id="a" title="B">\n${good}\n</Step>`),
      23,
      /Two steps have the id "a"/,
      /of its own/,
    ],
    [
      "has a step in a step",
      step(`${good}\n\n<Step id="b" title="B">\n\nHello.\n\n</Step>`),
      23,
      /inside something else/,
      /outside everything/,
    ],
    ["has a step without a check", step(rest), 9, /has no check/, /<Check kind/],
    ["has a step without a hint", step(`${check}\n\n${solution}`), 9, /has no hint/, /<Hint>/],
    ["has a step without a solution", step(`${check}\n\n${hint}`), 9, /has no solution/, /<Solution>/],
    ["has a step with two solutions", step(`${good}\n\n${solution}`), 23, /two solutions/, /one <Solution>/],
    ["has a check without a kind", step(`<Check path="x" />\n\n${rest}`), 11, /check has no kind/, /<Check kind=/],
    [
      "has a check with content",
      step(`<Check kind="x">Hello</Check>\n\n${rest}`),
      11,
      /check has content/,
      /closed in itself/,
    ],
    [
      "computes a check",
      step(`<Check kind="x" port={80 + 1} />\n\n${rest}`),
      11,
      /"port" of <Check> would have to be computed/,
      /\{80\}/,
    ],
    [
      "spreads values into a check",
      step(`<Check {...all} kind="x" />\n\n${rest}`),
      11,
      /is given \{…\}/,
      /by its name/,
    ],
    [
      "puts a check into a note",
      step(`<Note>\n\n${check}\n\n</Note>\n\n${good}`),
      13,
      /<Check> is inside <Note>/,
      /directly into a <Step>/,
    ],
    ["puts a hint before the steps", lesson(hint), 9, /<Hint> is not directly in a step/, /into a <Step>/],
    ["has an empty hint", step(`${check}\n\n<Hint></Hint>\n\n${rest}`), 13, /hint is empty/, /between <Hint>/],
    [
      "has a solution that solves nothing",
      step(`${check}\n\n${hint}\n\n<Solution>\n\nThink.\n\n</Solution>`),
      17,
      /solves nothing/,
      /```sh run/,
    ],
    [
      "has a solution block that does nothing",
      step(`${check}\n\n${hint}\n\n<Solution>\n\n\`\`\`sh\nls\n\`\`\`\n\n\`\`\`sh run\nls\n\`\`\`\n\n</Solution>`),
      19,
      /block that does nothing/,
      /file=PATH/,
    ],
    [
      "uses a component that is not there",
      step(`<Hnit>x</Hnit>\n\n${good}`),
      11,
      /no component <Hnit>/,
      /Step, Check, Hint/,
    ],
    ["imports something", lesson('import x from "y"'), 9, /imports or exports/, /Leave it out/],
    ["computes a word", step(`It is {1 + 1}.\n\n${good}`), 11, /computes \{1 \+ 1\}/, /\\\{/],
    [
      "marks a block with a word that means nothing",
      step(`\`\`\`sh rnu\nls\n\`\`\`\n\n${good}`),
      11,
      /"rnu", which means nothing/,
      /run, terminal=1/,
    ],
    [
      "names a terminal that is not there",
      step(`\`\`\`sh run terminal=4\nls\n\`\`\`\n\n${good}`),
      11,
      /"terminal=4"/,
      /terminal=3/,
    ],
    [
      "names a terminal for text",
      step(`\`\`\`sh terminal=2\nls\n\`\`\`\n\n${good}`),
      11,
      /names a terminal but is not run/,
      /run before/,
    ],
    ["runs another language", step(`\`\`\`js run\nls\n\`\`\`\n\n${good}`), 11, /marked "js"/, /```sh run/],
    [
      "runs and writes one block",
      step(`\`\`\`sh run file=a\nls\n\`\`\`\n\n${good}`),
      11,
      /both run and a file/,
      /one of/,
    ],
    ["runs nothing", step(`\`\`\`sh run\n\`\`\`\n\n${good}`), 11, /command is empty/, /between the fences/],
    [
      "writes outside the workspace",
      step(`\`\`\`text file=../a\nls\n\`\`\`\n\n${good}`),
      11,
      /"file=..\/a"/,
      /inside \/workspace/,
    ],
    ["has a heading as high as the title", step(`# Hello\n\n${good}`), 11, /heading starts with #\./, /### or deeper/],
  ])("that %s is told so", (_, source, line, problem, remedy) => {
    const mistakes = mistakesIn(source);
    expect(mistakes).toContainEqual({
      line,
      problem: expect.stringMatching(problem) as string,
      remedy: expect.stringMatching(remedy) as string,
    });
    expect(mistakes.length).toBeLessThanOrEqual(2);
  });

  it("is told all of its mistakes at once, by file and line", () => {
    const source = step(`{1 + 1}\n\n<Check />\n\n${hint}\n\n${solution}`, 'title="A"');
    const error = catchError(() => readLesson(source, { id: "c/l", file: "content/c/01-l/lesson.mdx" }));
    expect(error.message.split("\n").map((line) => line.split("  ")[0])).toEqual(
      [9, 9, 11, 13].map((line) => `content/c/01-l/lesson.mdx:${line}`),
    );
  });

  function withFrontMatter(change: (text: string) => string): string {
    return `${change(frontMatter)}\n\n<Step id="a" title="A">\n\n${good}\n\n</Step>\n`;
  }
});

function mistakesIn(
  source: string,
  validateCheck?: (check: CheckSpec) => string | undefined,
): readonly LessonMistake[] {
  return catchError(() => readLesson(source, { id: "c/l", file: "lesson.mdx", validateCheck })).mistakes;
}

function catchError(action: () => unknown): LessonError {
  try {
    action();
  } catch (error) {
    if (error instanceof LessonError) return error;
    throw error;
  }
  throw new Error("No mistake was found");
}
