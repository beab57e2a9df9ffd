import https from "node:https";
import { afterEach, beforeEach, describe, expect, it, test, vi } from "vitest";
import { completeDockerfile, suggestImages } from "../../src/sandbox/editor/dockerfile-service.ts";
import { findProblems } from "../../src/sandbox/editor/find-problems.ts";
import { canFormat, formatText } from "../../src/sandbox/editor/format-text.ts";
import { modeOf } from "../../src/sandbox/editor/language-of.ts";

test.each([
  ["Dockerfile", "dockerfile"],
  ["app/Dockerfile.dev", "dockerfile"],
  ["web.dockerfile", "dockerfile"],
  ["Containerfile", "dockerfile"],
  ["Dockerfile.dockerignore", "plaintext"],
  [".dockerignore", "plaintext"],
  [".env", "plaintext"],
  ["compose.yaml", "yaml"],
  ["package.json", "json"],
  ["run.sh", "shell"],
  ["server.mjs", "javascript"],
  ["server.ts", "typescript"],
  ["app.py", "python"],
  ["LICENSE", "plaintext"],
])("%s is %s", (path, mode) => {
  expect(modeOf(path)).toBe(mode);
});

// As in a page, which has none.
beforeEach(() => void vi.stubGlobal("Buffer", undefined));
afterEach(() => void vi.unstubAllGlobals());

describe("problems", () => {
  it("of a Dockerfile are found with their lines, from the top", async () => {
    const problems = await findProblems("Dockerfile", "FROM busybox\nEXEC echo\ncmd one\nCMD two\n");
    expect(problems.map(({ line, severity, message }) => `${line} ${severity} ${message}`)).toEqual([
      "2 error Unknown instruction: EXEC",
      expect.stringMatching(/^3 warning There can only be one CMD/),
      "3 warning Instructions should be written in uppercase letters",
    ]);
    expect(problems[0]).toMatchObject({ column: 1, endLine: 2, endColumn: 5 });
  });

  it("are none in an empty Dockerfile, which is about to be written", async () => {
    expect(await findProblems("Dockerfile", "\n")).toEqual([]);
  });

  it.each([
    ['{\n  "a": \n}\n', "3:1 A value is expected here"],
    ['{ "a": [\n1', "2:2 The text ends too early"],
    ['{ "a": 1,\n}', "2:1 A name in double quotes is expected here"],
    ["{ a: 1 }", "1:3 A name in double quotes is expected here"],
    ['{ "a" 1 }', "1:7 A colon is expected here"],
    ["[1 2]", "1:4 A comma or ] is expected here"],
    ["[01]", "1:3 A comma or ] is expected here"],
    ["{} {}", "1:4 Nothing may come after the end"],
    ["['a']", "1:2 A value is expected here"],
    ["[".repeat(100_000), "1:100001 The text ends too early"],
    ['{ "a": [1, { "b": null, "c": "\\u00e9" }], "d": -1.5e3, "e": {}, "f": [] }', undefined],
  ])("of JSON are found with their place: %j", async (text, wanted) => {
    const [problem] = await findProblems("a.json", text);
    expect(problem && `${problem.line}:${problem.column} ${problem.message}`).toBe(wanted);
  });

  it("of YAML are found, in each of its documents", async () => {
    const problems = await findProblems("compose.yml", "a: 1\n---\nservices:\n  web: [1\n");
    expect(problems[0]).toMatchObject({ severity: "error" });
    expect(problems[0]?.line).toBeGreaterThanOrEqual(4);
    expect(await findProblems("compose.yml", "services:\n  web:\n    image: busybox\n")).toEqual([]);
  });
});

describe("completion in a Dockerfile", () => {
  const complete = async (text: string) => {
    const lines = text.split("\n");
    const items = await completeDockerfile(text, { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 });
    return items.map(({ label }) => label);
  };

  it("offers instructions", async () => {
    expect(await complete("FROM busybox\nWO")).toEqual([expect.stringContaining("WORKDIR")]);
  });

  it("offers the images of the engine, and asks no registry for tags", async () => {
    const asked = vi.spyOn(https, "get");
    suggestImages(() => Promise.resolve(["busybox:latest", "alpine:3.20", "alpine:3.21"]));
    expect(await complete("FROM b")).toEqual(["busybox"]);
    expect(await complete("FROM al")).toEqual(["alpine:3.20", "alpine:3.21"]);
    expect(await complete("FROM alpine:3")).toEqual(["3.20", "3.21"]);
    expect(asked).not.toHaveBeenCalled();
  });
});

describe("formatting", () => {
  const format = async (path: string, marked: string) => {
    const cursor = marked.indexOf("|");
    const formatted = await formatText(path, marked.replace("|", ""), cursor);
    return `${formatted.text.slice(0, formatted.cursor)}|${formatted.text.slice(formatted.cursor)}`;
  };

  it.each([
    ["Dockerfile", "FROM busybox\n   RUN ec|ho a \\\n&& echo b\n", "FROM busybox\nRUN ec|ho a \\\n    && echo b\n"],
    ["web.dockerfile", "FROM a|", "FROM a|\n"],
    ["a.json", '{"a":1,"b|":[1,2]}', '{ "a": 1, "b|": [1, 2] }\n'],
    ["a.yaml", "a:    1\nb:\n    - |x\n", "a: 1\nb:\n  - |x\n"],
    ["a.mjs", "const a = 'b|'", 'const a = "b|";\n'],
    ["a.ts", "let a:number|=1", "let a: number| = 1;\n"],
  ])("puts %s in order, and leaves the cursor where it was", async (path, before, after) => {
    expect(await format(path, before)).toBe(after);
  });

  it("refuses what it does not understand, and there is none for other texts", async () => {
    await expect(formatText("a.json", "{", 0)).rejects.toThrow();
    expect(["a.py", "run.sh", "notes"].map(canFormat)).toEqual([false, false, false]);
  });
});
