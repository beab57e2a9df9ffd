import { expect, it } from "vitest";
import { describeMistake } from "../../src/lessons/lesson-error.ts";
import { examineLesson } from "../../src/lessons/read-lesson.ts";
import { check, hint, lesson, options, solution, step } from "./lessons-sources.ts";

const here = [{ path: "server.mjs", content: "", encoding: "utf8", executable: false }] as const;
const right = '<RunHere title="A shop" start="node server.mjs" port={3000} />';
const whole = `${check}\n\n${hint}\n\n${solution}`;
const withApp = (app: string) => step(`${app}\n\n${whole}`);
const examine = (source: string, files: typeof here | readonly [] = here) =>
  examineLesson(source, { ...options, here: files });
const mistakes = (source: string, files?: typeof here | readonly []) =>
  examine(source, files).mistakes.map((mistake) => describeMistake(mistake).replace("lesson.mdx:", ""));

it("reads an app, in a step or outside, and leaves the lesson's model as it is without it", () => {
  const inStep = examine(withApp(right));
  expect(inStep.mistakes).toEqual([]);
  expect(inStep.runHere).toEqual({ title: "A shop", start: "node server.mjs", port: 3000, files: here });
  expect(JSON.stringify(inStep.lesson)).toBe(JSON.stringify(examineLesson(step(whole), options).lesson));
  const outside = examine(lesson(`${right}\n\n<Step id="hello" title="Say hello">\n\n${whole}\n\n</Step>`));
  expect([outside.mistakes, outside.runHere?.title]).toEqual([[], "A shop"]);
});

it("has none where the lesson has none", () => {
  expect(examine(step(whole), []).runHere).toBeUndefined();
});

it.each([
  [
    "a port that is none",
    '<RunHere title="A" start="node server.mjs" port={0} />',
    /"port" of <RunHere> is 0\. Write the port/,
  ],
  ["a port in words", '<RunHere title="A" start="node server.mjs" port="3000" />', /"port" of <RunHere>/],
  ["no title", '<RunHere start="node server.mjs" port={3000} />', /<RunHere> has no "title"/],
  [
    "another program than node",
    '<RunHere title="A" start="npm start" port={3000} />',
    /"start" of <RunHere> is "npm start"\. Write node and a file/,
  ],
  ["nothing that node is to run", '<RunHere title="A" start="node --watch" port={3000} />', /Write node and a file/],
  [
    "a file that is not there",
    '<RunHere title="A" start="node app.mjs" port={3000} />',
    /starts app\.mjs, which is not in here\/\. There are server\.mjs\./,
  ],
  [
    "content",
    '<RunHere title="A" start="node server.mjs" port={3000}>It.</RunHere>',
    /<RunHere> has content\. Write it closed in itself/,
  ],
  ["a second one", `${right}\n\n${right}`, /The lesson has two <RunHere>\. Keep one/],
])("tells the author of %s", (_, app, message) => {
  expect(mistakes(withApp(app))).toEqual([expect.stringMatching(message)]);
});

it("tells the author of an app without a folder, and of a folder without an app", () => {
  expect(mistakes(withApp(right), [])).toEqual([
    expect.stringMatching(/Put the app into the folder here\/ beside lesson\.mdx/),
  ]);
  expect(mistakes(step(whole))).toEqual([expect.stringMatching(/Nothing runs what is in here\/\. Write <RunHere/)]);
});

it("takes options of node and words for the app", () => {
  const app = '<RunHere title="A" start="node --no-warnings server.mjs --loud" port={3000} />';
  expect(examine(withApp(app)).mistakes).toEqual([]);
});
