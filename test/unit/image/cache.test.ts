import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { BuildCache } from "../../../src/image/cache.ts";

const key = "a".repeat(64);
let folder: string;
let cache: BuildCache;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "drydock-cache-"));
  cache = new BuildCache(join(folder, "cache"), join(folder, "public"), key);
});
afterEach(() => rm(folder, { recursive: true }));

async function makeSmallImage(into: string): Promise<void> {
  await mkdir(join(into, "parts"), { recursive: true });
  await writeFile(join(into, "manifest.json"), "{}");
  await writeFile(join(into, "parts/one.zst"), "one");
}

test("keeps a finished image and publishes a copy of it", async () => {
  expect(await cache.isKept()).toBe(false);
  await cache.keep(makeSmallImage);
  expect(await cache.isKept()).toBe(true);
  expect(await cache.isPublished()).toBe(false);
  await cache.publish();
  expect(await cache.isPublished()).toBe(true);
  expect(await readFile(join(folder, "public/parts/one.zst"), "utf8")).toBe("one");
});

test("leaves no half image behind when making it fails", async () => {
  const failing = cache.keep(async (into) => {
    await makeSmallImage(into);
    await mkdir(cache.workFolder, { recursive: true });
    throw new Error("the power went");
  });
  await expect(failing).rejects.toThrow("the power went");
  expect(await cache.isKept()).toBe(false);
  expect(await readdir(join(folder, "cache/machine"))).toEqual([]);
});

test("takes a public copy of another image for out of date", async () => {
  await cache.keep(makeSmallImage);
  await cache.publish();
  expect(await new BuildCache(join(folder, "cache"), join(folder, "public"), "b".repeat(64)).isPublished()).toBe(false);
});

test("keeps only a few older images", async () => {
  for (const letter of ["b", "c", "d", "e"])
    await new BuildCache(join(folder, "cache"), join(folder, "public"), letter.repeat(64)).keep(makeSmallImage);
  expect((await readdir(join(folder, "cache/machine"))).length).toBe(3);
  expect(await new BuildCache(join(folder, "cache"), join(folder, "public"), "e".repeat(64)).isKept()).toBe(true);
});
