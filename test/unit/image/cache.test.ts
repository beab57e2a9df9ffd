import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { BuildCache } from "../../../src/image/cache.ts";

const key = "a".repeat(64);
let folder: string;
let cache: BuildCache;
let publicFolder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "drydock-cache-"));
  cache = cacheOf(key);
  publicFolder = join(folder, "public");
});
afterEach(() => rm(folder, { recursive: true }));

function cacheOf(name: string): BuildCache {
  return new BuildCache({ folder: join(folder, "cache/machine"), key: name, whole: "manifest.json" });
}

async function makeSmallImage(into: string): Promise<void> {
  await mkdir(join(into, "parts"), { recursive: true });
  await writeFile(join(into, "manifest.json"), "{}");
  await writeFile(join(into, "parts/one.zst"), "one");
}

test("keeps a finished image and publishes a copy of it", async () => {
  expect(await cache.isKept()).toBe(false);
  await cache.keep(makeSmallImage);
  expect(await cache.isKept()).toBe(true);
  expect(await cache.isPublished(publicFolder)).toBe(false);
  await cache.publish(publicFolder);
  expect(await cache.isPublished(publicFolder)).toBe(true);
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
  await cache.publish(publicFolder);
  expect(await cacheOf("b".repeat(64)).isPublished(publicFolder)).toBe(false);
});

test("keeps only a few older images", async () => {
  for (const letter of ["b", "c", "d", "e"]) await cacheOf(letter.repeat(64)).keep(makeSmallImage);
  expect((await readdir(join(folder, "cache/machine"))).length).toBe(3);
  expect(await cacheOf("e".repeat(64)).isKept()).toBe(true);
});
