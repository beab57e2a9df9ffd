import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { machineFiles, siteFiles, type MachineFiles, type SiteFiles } from "../../src/offline/site-files.ts";
import { isOfVersion } from "../../src/offline/site-version.ts";
import { nameVersion } from "../../src/server/offline-files.ts";

const placeholder = "unbuilt-drydock1";
const page = (body: string) => `<meta name="drydock-version" content="${placeholder}">${body}`;
const hash = (letter: string) => letter.repeat(64);
const file = (path: string, letter: string, bytes: number) => ({ path, sha256: hash(letter), bytes });
const descriptor = (letter: string, size: number) => ({
  mediaType: "application/vnd.oci.image.manifest.v1+json",
  digest: `sha256:${hash(letter)}`,
  size,
});
const imageManifest = JSON.stringify({ schemaVersion: 2, config: descriptor("e", 20), layers: [descriptor("f", 30)] });

const site: Readonly<Record<string, string>> = {
  "index.html": page("home"),
  "offline/index.html": page('<script type="module" src="/sub/_astro/offline.AbCd1234.js"></script>'),
  "404.html": page("lost"),
  "learn/ships/first/index.html": page("a lesson"),
  "run-here/ports/first/index.html": page("an app"),
  "preview/window/index.html": page("another host"),
  "embed/ships/first/index.html": page("a lesson in a frame"),
  "_astro/offline.AbCd1234.js": 'import{a}from"./shared.AbCd1234.js";import("./later.AbCd1234.js")',
  "_astro/shared.AbCd1234.js": "export const a=1",
  "_astro/later.AbCd1234.js": "export {}",
  "offline-worker.js": `const version="${placeholder}"`,
  "early.js": "early",
  "favicon.svg": "<svg/>",
  _headers: "/*",
  "machine/manifest.json": JSON.stringify({
    id: "abcd1234",
    files: {
      state: file("files/state.zst", "a", 400),
      diskIndex: file("files/disk.json", "b", 10),
      licences: file("files/licences.txt", "c", 9000),
      savedImages: file("files/images.bin", "d", 9000),
    },
  }),
  "machine/files/disk.json": JSON.stringify({ parts: [hash("1"), null, hash("1")] }),
  [`machine/parts/${hash("1")}.zst`]: "part",
  "catalogue/index.json": JSON.stringify({
    schemaVersion: 2,
    manifests: [
      {
        ...descriptor("9", imageManifest.length),
        annotations: { "io.containerd.image.name": "docker.io/library/redis:8" },
      },
      {
        ...descriptor("9", imageManifest.length),
        annotations: { "io.containerd.image.name": "docker.io/library/node:20" },
      },
    ],
  }),
  [`catalogue/blobs/sha256/${hash("9")}`]: imageManifest,
};
const lessons: Readonly<Record<string, string>> = {
  "ships/01-first/lesson.mdx": "Use `docker node ls` and then `docker pull redis`.",
  "ports/01-first/lesson.mdx":
    "There is a node in every swarm, and redis in none. See `docker node --help`, or `docker run busybox`.",
};

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "drydock-version-"));
  for (const [name, text] of Object.entries(lessons)) await write(`content/${name}`, text);
});

afterEach(() => rm(folder, { recursive: true }));

async function write(path: string, text: string): Promise<void> {
  await mkdir(dirname(join(folder, path)), { recursive: true });
  await writeFile(join(folder, path), text);
}

async function build(changes: Readonly<Record<string, string>> = {}) {
  await rm(join(folder, "site"), { recursive: true, force: true });
  for (const [path, text] of Object.entries({ ...site, ...changes })) await write(`site/${path}`, text);
  await nameVersion(pathToFileURL(join(folder, "site/")), pathToFileURL(join(folder, "content/")));
  const read = (path: string) => readFile(join(folder, "site", path), "utf8");
  const list: SiteFiles = siteFiles.parse(JSON.parse(await read("site-files.json")));
  const machine: MachineFiles = machineFiles.parse(JSON.parse(await read("machine-files.json")));
  return { list, machine, read };
}

describe("a built site", () => {
  it("has a version that changes with any of its files, and is the same for the same ones", async () => {
    const { list, read } = await build();
    expect(isOfVersion(await read("index.html"), list.version)).toBe(true);
    expect(await read("offline-worker.js")).toBe(`const version="${list.version}"`);
    expect((await build()).list.version).toBe(list.version);
    const versions = [
      await build({ "early.js": "later" }),
      await build({ "learn/ships/first/index.html": page("a lesson, mended") }),
      await build({ "machine/manifest.json": site["machine/manifest.json"]?.replace("abcd1234", "abcd1235") ?? "" }),
    ].map((next) => next.list.version);
    expect(new Set([list.version, ...versions]).size).toBe(4);
  });

  it("gives pages in frames of other sites its version, and keeps none of them", async () => {
    const { list, read } = await build();
    expect(isOfVersion(await read("embed/ships/first/index.html"), list.version)).toBe(true);
    const kept = [...list.shared, ...list.courses.flatMap(({ files }) => files)];
    expect(kept.filter(({ path }) => path.startsWith("embed/"))).toEqual([]);
    const mended = await build({ "embed/ships/first/index.html": page("mended") });
    expect(mended.list.version).not.toBe(list.version);
  });

  it("lists what all courses share, and what each has to itself", async () => {
    const { list, read } = await build();
    expect(list.shared.map(({ path }) => path).sort()).toEqual([
      "",
      "_astro/later.AbCd1234.js",
      "_astro/offline.AbCd1234.js",
      "_astro/shared.AbCd1234.js",
      "catalogue/index.json",
      "early.js",
      "favicon.svg",
      "machine-files.json",
      "machine/manifest.json",
      "offline/",
    ]);
    expect(list.courses.map(({ id, files }) => [id, files.map(({ path }) => path)]).sort()).toEqual([
      ["ports", ["run-here/ports/first/"]],
      ["ships", ["learn/ships/first/"]],
    ]);
    const home = list.shared.find(({ path }) => path === "");
    expect(home).toEqual({ path: "", bytes: (await read("index.html")).length });
    // The page for a time without a network, and what it loads by itself.
    expect(list.base).toEqual([
      "offline/",
      "early.js",
      "favicon.svg",
      "_astro/offline.AbCd1234.js",
      "_astro/shared.AbCd1234.js",
    ]);
  });

  it("lists what a machine may ask for, and the images that the lessons of each course pull", async () => {
    const { list, machine } = await build();
    expect(machine.image).toEqual({
      id: "abcd1234",
      files: [
        file("machine/files/state.zst", "a", 400),
        file("machine/files/disk.json", "b", 10),
        file(`machine/parts/${hash("1")}.zst`, "1", 4),
      ],
    });
    expect(machine.blobs.ports).toEqual([]);
    expect(machine.blobs.ships?.map(({ path, bytes }) => [path.at(-1), bytes])).toEqual([
      ["9", imageManifest.length],
      ["e", 20],
      ["f", 30],
    ]);
    expect(list.courses.find(({ id }) => id === "ports")?.machineBytes).toBe(414);
  });
});
