import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { Lesson } from "../../src/lessons/model.ts";
import { openProofCache } from "../lessons/proof-cache.ts";
import { findModuleInputs } from "../lessons/proof-inputs.ts";

const lesson: Lesson = {
  id: "ships/launch",
  title: "Launch",
  machine: { terminals: 1, images: [], features: [] },
  start: null,
  files: [],
  steps: [],
};
let project: string;

beforeEach(async () => {
  project = await mkdtemp(join(tmpdir(), "drydock-proofs-"));
  await write("src/checks/judge.ts", 'import { http } from "./http.ts"; import "zod/mini"; http();');
  await write("src/checks/http.ts", "one");
  await write("src/checks/other.ts", "one");
  await write("package-lock.json", lock("4.0.0", "1.0.0"));
  await write("public/machine/manifest.json", "{}");
});
afterEach(() => rm(project, { recursive: true }));

it("knows a lesson that was proven, until the lesson, a check or the machine is another one", async () => {
  expect(await (await open()).read(lesson)).toBeUndefined();
  await (await open()).write(lesson);
  expect(await (await open()).read(lesson)).toBeInstanceOf(Date);
  expect(await (await open()).read({ ...lesson, title: "Launched" })).toBeUndefined();

  await write("src/checks/http.ts", "two");
  expect(await (await open()).read(lesson)).toBeUndefined();
  await write("src/checks/judge.ts", 'import { http } from "./http.ts"; import "zod/mini"; http();');
  await write("src/checks/http.ts", "one");
  await write("src/checks/other.ts", "one");
  await write("package-lock.json", lock("4.0.0", "1.0.0"));
  expect(await (await open()).read(lesson)).toBeInstanceOf(Date);

  await write("public/machine/manifest.json", '{"id":"another"}');
  expect(await (await open()).read(lesson)).toBeUndefined();
});

it("does not forget a proof for the sake of a file or a package that had no part in it", async () => {
  await (await open()).write(lesson);
  await write("src/checks/other.ts", "two");
  await write("package-lock.json", lock("4.0.0", "2.0.0"));
  expect(await (await open()).read(lesson)).toBeInstanceOf(Date);
  await write("package-lock.json", lock("4.0.1", "2.0.0"));
  expect(await (await open()).read(lesson)).toBeUndefined();
});

it("follows packages to what they need, where npm put it", async () => {
  const packages = {
    "node_modules/zod": { version: "4.0.0", dependencies: { "@a/core": "1", b: "1" } },
    "node_modules/zod/node_modules/b": { version: "1.1.0" },
    "node_modules/b": { version: "2.0.0" },
    "node_modules/@a/core": { version: "1.0.0", dependencies: { b: "2" } },
    "node_modules/unrelated": { version: "9.0.0" },
  };
  await write("package-lock.json", JSON.stringify({ packages }));
  const inputs = await findModuleInputs(project, ["src/checks/judge.ts"]);
  expect(inputs.files).toEqual(["src/checks/http.ts", "src/checks/judge.ts"]);
  expect(inputs.packages.map(([place, { version }]) => `${place} ${version}`)).toEqual([
    "node_modules/@a/core 1.0.0",
    "node_modules/b 2.0.0",
    "node_modules/zod 4.0.0",
    "node_modules/zod/node_modules/b 1.1.0",
  ]);
});

function open() {
  return openProofCache({ folder: join(project, "cache"), project, entries: ["src/checks/judge.ts"] });
}

function lock(zod: string, other: string): string {
  const packages = { "node_modules/zod": { version: zod }, "node_modules/other": { version: other } };
  return JSON.stringify({ packages });
}

async function write(path: string, text: string): Promise<void> {
  await mkdir(dirname(join(project, path)), { recursive: true });
  await writeFile(join(project, path), text);
}
