import { createHash } from "node:crypto";
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { LockChoice } from "../../../src/image/lock-choice.ts";
import { pathInCache, type LockedPackage } from "../../../src/image/apt.ts";
import { machineLock, type PackageLock } from "../../../src/image/packages.ts";

let folder: string;
let path: string;
let details: string[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "drydock-lock-"));
  path = join(folder, "packages.lock.json");
  details = [];
  await mkdir(join(folder, "debs"));
});
afterEach(() => rm(folder, { recursive: true }));

test("takes the locked versions while the mirror has them", async () => {
  await write(lockOf("1"));
  expect(await obtain(offering(lockOf("1")))).toEqual(lockOf("1"));
  expect(details).toEqual([]);
});

test("asks no mirror when every locked package is in the cache", async () => {
  await write(lockOf("1"));
  for (const entry of [...lockOf("1").guest, ...lockOf("1").kernel, ...lockOf("1").parts])
    await writeFile(pathInCache(join(folder, "debs"), entry), contentOf(entry.name, "1"));
  const offline = () => Promise.reject(new Error("no network"));
  expect(await obtain(offline)).toEqual(lockOf("1"));
});

test("takes today's versions when the mirror has replaced a locked one, says so, and stays with them", async () => {
  await write(lockOf("1"));
  const today = { ...lockOf("1"), guest: [entryOf("bash", "2"), entryOf("curl", "1")] };
  expect(await obtain(offering(today))).toEqual(today);
  expect(details).toEqual([expect.stringMatching(/replaced 1 of the locked packages.*npm run machine:lock/)]);
  const choice = await LockChoice.read({ ...machineLock, path, folder });
  expect(await choice.current()).toEqual(today);
  expect(await readFile(path, "utf8")).toBe(JSON.stringify(lockOf("1")));
});

test("goes on when what stood in for the lock is replaced too", async () => {
  await write(lockOf("1"));
  await obtain(offering(lockOf("2")));
  expect(await obtain(offering(lockOf("3")))).toEqual(lockOf("3"));
});

test("goes back to the lock when it has been written anew, or its stand-in was cut short", async () => {
  await write(lockOf("1"));
  await obtain(offering(lockOf("2")));
  const [name = ""] = await readdir(join(folder, "locks"));
  await writeFile(join(folder, "locks", name), '{"guest":[');
  expect(await (await LockChoice.read({ ...machineLock, path, folder })).current()).toEqual(lockOf("1"));
  await write(lockOf("4"));
  expect(await (await LockChoice.read({ ...machineLock, path, folder })).current()).toEqual(lockOf("4"));
});

async function write(lock: PackageLock): Promise<void> {
  await writeFile(path, JSON.stringify(lock));
}

function offering(today: PackageLock): () => Promise<PackageLock> {
  return () => Promise.resolve(today);
}

async function obtain(resolve: () => Promise<PackageLock>): Promise<PackageLock> {
  const choice = await LockChoice.read({ ...machineLock, path, folder, resolve });
  const apt = { folder: join(folder, "apt"), signal: new AbortController().signal };
  return choice.obtainable(apt, (text) => details.push(text));
}

function lockOf(version: string): PackageLock {
  return {
    guest: [entryOf("bash", version), entryOf("curl", version)],
    kernel: [entryOf("linux-image-6", version)],
    parts: [entryOf("tcc", version)],
  };
}

function entryOf(name: string, version: string): LockedPackage {
  const content = contentOf(name, version);
  const sha256 = createHash("sha256").update(content).digest("hex");
  return { name, version, file: `${name}_${version}_i386.deb`, bytes: content.length, sha256 };
}

function contentOf(name: string, version: string): string {
  return `${name} ${version}`;
}
