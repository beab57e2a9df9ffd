import { readdir, rm } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { readEffort } from "../../../src/authoring/import/killercoda-effort.ts";
import type { ImportNote } from "../../../src/authoring/import/scenario.ts";
import { folderOf, pixel, type Files } from "./fixtures.ts";
import { importFiles, importInto, importStep, notesAbout } from "./imported.ts";

/** A scenario with these assets. */
function withAssets(assets: unknown, more: Files): Files {
  const steps = [{ title: "Do it", text: "step1/text.md" }];
  return { "index.json": JSON.stringify({ title: "A lesson", details: { steps, assets } }), ...more };
}

const text = { "step1/text.md": "`ls`{{exec}}\n" };

describe("assets of a scenario", () => {
  it("of both hosts are there once when they are the same", async () => {
    const asset = { file: "a.txt", target: "~/" };
    const world = await importFiles({
      ...withAssets({ host01: [asset], host02: [asset] }, { "assets/a.txt": "a" }),
      ...text,
    });
    expect(world.mistakes).toEqual([]);
    expect(world.files.get("files/a.txt")?.toString()).toBe("a");
    expect(notesAbout(world, /another host/)).toHaveLength(1);
  });

  it("that meet at one place have names of their own, which is noted", async () => {
    const assets = {
      host01: [
        { file: "a.txt", target: "~/" },
        { file: "b/a.txt", target: "/root" },
        { file: "b/a.txt", target: "~/a.txt/deep" },
      ],
    };
    const world = await importFiles({
      ...withAssets(assets, { "assets/a.txt": "first", "assets/b/a.txt": "second" }),
      ...text,
    });
    expect(world.mistakes).toEqual([]);
    expect(world.files.get("files/a.txt")?.toString()).toBe("first");
    expect(world.files.get("files/a-2.txt")?.toString()).toBe("second");
    expect(notesAbout(world, /has its place already; here it is a-2\.txt/)).toHaveLength(1);
  });

  it("are noted when a pattern fits none, with a folder or without", async () => {
    for (const more of [{}, { "assets/a.txt": "a" }]) {
      const world = await importFiles({
        ...withAssets({ host01: [{ file: "*.conf", target: "~/" }] }, more),
        ...text,
      });
      expect(notesAbout(world, /fits no file/)).toHaveLength(1);
    }
  });

  it("can be executed when the scenario says so", async () => {
    const assets = ["+x", "0755", "0644"].map((mode, n) => ({ file: `${n}.sh`, target: "~/", chmod: mode }));
    const files = Object.fromEntries(assets.map(({ file }) => [`assets/${file}`, file]));
    const world = await importFiles({ ...withAssets({ host01: assets }, files), ...text });
    expect(world.lesson.lesson.files.map(({ executable }) => executable)).toEqual([true, true, false]);
  });
});

describe("files that nothing names", () => {
  it("are noted with their content, or their size where they are no text or long", async () => {
    const world = await importStep("`ls`{{exec}}\n", {
      "step1/solution.sh": "docker ps {x} */\n",
      "assets/unlisted.bin": new Uint8Array([0, 1, 255]),
      "assets/long.txt": "x".repeat(30_000),
    });
    const notes = notesAbout(world, /nothing in the scenario names/).map(({ file, original }) => [file, original]);
    expect(notes).toEqual([
      ["assets/long.txt", "assets/long.txt (30000 bytes)"],
      ["assets/unlisted.bin", "assets/unlisted.bin (3 bytes that are no text)"],
      ["step1/solution.sh", "docker ps {x} */\n"],
    ]);
    expect(world.source).toContain("docker ps {x} * /\n*/}");
  });
});

describe("a script that verifies", () => {
  const verified = (script: string) =>
    importStep("Text\n", {
      "index.json": JSON.stringify({
        title: "A lesson",
        details: { steps: [{ title: "Do it", text: "step1/text.md", verify: "verify.sh" }] },
      }),
      "verify.sh": script,
    });

  it.each([
    ["#!/bin/bash\ntest -f a\n", "test -f a"],
    ["#!/usr/bin/env bash\n\n\ntest -f a\n\n\n\ntest -f b\n", "test -f a\n\n\n\ntest -f b"],
    ["#!/bin/sh -ex\ntest -f a\n", "set -ex\ntest -f a"],
    ["test `x` \"\\\\${y}\" '\\n'\n", "test `x` \"\\\\${y}\" '\\n'"],
    ["if a\nthen\n    b\n\tc\nfi", "if a\nthen\n    b\n\tc\nfi"],
  ])("is run by the check as it is: %j", async (script, command) => {
    const { lesson } = await verified(script);
    expect(lesson.lesson.steps[0]?.checks).toEqual([{ kind: "command", run: command, exitCode: 0 }]);
  });

  it("for another program than a shell is noted, and no check", async () => {
    const script = "#!/usr/bin/env python3\nprint({})\n";
    const world = await importStep("`ls`{{exec}}\n", {
      "index.json": JSON.stringify({
        title: "A lesson",
        details: { steps: [{ title: "Do it", text: "step1/text.md", verify: "verify.py" }] },
      }),
      "verify.py": script,
    });
    expect(notesAbout(world, /is for python3/).map(({ original }) => original)).toEqual([script]);
    expect(world.lesson.lesson.steps[0]?.checks).toEqual([{ kind: "terminal", command: "ls" }]);
  });
});

describe("the time of a scenario", () => {
  it.each([
    [10, 10, 0],
    ["15", 15, 0],
    ["10 minutes", 10, 0],
    ["1 hour", 60, 0],
    ["0.5h", 30, 0],
    ["1h 30m", 60, 1],
    ["5-10 minutes", undefined, 1],
    ["90 seconds", undefined, 1],
    ["soon", undefined, 1],
  ])("%j is %j minutes, with %i notes", (time, minutes, count) => {
    const notes: ImportNote[] = [];
    expect(readEffort({ time, difficulty: undefined }, "index.json", notes).minutes).toBe(minutes);
    expect(notes.map(({ original }) => original)).toEqual(count === 0 ? [] : [String(time)]);
  });
});

describe("an import that fails", () => {
  it("leaves nothing behind when something that is named is not there", async () => {
    const source = await folderOf({
      ...withAssets({ host01: [{ file: "missing.txt", target: "~/" }] }, { "p.png": pixel }),
      ...text,
    });
    const content = await folderOf({});
    await expect(importInto(source, content)).rejects.toThrow("The file “assets/missing.txt” is named");
    expect(await readdir(content)).toEqual([]);
    await rm(source, { recursive: true });
    await rm(content, { recursive: true });
  });

  it("takes back what it wrote when a file cannot be written", async () => {
    // No disk takes a name of more than 255 bytes, but `target` may have one.
    const target = `~/${"x".repeat(300)}`;
    const source = await folderOf({
      ...withAssets({ host01: [{ file: "a.txt", target }] }, { "assets/a.txt": "a" }),
      ...text,
    });
    const content = await folderOf({});
    await expect(importInto(source, content)).rejects.toMatchObject({ code: "ENAMETOOLONG" });
    expect(await readdir(content)).toEqual([]);
    await rm(source, { recursive: true });
    await rm(content, { recursive: true });
  });
});
