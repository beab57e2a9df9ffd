import { execFile } from "node:child_process";
import { chmod, mkdir, mkdtemp, rm, symlink, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Machine, RunResult } from "../../src/machine/contract.ts";
import { findChangedFiles } from "../../src/sandbox/build/changed-files.ts";
import { BuildBook } from "../../src/sandbox/build/build-record.ts";
import { compareContexts, readSnapshot, snapshotContext } from "../../src/sandbox/build/context-snapshot.ts";
import { recordOf, stageOf, statusOf } from "./build-fakes.ts";

let folder: string;

/** What the machine runs, here. */
const machine: Pick<Machine, "run"> = {
  run: ([program = "", ...args]) =>
    new Promise<RunResult>((resolve) => {
      execFile(program, args, (error, stdout, stderr) => resolve({ exitCode: error === null ? 0 : 1, stdout, stderr }));
    }),
};

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "drydock-context-"));
});
afterEach(() => rm(folder, { recursive: true }));

async function write(path: string, text: string): Promise<void> {
  await mkdir(join(folder, path, ".."), { recursive: true });
  await writeFile(join(folder, path), text);
}

async function look() {
  const snapshot = await snapshotContext(machine, folder);
  if (snapshot === undefined) throw new Error("There is no snapshot");
  return snapshot;
}

test("what a copy takes is compared by content, permissions and names, and not by time", async () => {
  await write("app/a.txt", "a");
  await write("app/deep/b.js", "b");
  await write("app/same.js", "same");
  await write("other.txt", "o");
  await symlink("a.txt", join(folder, "app/link"));
  const before = await look();
  expect(before.changedAt).toBeGreaterThan(Date.now() - 60_000);
  await write("app/a.txt", "b");
  await write("app/new name.txt", "n");
  await rm(join(folder, "app/deep/b.js"));
  await chmod(join(folder, "other.txt"), 0o755);
  await utimes(join(folder, "app/same.js"), 1, 1);
  const now = await look();
  const changed = (words: string) =>
    compareContexts(words, before, now)?.map(({ path, change }) => `${change} ${path}`);
  const all = ["changed app/a.txt", "added app/new name.txt", "changed other.txt", "deleted app/deep/b.js"];
  expect(changed("COPY . .")).toEqual(all);
  expect(changed("COPY --chown=1:1 ./app/ other.txt /srv/")).toEqual(all);
  expect(changed("ADD app/*.txt /srv/")).toEqual(["changed app/a.txt", "added app/new name.txt"]);
  expect(changed("COPY app/deep /srv/")).toEqual(["deleted app/deep/b.js"]);
  expect(changed("COPY app/same.js /srv/")).toEqual([]);
  expect(changed('COPY ["app", "/srv"]')).toBeUndefined();
});

test("what .dockerignore leaves out is not named, and where it says more nothing is", () => {
  const before = readSnapshot("1\0\0");
  const files = ["1:x\tapp/log.txt", "1:x\tapp/main.js", "1:x\tnode_modules/x/y.js", "1:x\tdeep/down/err.log"];
  const now = (ignored: string) => readSnapshot(`1\0${ignored}\0${files.join("\0")}\0`);
  const added = (ignored: string) => compareContexts("COPY . /", before, now(ignored))?.map(({ path }) => path);
  expect(added("# all\nnode_modules\n**/*.log\napp/l?g.txt\n")).toEqual(["app/main.js"]);
  expect(added("*\n!app")).toBeUndefined();
});

test("a folder that holds too much, or is not there, has no snapshot", async () => {
  await write("big", "");
  expect(await snapshotContext(machine, join(folder, "none"))).toBeUndefined();
  await writeFile(join(folder, "big"), Buffer.alloc(33_000_000));
  expect(await snapshotContext(machine, folder)).toBeUndefined();
});

test("the layers of two images are compared by content, permissions and names", async () => {
  for (const [name, text] of Object.entries({ a: "old", b: "new" })) {
    await write(`${name}/srv/same.txt`, "same");
    await write(`${name}/srv/changed.txt`, text);
    await write(`${name}/srv/only-${name}`, "");
    await symlink(text, join(folder, name, "srv/link"));
    await mkdir(join(folder, name, "top"));
  }
  const history = [{ created_by: "COPY . /srv/ # buildkit" }, { created_by: "RUN /bin/sh -c ls # buildkit" }];
  const buildOf = (name: string) => {
    const imageConfig = JSON.stringify({ rootfs: { diff_ids: null }, history });
    const book = new BuildBook(recordOf(name, { completedAt: 2, imageConfig }));
    const id = `writing image sha256:${name.repeat(64)}`;
    book.add(statusOf(stageOf(["FROM scratch", "COPY . /srv/", "RUN ls"])));
    book.add(statusOf([], { statuses: [{ id, vertex: "", current: 0, total: 0, completed: 1 }] }));
    const build = book.read();
    const step = build.steps[1];
    if (step === undefined) throw new Error("There is no step");
    return { build, step };
  };
  const inspect = (id: string) => {
    const name = id.at(-1) ?? "";
    const Data = { UpperDir: join(folder, name, "top"), LowerDir: join(folder, name) };
    return Promise.resolve({ GraphDriver: { Name: "overlay2", Data } });
  };
  const engine = { images: { inspect } } as unknown as Parameters<typeof findChangedFiles>[0];
  const { signal } = new AbortController();
  const found = await findChangedFiles(engine, machine, buildOf("a"), buildOf("b"), { signal });
  expect(found).toEqual([
    { path: "changed.txt", change: "changed" },
    { path: "link", change: "changed" },
    { path: "only-b", change: "added" },
    { path: "only-a", change: "deleted" },
  ]);
});
