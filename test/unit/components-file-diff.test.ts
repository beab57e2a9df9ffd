import { describe, expect, it } from "vitest";
import { compareFiles, describeLines, readLineKinds } from "../../src/components/file-diff.ts";

const numbers = (count: number) => Array.from({ length: count }, (_, n) => `line ${n + 1}\n`).join("");
const show = (before: string, after: string) =>
  compareFiles(before, after).map(
    ({ kind, text }) => `${{ same: " ", added: "+", removed: "-", gap: "" }[kind]}${text}`,
  );

describe("what changes in a file", () => {
  it("is shown among the lines around it", () => {
    expect(show("FROM a\nCOPY b\nCMD c\n", "FROM a\nRUN x\nCOPY b\nCMD d\n")).toEqual([
      " FROM a",
      "+RUN x",
      " COPY b",
      "-CMD c",
      "+CMD d",
    ]);
  });

  it("leaves out what is far from a change, and says so", () => {
    const before = numbers(30);
    const after = before.replace("line 5\n", "").replace("line 25\n", "line 25\nnew\n");
    expect(show(before, after)).toEqual([
      "⋯",
      " line 2",
      " line 3",
      " line 4",
      "-line 5",
      " line 6",
      " line 7",
      " line 8",
      "⋯",
      " line 23",
      " line 24",
      " line 25",
      "+new",
      " line 26",
      " line 27",
      " line 28",
      "⋯",
    ]);
  });

  it("has no gap at an end that it reaches", () => {
    expect(show(numbers(3), `${numbers(3)}line 4\n`)).toEqual([" line 1", " line 2", " line 3", "+line 4"]);
    expect(show("", "new\n")).toEqual(["+new"]);
    expect(show("old\n", "")).toEqual(["-old"]);
  });

  it("is nothing where only the end of the last line is missing", () => {
    expect(compareFiles("a\nb", "a\nb\n")).toEqual([]);
  });
});

it("carries the kinds of the lines in the words after the fence's language", () => {
  const lines = compareFiles(numbers(30), numbers(30).replace("line 15", "other"));
  expect(readLineKinds(describeLines(lines))).toEqual(lines.map(({ kind }) => kind));
  expect(readLineKinds("file=Dockerfile diff")).toBeUndefined();
  expect(readLineKinds(undefined)).toBeUndefined();
});
