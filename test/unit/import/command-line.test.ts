import { execFile } from "node:child_process";
import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readArguments } from "../../../src/authoring/import/arguments.ts";
import { folderOf, killercodaScenario } from "./fixtures.ts";

describe("npm run import", () => {
  let folder = "";
  let content = "";

  beforeAll(async () => {
    folder = await folderOf(killercodaScenario);
    content = await folderOf({ "other/01-broken/lesson.mdx": "<Step" });
  });
  afterAll(async () => {
    await rm(folder, { recursive: true });
    await rm(content, { recursive: true });
  });

  it("says how it is called when it was called otherwise", async () => {
    const { code, stderr } = await run(["--wobble"]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^Unknown option '--wobble'\.\n\nnpm run import -- FOLDER/);
    expect(stderr).not.toContain("    at ");
  });

  it("says in a sentence that a folder is not there", async () => {
    const { code, stderr } = await run([join(folder, "nowhere"), "--content", content]);
    expect(code).toBe(1);
    expect(stderr).toBe(`There is no folder ${join(folder, "nowhere")}. Name a folder that exists.\n`);
  });

  it("writes the lesson, and reports no mistakes of other lessons", async () => {
    const { code, stdout } = await run([folder, "--content", content, "--course", "broken"]);
    expect(code).toBe(0);
    expect(stdout).toContain("written as broken/01-serve-a-page/lesson.mdx");
    expect(stdout).toContain("The lesson can be built.");
    expect(await readdir(join(content, "broken"))).toEqual(["01-serve-a-page", "course.yaml"]);
  });
});

describe("what it is called with", () => {
  it.each([
    [[], "Name the folder to be imported."],
    [["a", "b"], "“b” is one more"],
    [["a", "--wobble"], "Unknown option"],
    [["a", "--course"], "argument missing"],
    [["a", "--help=3"], "--help"],
  ])("%j is refused with its usage", (argv, message) => {
    expect(() => readArguments(argv)).toThrow(
      expect.objectContaining({ name: "UsageError", message: expect.stringContaining(message) as string }) as Error,
    );
  });

  it.each(["../evil", "My Course", "a/b", "", "."])("the course %j is refused", (course) => {
    expect(() => readArguments(["a", "--course", course])).toThrow(
      expect.objectContaining({
        name: "AuthoringError",
        hint: "A folder's name has small letters, digits and dashes, such as containers.",
      }) as Error,
    );
  });

  it("is read with its defaults", () => {
    expect(readArguments(["a"])).toEqual({ folder: "a", course: "imported", content: undefined });
    expect(readArguments(["a", "-h"])).toBe("help");
  });
});

function run(argv: readonly string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const script = join(import.meta.dirname, "../../../src/authoring/import/import.ts");
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [script, ...argv], (_, stdout, stderr) => {
      resolve({ code: child.exitCode ?? -1, stdout, stderr });
    });
  });
}
