// Over 250 lines because it is one list: what an export holds, and each damaged or hostile file with its message.
import "fake-indexeddb/auto";
import { IDBFactory } from "fake-indexeddb";
import { packTar, unpackTar, type TarEntry } from "modern-tar";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Progress } from "../../src/lessons/progress.ts";
import { carryOutImport, planImport, type ImportChoices } from "../../src/sandbox/import-plan.ts";
import { createKeptWork, type KeptWork, type KeptWorkspace } from "../../src/sandbox/kept-work.ts";
import { archiveLimits } from "../../src/sandbox/archive-layout.ts";
import { readArchive } from "../../src/sandbox/read-archive.ts";
import { exportWork } from "../../src/sandbox/work-archive.ts";

const now = new Date("2026-11-21T12:00:00Z");
const { signal } = new AbortController();
const none: ImportChoices = { workspaces: new Set(), machines: new Set() };

let kept: KeptWork;

beforeEach(() => {
  kept = newBrowser();
});

afterEach(() => {
  vi.unstubAllGlobals();
});

describe("an exported file", () => {
  it("brings everything to another browser", async () => {
    const links = [
      { path: "current", target: "releases/2" },
      { path: "web/far", target: `/${"elsewhere/".repeat(20)}ü` },
    ];
    const files = { "app.py": "pass", "web/ü n\nname.txt": "é" };
    await kept.saveWorkspace({ ...workspace("c/one", files, ["empty/deep"]), links });
    await kept.saveWorkspace({ ...workspace("c/one#build", { "app.py": "begin" }), links });
    await kept.saveWorkspace(workspace("c/one#finish", { "app.py": "later" }, ["empty"]));
    await kept.saveWorkspace(workspace("playground", { [`${"long/".repeat(60)}name`]: "x" }));
    await keepMachine("c/one", 5000);
    const progress = { "c/one": { build: { checks: [0], done: "2026-11-20T10:00:00.000Z" } } };
    const file = await exportAll(progress, { machines: true });
    expect(file.name).toMatch(/^drydock-2026-11-2[012]\.tar\.gz$/);

    const here = await kept.loadWorkspace("c/one");
    const there = newBrowser();
    const outcome = await importInto(there, file, {});
    expect(outcome).toEqual({ workspaces: 2, machines: 1, noRoom: [], progress });
    expect(sorted(await there.loadWorkspace("c/one"))).toEqual(sorted(here));
    const begun = await there.loadWorkspace("c/one#build");
    expect([text(begun, "app.py"), begun?.links]).toEqual(["begin", links]);
    expect(text(await there.loadWorkspace("c/one#finish"), "app.py")).toBe("later");
    expect((await there.loadWorkspace("playground"))?.files[0]?.path).toBe(`${"long/".repeat(60)}name`);
    const machine = await there.loadMachine("c/one");
    expect(machine?.info).toEqual({
      lesson: "c/one",
      step: "build",
      savedAt: "2026-11-20T10:00:00Z",
      imageId: "abcdef01",
      bytes: 5000,
    });
    expect(machine?.state.bytes.size).toBe(5000);
  });

  it("leaves out how steps began before it grows too large to be imported", async () => {
    await kept.saveWorkspace(workspace("c/one", { a: "1" }));
    await kept.saveWorkspace(workspace("c/one#build", { a: "0".repeat(100_000) }));
    await kept.saveWorkspace(workspace("c/one#finish", { a: "0" }));
    const totalBytes = archiveLimits.indexBytes + 50_000;
    const file = await exportWork({
      kept,
      progress: {},
      machines: false,
      now,
      signal,
      limits: { totalBytes, entries: 9 },
    });
    const { workspaces, beginnings } = await readArchive(file, signal);
    expect([...workspaces, ...beginnings].map(({ lesson }) => lesson)).toEqual(["c/one", "c/one#finish"]);
    const few = await exportWork({
      kept,
      progress: {},
      machines: false,
      now,
      signal,
      limits: { totalBytes, entries: 2 },
    });
    expect((await readArchive(few, signal)).beginnings).toEqual([]);
  });

  it("holds one lesson, and no machine, where that is asked for", async () => {
    await kept.saveWorkspace(workspace("c/one", { a: "1" }));
    await kept.saveWorkspace(workspace("c/two", { b: "2" }));
    await kept.saveWorkspace(workspace("c/one#build", { a: "0" }));
    await kept.saveWorkspace(workspace("c/two#build", { b: "0" }));
    await keepMachine("c/one", 100);
    const progress = { "c/one": { a: { checks: [] } }, "c/two": { a: { checks: [] } } };
    const file = await exportAll(progress, { lesson: "c/one", machines: false });
    expect(file.name).toMatch(/-c-one\.tar\.gz$/);
    const work = await readArchive(file, signal);
    expect([...work.workspaces, ...work.beginnings].map(({ lesson }) => lesson)).toEqual(["c/one", "c/one#build"]);
    expect(work.machines).toEqual([]);
    expect(Object.keys(work.progress)).toEqual(["c/one"]);
  });

  it("opens with ordinary tools", async () => {
    const links = [{ path: "current", target: "app.py" }];
    await kept.saveWorkspace({ ...workspace("c/one", { "app.py": "pass" }, ["empty"]), links });
    await kept.saveWorkspace(workspace("c/one#build", { "app.py": "" }));
    const file = await exportAll({}, {});
    const entries = await unpackTar(file.stream().pipeThrough(new DecompressionStream("gzip")));
    expect(entries.map(({ header }) => header.name)).toEqual([
      "workspaces/c/one/empty/",
      "workspaces/c/one/app.py",
      "workspaces/c/one/current",
      "beginnings/c/one/build/app.py",
      "drydock.json",
    ]);
    expect(entries[2]?.header).toMatchObject({ type: "symlink", linkname: "app.py" });
  });

  it("holds what was set aside, for people, when it is of everything", async () => {
    const cyclic: Record<string, unknown> = {};
    cyclic.itself = cyclic;
    const records = [
      { name: "workspaces/c/one/2026", value: { lesson: 1, files: [{ content: bytes("mine") }] } },
      { name: "workspaces/c/two/2026", value: cyclic },
      { name: "machines/c/one/2026", value: { record: "nonsense", bytes: new ArrayBuffer(3) } },
    ];
    kept.loadSetAside = () => Promise.resolve(records);
    const contents = async (file: File) => {
      const entries = await unpackTar(file.stream().pipeThrough(new DecompressionStream("gzip")));
      return Object.fromEntries(entries.map(({ header, data }) => [header.name, new TextDecoder().decode(data)]));
    };
    const whole = await exportAll({}, { machines: true });
    const held = await contents(whole);
    expect(JSON.parse(held["set-aside/0.json"] ?? "")).toEqual({
      name: "workspaces/c/one/2026",
      value: { lesson: 1, files: [{ content: { file: "set-aside/0/0.bin" } }] },
    });
    expect([held["set-aside/0/0.bin"], held["set-aside/2/0.bin"]]).toEqual(["mine", "\0\0\0"]);
    expect((await readArchive(whole, signal)).ignored).toEqual([]);
    const without = Object.keys(await contents(await exportAll({}, {})));
    expect(without).toEqual(["set-aside/0.json", "set-aside/0/0.bin", "drydock.json"]);
    expect(Object.keys(await contents(await exportAll({}, { lesson: "c/one" })))).toEqual(["drydock.json"]);
  });

  it("leaves out what has become unreadable", async () => {
    await kept.saveWorkspace(workspace("c/one", { a: "1" }));
    await keepMachine("c/one", 100);
    const gone: KeptWork = Object.assign(Object.create(kept) as KeptWork, {
      listWorkspaces: () => Promise.resolve([{ lesson: "c/two", savedAt, files: 1, bytes: 1 }]),
      loadWorkspace: () => Promise.resolve(undefined),
      listMachines: () => kept.listMachines(),
      loadMachine: () => Promise.resolve(undefined),
      loadSetAside: () => Promise.resolve([]),
    });
    const work = await readArchive(await exportWork({ kept: gone, progress: {}, machines: true, now, signal }), signal);
    expect([work.workspaces, work.machines]).toEqual([[], []]);
  });

  it("is still read after somebody has unpacked it and packed it again", async () => {
    const work = await readArchive(
      await archive({ workspaces: [{ lesson: "c/one", savedAt }] }, [
        { header: { name: "./", size: 0, type: "directory" } },
        { header: { name: "./workspaces/c/one/", size: 0, type: "directory" } },
        ...files({ "./workspaces/c/one/a.txt": "new" }),
      ]),
      signal,
    );
    expect(work.workspaces[0]?.files.map(({ path }) => path)).toEqual(["a.txt"]);
    expect(work.ignored).toEqual([]);
  });

  it("is not made when that is cancelled", async () => {
    await kept.saveWorkspace(workspace("c/one", { a: "1" }));
    const options = { kept, progress: {}, machines: true, now, signal: AbortSignal.abort(new Error("cancelled")) };
    await expect(exportWork(options)).rejects.toThrow("cancelled");
  });
});

describe("an import", () => {
  const earlier = "2026-11-18T10:00:00.000Z";
  const later = "2026-11-20T10:00:00.000Z";

  it("keeps the done steps of both sides", async () => {
    const file = await exportAll({ "c/one": { a: { checks: [0], done: earlier }, b: { checks: [1] } } }, {});
    const { progress } = await importInto(newBrowser(), file, {
      "c/one": {
        a: { checks: [0], done: later, solutionSeen: true },
        b: { checks: [0], skipped: earlier },
        c: { checks: [], done: later },
      },
      "c/two": { x: { checks: [2] } },
    });
    expect(progress).toEqual({
      "c/one": {
        a: { checks: [0], done: earlier, solutionSeen: true },
        b: { checks: [0, 1], skipped: earlier },
        c: { checks: [], done: later },
      },
      "c/two": { x: { checks: [2] } },
    });
  });

  it("says what it would do before it does anything", async () => {
    await kept.saveWorkspace(workspace("c/one", { a: "here" }));
    await kept.saveWorkspace(workspace("c/same", { "folder/a": "same" }, ["folder"]));
    await keepMachine("c/one", 100);
    const file = await archive(
      {
        progress: { "c/one": { a: { checks: [], done: later }, b: { checks: [], done: later } } },
        workspaces: ["c/one", "c/same", "c/gone"].map((lesson) => ({ lesson, savedAt })),
        machines: [{ lesson: "c/one", savedAt, imageId: "abcdef02", bytes: 3 }],
      },
      files({
        "workspaces/c/one/a": "there",
        "workspaces/c/same/folder/a": "same",
        "workspaces/c/gone/a": "new",
        "machines/c/one.bin": "abc",
        "notes.txt": "mine",
      }),
    );
    const plan = await planImport(await readArchive(file, signal), {
      kept,
      progress: { "c/one": { a: { checks: [], done: earlier } } },
      known: new Set(["c/one", "c/same"]),
    });
    expect(
      plan.lessons.map(({ lesson, newlyDone, workspace, machine }) => [
        lesson,
        newlyDone,
        workspace?.kind,
        machine?.kind,
      ]),
    ).toEqual([
      ["c/one", 1, "differs", "differs"],
      ["c/same", 0, "same", undefined],
      ["c/gone", 0, "new", undefined],
    ]);
    expect(plan.unknown).toEqual(["c/gone"]);
    expect(plan.work.ignored).toEqual(["notes.txt"]);
    expect(text(await kept.loadWorkspace("c/one"), "a")).toBe("here");
  });

  it("takes a workspace whose link leads elsewhere for another one", async () => {
    const linked = (target: string) => ({ ...workspace("c/one", { a: "1" }), links: [{ path: "current", target }] });
    await kept.saveWorkspace(linked("a"));
    const work = await readArchive(await exportAll({}, {}), signal);
    const kindHere = async () =>
      (await planImport(work, { kept, progress: {}, known: new Set() })).lessons[0]?.workspace?.kind;
    expect(await kindHere()).toBe("same");
    await kept.saveWorkspace(linked("b"));
    expect(await kindHere()).toBe("differs");
  });

  it("brings how steps began only with the files that it brings", async () => {
    await kept.saveWorkspace(workspace("c/one", { a: "there" }));
    await kept.saveWorkspace(workspace("c/one#build", { a: "began there" }));
    const file = await exportAll({}, {});
    const there = newBrowser();
    await there.saveWorkspace(workspace("c/one", { a: "here" }));
    await there.saveWorkspace(workspace("c/one#finish", { a: "began here" }));
    await importInto(there, file, {});
    expect((await there.listWorkspaces()).map(({ lesson }) => lesson)).toEqual(["c/one", "c/one#finish"]);
    await importInto(there, file, {}, { workspaces: new Set(["c/one"]), machines: new Set() });
    expect((await there.listWorkspaces()).map(({ lesson }) => lesson)).toEqual(["c/one", "c/one#build"]);
    expect(text(await there.loadWorkspace("c/one#build"), "a")).toBe("began there");
  });

  it("changes a lesson's files and how its steps began at once, so that nobody sees the one without the other", async () => {
    await kept.saveWorkspace(workspace("c/one", { a: "there" }));
    for (const step of ["build", "run"]) await kept.saveWorkspace(workspace(`c/one#${step}`, { a: step }));
    const file = await exportAll({}, {});
    const there = newBrowser();
    await there.saveWorkspace(workspace("c/one#finish", { a: "began here" }));
    const seen: Promise<readonly string[]>[] = [];
    there.onChange(() => seen.push(there.listWorkspaces().then((all) => all.map(({ lesson }) => lesson))));
    await importInto(there, file, {});
    expect(await Promise.all(seen)).toEqual([["c/one", "c/one#build", "c/one#run"]]);
  });

  it("leaves what differs as it is unless the imported one is chosen", async () => {
    await kept.saveWorkspace(workspace("c/one", { a: "there" }));
    await keepMachine("c/one", 50);
    const file = await exportAll({}, { machines: true });
    const there = newBrowser();
    await there.saveWorkspace(workspace("c/one", { a: "here", b: "here" }));
    await keepMachine("c/one", 70, there);
    expect(await importInto(there, file, {})).toMatchObject({ workspaces: 0, machines: 0 });
    expect(text(await there.loadWorkspace("c/one"), "a")).toBe("here");

    const both = { workspaces: new Set(["c/one"]), machines: new Set(["c/one"]) };
    expect(await importInto(there, file, {}, both)).toMatchObject({ workspaces: 1, machines: 1 });
    const taken = await there.loadWorkspace("c/one");
    expect([text(taken, "a"), text(taken, "b")]).toEqual(["there", undefined]);
    expect((await there.listMachines())[0]?.bytes).toBe(50);
  });

  it("names machines that find no room, having imported the rest", async () => {
    await kept.saveWorkspace(workspace("c/one", { a: "1" }));
    await keepMachine("c/one", 50);
    const file = await exportAll({}, { machines: true });
    const full = newBrowser({ estimate: () => Promise.resolve({ quota: 1000, usage: 999 }) });
    expect(await importInto(full, file, {})).toMatchObject({ workspaces: 1, machines: 0, noRoom: ["c/one"] });
  });
});

describe("a file that is not to be trusted", () => {
  it.each<[string, () => Promise<Blob>, RegExp]>([
    ["is empty", () => Promise.resolve(new Blob([])), /no file that Drydock has exported/],
    ["is a picture", () => Promise.resolve(new Blob(["\x89PNG\r\n"])), /no file that Drydock has exported/],
    ["is compressed text", () => compress(bytes("hello ".repeat(500))), /no file that Drydock has exported/],
    ["is somebody else's archive", () => pack(files({ "readme.txt": "hi" })), /there is no drydock\.json/],
    ["was cut off", async () => (await archive({}, files({ a: "x".repeat(4000) }))).slice(0, 150), /damaged/],
    ["was changed on its way", () => flipped(), /damaged/],
    ["has an index that is not JSON", () => pack(files({ "drydock.json": "{" })), /drydock\.json cannot be read/],
    ["has another format", () => archive({ format: 2 }), /newer version of Drydock .its format is 2/],
    ["has no format", () => archive({ format: "one" }), /makes no sense at format/],
    ["has a list where there is none", () => archive({ workspaces: {} }), /makes no sense at workspaces/],
    ["has progress that is none", () => archive({ progress: { "c/one": { a: 1 } } }), /progress in it makes no sense/],
    ["names no lesson", () => archive({ workspaces: [{ lesson: "../x", savedAt }] }), /workspaces\.0\.lesson/],
    [
      "holds a lesson twice",
      () => archive({ workspaces: [one, one] }, files({ "workspaces/c/one/a": "1" })),
      /holds “c\/one” twice/,
    ],
    [
      "leads out of the workspace",
      () => archive({ workspaces: [one] }, files({ "workspaces/c/one/../../../etc/passwd": "x" })),
      /outside of the workspace/,
    ],
    [
      "has an empty name in a path",
      () => archive({ workspaces: [one] }, files({ "workspaces/c/one//etc/passwd": "x" })),
      /outside of the workspace/,
    ],
    [
      "has a file where there is a folder",
      () => archive({ workspaces: [one] }, files({ "workspaces/c/one/a": "1", "workspaces/c/one/a/b": "2" })),
      /same name/,
    ],
    [
      "would write through a link",
      () =>
        archive({ workspaces: [one] }, [
          symlink("workspaces/c/one/a", "/etc"),
          ...files({ "workspaces/c/one/a/b": "2" }),
        ]),
      /lies below a file or link/,
    ],
    [
      "would make a link through a link",
      () =>
        archive({ workspaces: [one] }, [symlink("workspaces/c/one/a/b", "/etc"), symlink("workspaces/c/one/a", "/")]),
      /lies below a file or link/,
    ],
    [
      "has a link that leads to too long a path",
      () => archive({ workspaces: [one] }, [symlink("workspaces/c/one/a", "x".repeat(5000))]),
      /link to nothing/,
    ],
    [
      "has a link to nothing",
      () => archive({ workspaces: [one] }, [symlink("workspaces/c/one/a", "")]),
      /link to nothing/,
    ],
    ["names no step", () => archive({ beginnings: [{ ...one, step: "../x" }] }), /beginnings\.0\.step/],
    [
      "holds a step twice",
      () => archive({ beginnings: [beginning, beginning] }, files({ "beginnings/c/one/build/a": "1" })),
      /holds “c\/one#build” twice/,
    ],
    [
      "leads out of the beginning of a step",
      () => archive({ beginnings: [beginning] }, files({ "beginnings/c/one/build/../../x": "1" })),
      /outside of the workspace/,
    ],
    [
      "would write through a link at the beginning of a step",
      () =>
        archive({ beginnings: [beginning] }, [
          symlink("beginnings/c/one/build/a", "/etc"),
          ...files({ "beginnings/c/one/build/a/b": "2" }),
        ]),
      /lies below a file or link/,
    ],
    [
      "lacks a machine",
      () => archive({ machines: [{ lesson: "c/one", savedAt, imageId: "abcdef01", bytes: 3 }] }),
      /machine of “c\/one” is missing/,
    ],
    ["has a huge index", () => pack(files({ "drydock.json": " ".repeat(3_000_000) })), /larger than it may be/],
  ])("is refused when it %s", async (_, make, message) => {
    const file = await make();
    await expect(readArchive(file, signal)).rejects.toMatchObject({ code: "bad-file", message });
  });

  it("is refused when it unpacks to too much", async () => {
    const file = await archive({ workspaces: [one] }, files({ "workspaces/c/one/zeros": "0".repeat(3_000_000) }));
    expect(file.size).toBeLessThan(20_000);
    const tight = { ...archiveLimits, totalBytes: 1_000_000 };
    await expect(readArchive(file, signal, tight)).rejects.toMatchObject({ message: /unpacks to more than 1 MB/ });
    const tightWorkspace = { ...archiveLimits, workspaceBytes: 1_000_000 };
    await expect(readArchive(file, signal, tightWorkspace)).rejects.toMatchObject({ message: /too large .3 MB/ });
    const tightEntries = { ...archiveLimits, entries: 1 };
    await expect(readArchive(file, signal, tightEntries)).rejects.toMatchObject({ message: /too many files/ });
  });

  it("gets no hard link into the workspace, and no special bits", async () => {
    const work = await readArchive(
      await archive({ workspaces: [one] }, [
        { header: { name: "workspaces/c/one/link", size: 0, type: "link", linkname: "workspaces/c/one/run" } },
        { header: { name: "workspaces/c/one/run", size: 1, mode: 0o4755 }, body: "x" },
      ]),
      signal,
    );
    expect(work.workspaces[0]?.files.map(({ path, mode }) => [path, mode])).toEqual([["run", 0o755]]);
    expect(work.workspaces[0]?.links).toEqual([]);
  });

  it("may have links of which none is followed, and none that is in the place of something else", async () => {
    const machine = { lesson: "c/one", savedAt, imageId: "abcdef01", bytes: 0 };
    await expect(
      readArchive(await archive({ machines: [machine] }, [symlink("machines/c/one.bin", "/etc/passwd")]), signal),
    ).rejects.toMatchObject({ message: /machine of “c\/one” is missing/ });
    await expect(readArchive(await pack([symlink("drydock.json", "/etc/passwd")]), signal)).rejects.toMatchObject({
      message: /there is no drydock\.json/,
    });
    const work = await readArchive(
      await archive({ workspaces: [one] }, [symlink("workspaces/c/one/out", "/etc/passwd"), symlink("elsewhere", "x")]),
      signal,
    );
    expect(work.workspaces[0]).toMatchObject({ files: [], links: [{ path: "out", target: "/etc/passwd" }] });
    expect(work.ignored).toEqual(["elsewhere"]);
  });

  it("cannot hide a prototype in its progress", async () => {
    const progress = JSON.parse('{"__proto__": {"a": {"checks": []}}}') as unknown;
    const work = await readArchive(await archive({ progress }), signal);
    expect([Object.keys(work.progress), "a" in work.progress]).toEqual([[], false]);
  });

  it("is not read on when that is cancelled", async () => {
    const reading = readArchive(await archive({}), AbortSignal.abort(new Error("cancelled")));
    await expect(reading).rejects.toThrow("cancelled");
  });
});

const savedAt = "2026-11-19T10:00:00Z";
const one = { lesson: "c/one", savedAt };
const beginning = { ...one, step: "build" };

function newBrowser(quota?: Parameters<typeof createKeptWork>[0]["quota"]): KeptWork {
  const factory = new IDBFactory();
  vi.stubGlobal("indexedDB", factory);
  const work = createKeptWork({ quota, now: () => now });
  // Opened while its own database is the page's.
  void work.where();
  return work;
}

function exportAll(progress: Progress, options: { lesson?: string; machines?: boolean }): Promise<File> {
  return exportWork({ kept, progress, machines: false, now, signal, ...options });
}

async function importInto(target: KeptWork, file: Blob, progress: Progress, choices = none) {
  const plan = await planImport(await readArchive(file, signal), { kept: target, progress, known: new Set() });
  let after = progress;
  const outcome = await carryOutImport(plan, choices, {
    kept: target,
    updateProgress: (change) => (after = change(after)),
  });
  return { ...outcome, progress: after };
}

function keepMachine(lesson: string, size: number, work = kept) {
  const info = { lesson, step: "build", savedAt: "2026-11-20T10:00:00Z", imageId: "abcdef01", bytes: size };
  return work.saveMachine(info, { imageId: "abcdef01", bytes: new Blob([new Uint8Array(size)]) });
}

function workspace(lesson: string, contents: Record<string, string>, folders: string[] = []): KeptWorkspace {
  return {
    lesson,
    savedAt: "2026-11-20T10:00:00Z",
    files: Object.entries(contents).map(([path, content]) => ({ path, mode: 0o644, content: bytes(content) })),
    folders,
  };
}

function sorted(work: KeptWorkspace | undefined) {
  return { ...work, files: work?.files.toSorted((a, b) => (a.path < b.path ? -1 : 1)) };
}

function text(work: KeptWorkspace | undefined, path: string): string | undefined {
  const file = work?.files.find((each) => each.path === path);
  return file && new TextDecoder().decode(file.content);
}

function bytes(content: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(content);
}

function files(contents: Record<string, string>): TarEntry[] {
  return Object.entries(contents).map(([name, content]) => ({
    header: { name, size: bytes(content).byteLength, mode: 0o644 },
    body: content,
  }));
}

function symlink(name: string, linkname: string): TarEntry {
  return { header: { name, size: 0, type: "symlink", linkname } };
}

/** A well-formed archive but for what the test changes. */
function archive(index: Record<string, unknown>, entries: TarEntry[] = []): Promise<Blob> {
  const whole = { format: 1, created: savedAt, progress: {}, workspaces: [], machines: [], ...index };
  return pack([...files({ "drydock.json": JSON.stringify(whole) }), ...entries]);
}

async function pack(entries: TarEntry[]): Promise<Blob> {
  return compress(await packTar(entries));
}

function compress(content: Uint8Array<ArrayBuffer>): Promise<Blob> {
  return new Response(new Blob([content]).stream().pipeThrough(new CompressionStream("gzip"))).blob();
}

async function flipped(): Promise<Blob> {
  const whole = new Uint8Array(await (await archive({}, files({ a: "content" }))).arrayBuffer());
  const middle = Math.floor(whole.length / 2);
  whole[middle] = (whole[middle] ?? 0) ^ 0xff;
  return new Blob([whole]);
}
