import { describe, expect, it } from "vitest";
import { arePathsApart, isWorkspacePath } from "../../src/sandbox/kept-paths.ts";

describe("a path of a workspace", () => {
  it.each([
    ["a file", "app.py", true],
    ["the deepest that is taken", Array.from({ length: 64 }, () => "a").join("/"), true],
    ["a deeper one", Array.from({ length: 65 }, () => "a").join("/"), false],
    ["the longest name", "é".repeat(127), true],
    ["a longer name", "é".repeat(128), false],
    ["the longest path", Array.from({ length: 16 }, () => "a".repeat(255)).join("/"), true],
    [
      "a longer path, of letters that take two bytes",
      Array.from({ length: 17 }, () => "é".repeat(127)).join("/"),
      false,
    ],
    ["one that leads out", "a/../../b", false],
    ["one with an end in it", "a\0b", false],
    ["none", "", false],
  ])("is taken only if the machine would take it: %s", (_, path, is) => {
    expect(isWorkspacePath(path)).toBe(is);
  });
});

describe("paths that lie in one workspace", () => {
  const files = (...paths: string[]) => paths.map((path) => ({ path }));

  it.each<[string, Parameters<typeof arePathsApart>[0], boolean]>([
    ["a folder and what is in it", { files: files("a/b", "a/c/d"), folders: ["a", "a/c", "a"] }, true],
    ["names that begin alike", { files: files("a", "a-b/c", "a.b", "ab/c"), folders: ["a-b"] }, true],
    ["a file below a file, another name between them", { files: files("a", "a-b", "a/b"), folders: [] }, false],
    ["a folder far below a file", { files: files("a"), folders: ["a/b/c/d"] }, false],
    ["a file below a link", { files: files("a/b"), folders: [], links: files("a") }, false],
    ["a file twice", { files: files("a", "b", "a"), folders: [] }, false],
    ["a file and a folder of one name", { files: files("a"), folders: ["a"] }, false],
    ["a link and a file of one name", { files: files("a"), folders: [], links: files("a") }, false],
  ])("are apart, or are not: %s", (_, content, are) => {
    expect(arePathsApart(content)).toBe(are);
  });

  it("are compared in a moment, however deep they are", () => {
    const deep = Array.from({ length: 2000 }, (_, n) => `${n}/${"a/".repeat(2000)}a`);
    const begin = performance.now();
    expect(arePathsApart({ files: files(...deep), folders: [] })).toBe(true);
    // Quadratic in a path's length, it takes over ten seconds, and several times that where this takes three.
    expect(performance.now() - begin).toBeLessThan(9000);
  });
});
