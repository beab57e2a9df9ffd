import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { root } from "../../src/server/build-site.ts";

/** What is misspelt, in which file of a checkout that has nothing else in it, and the text of that file. */
const misspelt: readonly [what: string, file: string, text: string][] = [
  ["prose", "content/course/01-prose/lesson.mdx", "A contianer is a running copy."],
  ["a title", "content/course/02-title/lesson.mdx", '<Step id="first" title="Run a contianer">'],
  [
    "what a picture shows",
    "content/course/03-alt/lesson.mdx",
    '<Figure src="a.svg" alt="A ship with one contianer" />',
  ],
  ["the reason of an answer", "content/course/04-because/lesson.mdx", "<Because>It is a contianer.</Because>"],
  ["what comes after code", "content/course/05-after/lesson.mdx", "`a`\n\n```sh run\ndocker ps\n```\n\nA contianer."],
  ["the words on a picture", "content/course/01-prose/a.svg", "<svg><text>contianer</text></svg>"],
  ["a course", "content/course/course.yaml", "title: Your first contianer"],
  ["the glossary", "content/glossary.yaml", "- definition: >-\n    A running contianer."],
  ["the readme", "README.md", "Run a contianer."],
  ["a page", "src/pages/example.astro", "<p>There is no such contianer.</p>"],
  ["a sentence of the workbench", "src/sandbox/example.ts", 'export const title = "The contianer has ended";'],
];
const american = "The behavior of a labeled color, once canceled, is in the catalog.";
const code = [
  "Run `dokcer ps -a`, or see https://example.org/contianer:",
  "````mdx\n```sh run\ndokcer ps\n```\n````",
  '<Check kind="terminal" command="dokcer ps" />',
].join("\n\n");

let found: ReadonlyMap<string, readonly string[]>;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "drydock-spelling-"));
  for (const part of ["cspell.config.yaml", "test/spelling"])
    await cp(join(root, part), join(folder, part), { recursive: true });
  const files = misspelt.map(([, file, text]) => [file, text] as const);
  for (const [file, text] of [...files, ["content/american.mdx", american], ["content/code.mdx", code]] as const) {
    await mkdir(dirname(join(folder, file)), { recursive: true });
    await writeFile(join(folder, file), text);
  }
  found = spellCheck();
});

afterAll(() => rm(folder, { recursive: true }));

describe("the spell check", () => {
  it.each(misspelt)("finds a misspelt word in %s", (_, file) => {
    expect(found.get(file)).toEqual(["contianer"]);
  });

  it("finds American spelling", () => {
    expect(found.get("content/american.mdx")).toEqual(["behavior", "labeled", "color", "canceled", "catalog"]);
  });

  it("reads no code, no checks and no addresses", () => {
    expect(found.get("content/code.mdx")).toBeUndefined();
  });
});

describe("the list of our own words", () => {
  it("is sorted, and has each word once", () => {
    const words = readFileSync(join(root, "test/spelling/words.txt"), "utf8").trimEnd().split("\n");
    const sorted = new Set(words.map((word) => word.toLowerCase()).sort());
    expect(words.map((word) => word.toLowerCase())).toEqual([...sorted]);
  });
});

/** What `npm run spell` finds in the example checkout: the words, by file. */
function spellCheck(): Map<string, string[]> {
  const cspell = join(root, "node_modules/cspell/bin.mjs");
  const { stdout, status } = spawnSync(process.execPath, [cspell, "lint", "--no-progress"], {
    cwd: folder,
    encoding: "utf8",
  });
  expect(status).toBe(1);
  const words = new Map<string, string[]>();
  for (const [, file = "", word = ""] of stdout.matchAll(/^(.+?):\d+:\d+ - Unknown word \((.+?)\)/gm)) {
    words.set(file, [...(words.get(file) ?? []), word]);
  }
  return words;
}
