import { expect, test } from "vitest";
import { parseEntryPath, parseWorkspacePath } from "../../src/machine/v86/workspace-path.ts";

test("a path is taken apart into its names", () => {
  expect(parseWorkspacePath("")).toEqual([]);
  expect(parseWorkspacePath("app/src/ä b.txt")).toEqual(["app", "src", "ä b.txt"]);
  expect(parseEntryPath("app/index.html")).toEqual([["app"], "index.html"]);
});

test.each(["/etc", "a/", "a//b", ".", "a/..", "../x", "a/./b", "a\0b", "é".repeat(128)])(
  "the path %j is refused",
  (path) => {
    expect(() => parseWorkspacePath(path)).toThrow(expect.objectContaining({ code: "invalid-path" }) as Error);
  },
);

test("the workspace itself is not an entry of it", () => {
  expect(() => parseEntryPath("")).toThrow(/names no file/);
});
