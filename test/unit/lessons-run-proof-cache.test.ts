import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { Lesson } from "../../src/lessons/model.ts";
import { openProofCache } from "../lessons/proof-cache.ts";

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
  await write("src/checks/http.ts", "one");
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
  await write("src/checks/http.ts", "one");
  expect(await (await open()).read(lesson)).toBeInstanceOf(Date);

  await write("public/machine/manifest.json", '{"id":"another"}');
  expect(await (await open()).read(lesson)).toBeUndefined();
});

function open() {
  return openProofCache({ folder: join(project, "cache"), project });
}

async function write(path: string, text: string): Promise<void> {
  await mkdir(dirname(join(project, path)), { recursive: true });
  await writeFile(join(project, path), text);
}
