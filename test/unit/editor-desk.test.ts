import { beforeEach, describe, expect, it } from "vitest";
import { EditorDesk } from "../../src/sandbox/editor/editor-desk.ts";
import { FileProblems } from "../../src/sandbox/editor/file-problems.ts";
import { solutionOf } from "../../src/sandbox/editor/solution-of.ts";
import type { TextEditor } from "../../src/sandbox/editor/text-editor.ts";
import type { Lesson } from "../../src/lessons/model.ts";
import { FakeClock, settle } from "./checks-fakes.ts";
import { FakeWorkspace } from "./sandbox-fakes.ts";

let workspace: FakeWorkspace;
let desk: EditorDesk;
let clock: FakeClock;
let cursor: number;
let wentTo: string[];
let seen: number;

beforeEach(() => {
  workspace = new FakeWorkspace();
  clock = new FakeClock();
  cursor = 0;
  wentTo = [];
  seen = 0;
  const editor: TextEditor = {
    mount: () => undefined,
    show: () => undefined,
    replace: (_path, _text, at) => (cursor = at ?? cursor),
    forget: () => undefined,
    focus: () => undefined,
    cursor: () => cursor,
    goTo: (line, column) => wentTo.push(`${line}:${column}`),
    mark: () => undefined,
    [Symbol.dispose]: () => undefined,
  };
  desk = new EditorDesk({
    workspace,
    editor,
    clock,
    solutionOf: (path) => (path === "Dockerfile" ? "FROM busybox\n" : undefined),
    onSolutionSeen: () => seen++,
  });
});

async function open(path: string, text: string) {
  workspace.save(path, text);
  await desk.files.show(path);
}

describe("format", () => {
  it("changes the text as if it had been typed", async () => {
    await open("Dockerfile", "FROM busybox\n  RUN true\n");
    cursor = 17;
    await desk.format();
    await desk.files.save();
    expect(workspace.text()).toEqual({ Dockerfile: "FROM busybox\nRUN true\n" });
    expect(cursor).toBe(15);
    expect(desk.formatting.value).toBe("Formatted");
  });

  it("does not touch what was typed while it worked", async () => {
    await open("Dockerfile", "FROM busybox\n  RUN true\n");
    const formatting = desk.format();
    desk.files.edit("Dockerfile", "FROM busybox\n  RUN false\n");
    await formatting;
    expect(desk.files.open.value?.text).toBe("FROM busybox\n  RUN false\n");
    expect(desk.formatting.value).toContain("you typed on");
  });

  it("says in one line why it could not", async () => {
    await open("a.json", "{");
    await desk.format();
    expect(desk.formatting.value).toMatch(/^Not formatted: .+$/);
    expect(desk.files.open.value?.text).toBe("{");
  });
});

describe("comparing", () => {
  it("with the solution counts as having seen it, and only where there is one", async () => {
    await open("notes", "x");
    desk.compareWithSolution();
    expect([desk.comparison.value, seen]).toEqual([undefined, 0]);
    await open("Dockerfile", "x");
    desk.compareWithSolution();
    expect(desk.comparison.value).toMatchObject({ path: "Dockerfile", other: "FROM busybox\n" });
    expect(seen).toBe(1);
    await desk.files.show("notes");
    expect(desk.comparison.value).toBeUndefined();
  });

  it("with the terminal shows what is there while both sides differ", async () => {
    await open("notes", "old");
    await desk.compareWithTerminal("notes");
    expect(desk.comparison.value).toBeUndefined();
    desk.files.edit("notes", "mine");
    workspace.save("notes", "theirs");
    await settle();
    await desk.compareWithTerminal("notes");
    expect(desk.comparison.value?.other).toBe("theirs");
  });

  it("takes what a step's solution writes last, of the step that is open", () => {
    const file = (path: string, content: string) => ({ type: "file", path, content });
    const steps = [
      { id: "one", solution: [file("a", "1"), file("b", "x"), file("a", "2")] },
      { id: "two", solution: [file("a", "3")] },
    ] as unknown as Lesson["steps"];
    expect(solutionOf({ steps }, "one", "a")).toBe("2");
    expect(solutionOf({ steps }, "two", "a")).toBe("3");
    expect(solutionOf({ steps }, "two", "b")).toBeUndefined();
    expect(solutionOf({ steps }, undefined, "a")).toBeUndefined();
    expect(solutionOf(null, "one", "a")).toBeUndefined();
  });
});

describe("problems", () => {
  it("are looked for a moment after the last key, and F8 goes round them", async () => {
    await open("Dockerfile", "FROM busybox\nEXEC a\nPASTE b\n");
    expect(desk.shownProblems.value).toEqual([]);
    await clock.pass(400);
    await expect.poll(() => desk.shownProblems.value.map(({ line }) => line)).toEqual([2, 3]);
    for (cursor of [0, 13, 20]) desk.goToNextProblem();
    expect(wentTo).toEqual(["2:1", "3:1", "2:1"]);
    desk.files.edit("Dockerfile", "FROM busybox\n");
    await clock.pass(400);
    await expect.poll(() => desk.shownProblems.value).toEqual([]);
  });

  it("of a text that is no longer there are not shown", async () => {
    let answer: (() => void) | undefined;
    const problems = new FileProblems({
      clock,
      find: (_, text) =>
        new Promise((resolve) => {
          answer = () => resolve([{ line: 1, column: 1, endLine: 1, endColumn: 1, severity: "error", message: text }]);
        }),
      mark: () => undefined,
    });
    problems.look("a", "old");
    await clock.pass(400);
    const late = answer;
    problems.look("a", "new");
    await clock.pass(400);
    late?.();
    await settle();
    expect(problems.of("a").value).toEqual([]);
    answer?.();
    await settle();
    expect(problems.of("a").value.map(({ message }) => message)).toEqual(["new"]);
  });
});
