// Over 250 lines because it is one list of lessons, each with the data that it becomes.
import { describe, expect, it } from "vitest";
import type { CheckSpec, Lesson } from "../../src/lessons/model.ts";
import { readLesson } from "../../src/lessons/read-lesson.ts";
import { check, hint, lesson, options, solution, step, withEntry } from "./lessons-sources.ts";

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

<Check kind="file" path="hello.txt" id="there" />
<Check kind="container" exitCode={0} ports={{ "80/tcp": 8080 }} gone args={["-l", -1, null, true]} after="there" />

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

\`\`\`sh run interrupt background
cat <<'EOF' > hello.txt
hello {there}
EOF
\`\`\`

</Solution>

<Wrong because="the file is empty">

\`\`\`sh run
touch hello.txt
\`\`\`

\`\`\`sh run fails
cat hello.text
\`\`\`

\`\`\`sh run undo
rm hello.txt
\`\`\`

</Wrong>
</Step>
`);
    const machine = "machine: { terminals: 2, images: [busybox:latest], features: [swarm] }";
    expect(readLesson(withEntry(machine, source), { ...options, id: "course/hello" })).toEqual({
      id: "course/hello",
      title: "Say hello",
      machine: { terminals: 2, images: ["busybox:latest"], features: ["swarm"] },
      start: null,
      files: [],
      steps: [
        {
          id: "hello",
          title: "Say hello",
          files: [],
          checks: [
            { kind: "file", path: "hello.txt", id: "there" },
            {
              kind: "container",
              exitCode: 0,
              ports: { "80/tcp": 8080 },
              gone: true,
              args: ["-l", -1, null, true],
              after: "there",
            },
          ],
          hints: 2,
          solution: [
            { type: "file", path: "app/Dockerfile", content: "FROM busybox\n" },
            {
              type: "command",
              command: "cat <<'EOF' > hello.txt\nhello {there}\nEOF",
              terminal: 1,
              background: true,
              interrupt: true,
            },
          ],
          wrong: [
            {
              because: "the file is empty",
              actions: [command("touch hello.txt"), { ...command("cat hello.text"), fails: true }],
              undo: [command("rm hello.txt")],
            },
          ],
        },
      ],
    });
  });

  it("carries out what its solutions and wrong work hold in lists, quotes and notes, from top to bottom", () => {
    const source = step(`${check}

${hint}

<Solution>

1. First:

   \`\`\`sh run
   one
   \`\`\`

2. Then:

   - \`\`\`txt file=two
     2
     \`\`\`

> \`\`\`sh run
> three
> \`\`\`

<Note>

\`\`\`sh run
four
\`\`\`

</Note>
</Solution>

<Wrong because="it is">
<Note>

\`\`\`sh run
five
\`\`\`

1. \`\`\`sh run undo
   six
   \`\`\`

</Note>
</Wrong>`);
    expect(readLesson(source, options).steps[0]).toMatchObject({
      solution: [command("one"), { type: "file", path: "two", content: "2\n" }, command("three"), command("four")],
      wrong: [{ actions: [command("five")], undo: [command("six")] }],
    });
  });

  it("has told nothing of a file that only wrong work writes, however deep in it", () => {
    const wrong = '<Wrong because="x">\n<Note>\n\n```txt file=a\n1\n```\n\n</Note>\n</Wrong>';
    const source = step(`${check}\n\n${hint}\n\n${solution}\n\n${wrong}\n\n\`\`\`txt file=a diff\n2\n\`\`\``);
    expect(() => readLesson(source, options)).toThrow("a is shown as a diff, but nothing before says what was in it.");
  });

  it("writes an empty file for an empty block", () => {
    const source = step(`${check}\n\n${hint}\n\n<Solution>\n\n\`\`\`txt file=a\n\`\`\`\n\n</Solution>`);
    expect(readLesson(source, options).steps[0]?.solution).toEqual([{ type: "file", path: "a", content: "" }]);
  });

  it("may have comments, small HTML and a component in one line", () => {
    const source = step(`{/* for authors */}\n\nPress <kbd>Ctrl</kbd>.\n\n${check} ${check}\n\n${hint}\n\n${solution}`);
    expect(readLesson(source, options).steps[0]?.checks).toHaveLength(2);
  });

  it("may combine checks, one in another", () => {
    const source = step(`<Check any id="either">
  <Check kind="file" path="a" />
  <Check all><Check kind="file" path="b" /><Check kind="file" path="c" /></Check>
</Check>

<Check not after="either">
  <Check kind="file" path="d" />
</Check>

${hint}

${solution}`);
    const file = (path: string) => ({ kind: "file", path });
    expect(readLesson(source, options).steps[0]?.checks).toEqual([
      { kind: "any", of: [file("a"), { kind: "all", of: [file("b"), file("c")] }], id: "either" },
      { kind: "not", of: [file("d")], after: "either" },
    ]);
  });

  it("has its checks looked at by whoever knows their kinds, without what every check may have", () => {
    const seen: CheckSpec[] = [];
    const checks = `<Check kind="a" id="x" />\n<Check any after="x"><Check kind="b" /><Check kind="c" /></Check>`;
    const validateCheck = (spec: CheckSpec) => {
      seen.push(spec);
      return undefined;
    };
    readLesson(step(`${checks}\n\n${hint}\n\n${solution}`), { ...options, validateCheck });
    expect(seen).toEqual([{ kind: "a" }, { kind: "b" }, { kind: "c" }]);
  });

  it("has the checks of each step looked at together", () => {
    const source = step(`<Check not><Check kind="a" /></Check>\n\n${hint}\n\n${solution}`);
    const validateChecks = (specs: readonly CheckSpec[]) => `Only ${specs.map(({ kind }) => kind).join(", ")}.`;
    expect(() => readLesson(source, { ...options, validateChecks })).toThrow("lesson.mdx:11  Only not.");
  });

  it("begins with the files of its folder and adds those of its steps", () => {
    const shown = '<File path="start.txt" write />\n<File path="more.txt" />\n\n```txt file=more.txt diff\nless\n```';
    const source = step(`${shown}\n\n${check}\n\n${hint}\n\n${solution}`);
    const stepFiles = new Map([["hello", [file("more.txt")]]]);
    const read = readLesson(source, { ...options, files: [file("start.txt")], stepFiles });
    expect([read.files, read.steps[0]?.files]).toEqual([[file("start.txt")], [file("more.txt")]]);
  });

  it("goes on from the end of an earlier one, and from where that one began", () => {
    const raw = { ...file("raw"), encoding: "base64" } as const;
    const read = (name: string, earlier?: Lesson) => {
      const source = step(`${check}\n\n${hint}\n\n${solution}`);
      return readLesson(earlier ? withEntry("startsFrom: before\nmachine: { images: [a:1] }", source) : source, {
        ...options,
        id: `c/${name}`,
        earlier: new Map(earlier && [["before", { lesson: earlier, isWhole: true }]]),
        files: [{ ...file(`${name}.txt`), executable: true }],
        stepFiles: new Map([["hello", [raw]]]),
      });
    };
    const third = read("third", read("second", read("first")));
    expect(third.machine.images).toEqual(["a:1"]);
    expect(third.start).toEqual({
      lesson: "c/second",
      title: "Say hello",
      files: [{ ...file("first.txt"), executable: true }, raw, raw],
      actions: [
        command("echo hello > hello.txt"),
        { type: "file", path: "second.txt", content: "in second.txt", executable: true },
        command("echo hello > hello.txt"),
      ],
    });
  });
});

it("a space may be written as an expression, as where an element ends a line", () => {
  const quiz = `<Quiz id="q" question="What?">
  <Answer right>A <b>ship</b>{" "}<i>sails</i> <Because>It does.</Because></Answer>{" "}
  <Answer>A fish <Because>It swims.</Because></Answer>
</Quiz>`;
  const source = step(`Press <kbd>Ctrl</kbd>{" "}\n<kbd>C</kbd>.{' '}\n\n{\`\n\`}\n\n${quiz}`);
  const { steps } = readLesson(source, options);
  expect(steps[0]?.wrong).toMatchObject([{ because: "“A fish” is not the answer of the quiz q" }]);
  const [ship] = readLesson(
    source.replace("<Answer right>", "<Answer>").replace("<Answer>A fish", "<Answer right>A fish"),
    options,
  ).steps;
  expect(ship?.wrong).toMatchObject([{ because: "“A ship sails” is not the answer of the quiz q" }]);
});

describe("a quiz", () => {
  it("is a check of its step, answered by the solution, with every wrong answer as wrong work", () => {
    const source = step(`<Quiz id="layers" question="What is a layer?">
  <Answer right>A change <Because>It is.</Because></Answer>
  <Answer>
    A container
    <Because>It is not.</Because>
  </Answer>
  <Answer>A \`volume\` <Because>It is not.</Because></Answer>
</Quiz>`);
    const spec = { kind: "quiz", id: "layers", quiz: "layers", type: "one", question: "What is a layer?", right: [0] };
    expect(readLesson(source, options).steps[0]).toMatchObject({
      checks: [{ ...spec, answers: 3 }],
      hints: 0,
      solution: [{ type: "answer", quiz: "layers", answer: [0] }],
      wrong: [
        { because: "“A container” is not the answer of the quiz layers", actions: [{ answer: [1] }], undo: [] },
        { because: "“A volume” is not the answer of the quiz layers", actions: [{ answer: [2] }], undo: [] },
      ],
    });
  });

  it("may have many answers, an order or a number", () => {
    const because = "<Because>So it is.</Because>";
    const source = step(`<Quiz id="many" question="Which?" type="many">
  <Answer right>A ${because}</Answer>
  <Answer>B ${because}</Answer>
  <Answer right>C ${because}</Answer>
</Quiz>

<Quiz id="order" question="First?" type="order">
  <Answer>One</Answer>
  <Answer>Two</Answer>
  ${because}
</Quiz>

<Quiz id="number" question="How many?" type="number" answer={12} tolerance={0.5} unit="MB">
  ${because}
</Quiz>`);
    const { checks = [], wrong = [] } = readLesson(source, options).steps[0] ?? {};
    expect(checks).toMatchObject([
      { type: "many", right: [0, 2], answers: 3 },
      { type: "order", right: [0, 1], answers: 2 },
      { type: "number", right: [12], tolerance: 0.5 },
    ]);
    expect(wrong.map(({ actions }) => actions[0])).toMatchObject([
      { answer: [0, 1, 2] },
      { answer: [1, 0] },
      { answer: [13.5] },
    ]);
  });

  it("outside of the steps is no check", () => {
    const quiz = '<Quiz id="q" question="Q?" type="number" answer={1}><Because>One.</Because></Quiz>';
    const source = lesson(`${quiz}\n\n<Step id="a" title="A">\n${check}\n\n${hint}\n\n${solution}\n</Step>`);
    expect(readLesson(source, options).steps.map(({ checks }) => checks.length)).toEqual([1]);
  });
});

function command(text: string) {
  return { type: "command", command: text, terminal: 1, background: false, interrupt: false };
}

function file(path: string) {
  return { path, encoding: "utf8", content: `in ${path}`, executable: false } as const;
}
