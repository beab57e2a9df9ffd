import { describe, expect, it } from "vitest";
import { listTree, nameProblem } from "../../src/sandbox/editor/workspace-tree.ts";
import { FakeWorld } from "./checks-fakes.ts";

describe("the tree of files", () => {
  it("puts folders first, each followed by what is in it", async () => {
    const world = new FakeWorld();
    for (const path of ["b.txt", "app/z/deep.txt", "app/a.txt", "a.txt"]) world.saves(path, "");
    const { entries, isPartial } = await listTree(world.workspace);
    expect(entries.map(({ path, depth }) => `${depth} ${path}`)).toEqual([
      "0 app",
      "1 app/z",
      "2 app/z/deep.txt",
      "1 app/a.txt",
      "0 a.txt",
      "0 b.txt",
    ]);
    expect(isPartial).toBe(false);
  });

  it("says when there are more files than it lists", async () => {
    const world = new FakeWorld();
    for (let n = 0; n < 500; n++) world.saves(`file-${n}`, "");
    const { entries, isPartial } = await listTree(world.workspace);
    expect(entries).toHaveLength(400);
    expect(isPartial).toBe(true);
  });

  it.each([
    ["", "Give it a name."],
    ["/etc/passwd", "Leave out the / at the start: the name begins in /workspace."],
    ["a/../b", "This is no path below /workspace."],
    ["Dockerfile", "There is already something called Dockerfile."],
    ["app/Dockerfile", undefined],
  ])("says what is wrong with the name %j", (name, problem) => {
    expect(nameProblem(name, new Set(["Dockerfile"]))).toBe(problem);
  });
});
