// Over 250 lines because it is one list: what the store promises, with a database and without one.
import "fake-indexeddb/auto";
import { forceCloseDatabase, IDBFactory } from "fake-indexeddb";
import { openDB, type IDBPDatabase } from "idb";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createKeptWork, type KeptMachineInfo, type KeptWorkspace } from "../../src/sandbox/kept-work.ts";
import { databaseName } from "../../src/sandbox/kept-records.ts";
import type { StorageQuota } from "../../src/sandbox/work-keeper.ts";

const MiB = 2 ** 20;
const now = () => new Date("2026-11-21T12:00:00Z");

beforeEach(() => {
  vi.stubGlobal("indexedDB", new IDBFactory());
});

afterEach(() => {
  vi.unstubAllGlobals();
});

describe("workspaces", () => {
  it("come back as they were kept, on a later visit too", async () => {
    await open().saveWorkspace(workspace("a/one"));
    const later = open();
    expect(await later.loadWorkspace("a/one")).toEqual(workspace("a/one"));
    expect(await later.loadWorkspace("a/two")).toBeUndefined();
    expect(await later.listWorkspaces()).toEqual([
      { lesson: "a/one", savedAt: "2026-11-21T10:00:00Z", files: 2, bytes: 7 },
    ]);
    expect(await later.where()).toEqual({ kind: "browser" });
  });

  it("are forgotten one by one", async () => {
    const kept = open();
    await kept.saveWorkspace(workspace("a/one"));
    await kept.saveWorkspace(workspace("a/two"));
    await kept.forgetWorkspace("a/one");
    expect((await kept.listWorkspaces()).map(({ lesson }) => lesson)).toEqual(["a/two"]);
  });

  it("are not kept with a path that leads out of them", async () => {
    const hostile = { ...workspace("a/one"), files: [file("../../etc/passwd", "x")] };
    await expect(open().saveWorkspace(hostile)).rejects.toMatchObject({ code: "failed" });
  });

  it("are set aside when they make no sense, and do not come back", async () => {
    const kept = open();
    await kept.saveWorkspace(workspace("a/one"));
    await kept.saveWorkspace(workspace("a/bad"));
    await tamper("workspaces", "a/bad", { lesson: "a/bad", files: "none" });
    await kept.saveWorkspace(workspace("a/other"));
    await tamper("workspaces", "a/other", workspace("a/else"));
    await tamper("workspace-list", "a/other", "nonsense");
    expect(await kept.loadWorkspace("a/bad")).toBeUndefined();
    expect((await kept.listWorkspaces()).map(({ lesson }) => lesson)).toEqual(["a/one"]);
    expect(await kept.countSetAside()).toBe(2);
  });

  it("are listed anew when only their entry in the list makes no sense", async () => {
    const kept = open();
    await kept.saveWorkspace(workspace("a/one"));
    const list = await kept.listWorkspaces();
    await tamper("workspace-list", "a/one", { lesson: "a/one", files: -1 });
    expect(await kept.listWorkspaces()).toEqual(list);
    expect(await kept.countSetAside()).toBe(0);
  });

  it("are not written again when they are listed anew, so that another tab's save in between is not lost", async () => {
    const kept = open();
    await kept.saveWorkspace(workspace("a/one"));
    await tamper("workspace-list", "a/one", "nonsense");
    const put = vi.spyOn(IDBObjectStore.prototype, "put");
    await kept.listWorkspaces();
    expect(put.mock.calls.map(([value]) => value as unknown)).toEqual([
      { lesson: "a/one", savedAt: "2026-11-21T10:00:00Z", files: 2, bytes: 7 },
    ]);
    put.mockRestore();
  });

  it("are not listed any more when only their entry in the list is left", async () => {
    const kept = open();
    await kept.saveWorkspace(workspace("a/one"));
    await tamper("workspace-list", "a/gone", "nonsense");
    expect((await kept.listWorkspaces()).map(({ lesson }) => lesson)).toEqual(["a/one"]);
    expect(await everyRecord()).toEqual(["workspace-list/a/one", "workspaces/a/one"]);
  });

  it("are replaced with what is kept beside them, all at once", async () => {
    const kept = open();
    for (const id of ["a/one", "a/one#first", "a/one#second", "a/two#first"]) await kept.saveWorkspace(workspace(id));
    const seen: Promise<readonly string[]>[] = [];
    const look = async () => (await kept.listWorkspaces()).map(({ lesson, files }) => `${lesson} ${files}`);
    kept.onChange(() => seen.push(look()));
    const small = (lesson: string) => ({ ...workspace(lesson), files: [] });
    await kept.replaceWorkspace(small("a/one"), [small("a/one#second"), small("a/one#third")]);
    expect(await Promise.all(seen)).toEqual([["a/one 0", "a/one#second 0", "a/one#third 0", "a/two#first 2"]]);
  });

  it("are replaced without what would be kept beside them, when there is no room for that", async () => {
    const kept = open();
    await kept.saveWorkspace(workspace("a/one#old"));
    const end = refuseWrites(({ lesson, files }) => lesson === "a/one#first" && files !== undefined, 100);
    await kept.replaceWorkspace(workspace("a/one"), [workspace("a/one#first")]);
    end();
    expect((await kept.listWorkspaces()).map(({ lesson }) => lesson)).toEqual(["a/one"]);
  });

  it("are forgotten with what is kept beside them", async () => {
    const kept = open();
    for (const id of ["a/one", "a/one#first", "a/one#second", "a/one-more"]) await kept.saveWorkspace(workspace(id));
    await kept.forgetWorkspace("a/one#first");
    expect((await kept.listWorkspaces()).map(({ lesson }) => lesson)).toEqual(["a/one", "a/one#second", "a/one-more"]);
    await kept.forgetWorkspace("a/one");
    expect((await kept.listWorkspaces()).map(({ lesson }) => lesson)).toEqual(["a/one-more"]);
    expect(await kept.loadWorkspace("a/one#second")).toBeUndefined();
  });
});

describe("machines", () => {
  it("come back with their bytes, newest first in the list", async () => {
    const kept = open();
    expect(await save(kept, "a/one", 1000, "2026-11-20T10:00:00Z")).toBe("kept");
    expect(await save(kept, "a/two", 2000, "2026-11-21T10:00:00Z")).toBe("kept");
    expect((await open().listMachines()).map(({ lesson, bytes }) => [lesson, bytes])).toEqual([
      ["a/two", 2000],
      ["a/one", 1000],
    ]);
    const loaded = await open().loadMachine("a/one");
    expect(loaded?.info).toEqual(machine("a/one", 1000, "2026-11-20T10:00:00Z"));
    expect(loaded?.state.imageId).toBe("abcdef01");
    expect(new Uint8Array((await loaded?.state.bytes.arrayBuffer()) ?? new ArrayBuffer())).toEqual(content(1000));
  });

  it("make room for a newer one, the oldest first", async () => {
    const quota = { quota: 100 * MiB, usage: 0 };
    const kept = open({ estimate: () => Promise.resolve(quota) });
    await save(kept, "a/one", 30 * MiB, "2026-11-19T10:00:00Z");
    await save(kept, "a/two", 30 * MiB, "2026-11-20T10:00:00Z");
    quota.usage = 60 * MiB;
    expect(await save(kept, "a/three", 30 * MiB, "2026-11-21T10:00:00Z")).toBe("kept");
    expect((await kept.listMachines()).map(({ lesson }) => lesson)).toEqual(["a/three", "a/two"]);
    expect(await kept.loadMachine("a/one")).toBeUndefined();
  });

  it("are refused, and nothing is forgotten, when one alone does not fit", async () => {
    const kept = open({ estimate: () => Promise.resolve({ quota: 60 * MiB, usage: 20 * MiB }) });
    await save(kept, "a/one", 20 * MiB, "2026-11-20T10:00:00Z");
    expect(await save(kept, "a/two", 50 * MiB, "2026-11-21T10:00:00Z")).toBe("no-room");
    expect((await kept.listMachines()).map(({ lesson }) => lesson)).toEqual(["a/one"]);
  });

  it("never go for a newer one of the same lesson that is refused", async () => {
    const kept = open();
    await save(kept, "a/one", 1000, "2026-11-19T10:00:00Z");
    const end = refuseWrites(({ savedAt }) => savedAt === "2026-11-21T10:00:00Z", 100);
    expect(await save(kept, "a/one", 2000, "2026-11-21T10:00:00Z")).toBe("no-room");
    end();
    expect((await kept.loadMachine("a/one"))?.info.savedAt).toBe("2026-11-19T10:00:00Z");
  });

  it("have to fit beside the one that they replace, and leave it where they do not", async () => {
    const kept = open({ estimate: () => Promise.resolve({ quota: 60 * MiB, usage: 40 * MiB }) });
    await save(kept, "a/one", 1000, "2026-11-19T10:00:00Z");
    expect(await save(kept, "a/one", 30 * MiB, "2026-11-21T10:00:00Z")).toBe("no-room");
    expect((await kept.loadMachine("a/one"))?.info.savedAt).toBe("2026-11-19T10:00:00Z");
  });

  it("do not go any more once there would be room enough, though the browser still refuses", async () => {
    const kept = open();
    for (const day of [15, 16, 17, 18]) await save(kept, `a/on-${day}`, 30 * MiB, `2026-11-${day}T10:00:00Z`);
    const end = refuseWrites(({ savedAt }) => savedAt === "2026-11-21T10:00:00Z", 100);
    expect(await save(kept, "a/new", 30 * MiB, "2026-11-21T10:00:00Z")).toBe("no-room");
    end();
    expect((await kept.listMachines()).map(({ lesson }) => lesson)).toEqual(["a/on-18", "a/on-17"]);
  });

  it("make room also when the browser had promised more than it gives", async () => {
    const kept = open({ estimate: () => Promise.resolve({ quota: 1000 * MiB, usage: 0 }) });
    await save(kept, "a/one", 1000, "2026-11-19T10:00:00Z");
    await save(kept, "a/two", 1000, "2026-11-20T10:00:00Z");
    const end = refuseWrites(({ savedAt }) => savedAt === "2026-11-21T10:00:00Z", 1);
    expect(await save(kept, "a/three", 1000, "2026-11-21T10:00:00Z")).toBe("kept");
    end();
    expect((await kept.listMachines()).map(({ lesson }) => lesson)).toEqual(["a/three", "a/two"]);
  });

  it("give way to the learner's files", async () => {
    const kept = open();
    await save(kept, "a/one", 1000, "2026-11-19T10:00:00Z");
    const end = refuseWrites(({ files }) => files !== undefined, 1);
    await kept.saveWorkspace(workspace("a/two"));
    end();
    expect(await kept.listMachines()).toEqual([]);
    expect(await kept.loadWorkspace("a/two")).toEqual(workspace("a/two"));
  });

  it("let files that find no room at all be heard of", async () => {
    const end = refuseWrites(({ files }) => files !== undefined, 100);
    await expect(open().saveWorkspace(workspace("a/two"))).rejects.toMatchObject({ code: "no-room" });
    end();
  });

  it("are kept where the browser tells nothing about its room", async () => {
    expect(await save(open(undefined), "a/one", 1000, "2026-11-20T10:00:00Z")).toBe("kept");
    const failing = open({ estimate: () => Promise.reject(new Error("no")) });
    expect(await save(failing, "a/two", 1000, "2026-11-20T10:00:00Z")).toBe("kept");
  });

  it("are set aside when their bytes are missing or too few", async () => {
    const kept = open();
    await save(kept, "a/one", 1000, "2026-11-20T10:00:00Z");
    await tamper("machine-states", "a/one", new ArrayBuffer(999));
    expect(await kept.loadMachine("a/one")).toBeUndefined();
    expect(await kept.listMachines()).toEqual([]);
    expect(await kept.countSetAside()).toBe(1);
    await save(kept, "a/two", 1000, "2026-11-20T10:00:00Z");
    await tamper("machines", "a/two", "nonsense");
    expect(await kept.listMachines()).toEqual([]);
    const aside = await kept.loadSetAside();
    expect(aside.map(({ name }) => name.split("/2026")[0])).toEqual(["machines/a/one", "machines/a/two"]);
    expect(aside.map(({ value }) => value)).toEqual([
      { record: machine("a/one", 1000, "2026-11-20T10:00:00Z"), bytes: new ArrayBuffer(999) },
      { record: "nonsense", bytes: content(1000).buffer },
    ]);
    expect(await valuesOf("machine-states")).toEqual([]);
  });

  it("stay where they are when there is no room to set them aside", async () => {
    const kept = open();
    await save(kept, "a/one", 1000, "2026-11-20T10:00:00Z");
    await tamper("machine-states", "a/one", new ArrayBuffer(999));
    const end = refuseWrites(({ bytes }) => bytes instanceof ArrayBuffer, 1);
    expect(await kept.loadMachine("a/one")).toBeUndefined();
    end();
    expect(await valuesOf("machine-states")).toEqual([new ArrayBuffer(999)]);
    expect(await kept.countSetAside()).toBe(0);
  });

  it.each(["loaded", "listed"] as const)("are left alone when another tab keeps one while it is %s", async (how) => {
    const kept = open();
    await save(kept, "a/one", 1000, "2026-11-20T10:00:00Z");
    if (how === "listed") await tamper("machines", "a/one", "nonsense");
    const other = await openDB(databaseName);
    const later = machine("a/one", 2000, "2026-11-21T10:00:00Z");
    const method = how === "loaded" ? "get" : "getAll";
    const original = IDBObjectStore.prototype[method];
    let saving: Promise<void> | undefined;
    const spy = vi.spyOn(IDBObjectStore.prototype, method).mockImplementation(function (
      this: IDBObjectStore,
      ...query: unknown[]
    ) {
      const request = original.apply(this, query as never);
      if (this.name === "machines") saving ??= putBoth(other, later);
      return request;
    });
    const first = how === "loaded" ? await kept.loadMachine("a/one") : await kept.listMachines();
    spy.mockRestore();
    await saving;
    other.close();
    const before = expect.objectContaining({ info: machine("a/one", 1000, "2026-11-20T10:00:00Z") }) as unknown;
    expect(first).toEqual(how === "loaded" ? before : []);
    expect((await kept.loadMachine("a/one"))?.state.bytes.size).toBe(2000);
    expect(await kept.countSetAside()).toBe(0);
  });

  it("make the browser asked for lasting storage once and for all", async () => {
    const persist = vi.fn(() => Promise.resolve(false));
    const quota = { persist, persisted: () => Promise.resolve(false) };
    await save(open(quota), "a/one", 10, "2026-11-20T10:00:00Z");
    await save(open(quota), "a/two", 10, "2026-11-20T10:00:00Z");
    await vi.waitFor(() => expect(persist).toHaveBeenCalledTimes(1));
  });

  it("do not ask for lasting storage that is granted already", async () => {
    const persist = vi.fn(() => Promise.resolve(true));
    const persisted = vi.fn(() => Promise.resolve(true));
    await save(open({ persist, persisted }), "a/one", 10, "2026-11-20T10:00:00Z");
    await vi.waitFor(() => expect(persisted).toHaveBeenCalled());
    expect(persist).not.toHaveBeenCalled();
  });
});

describe("the browser's database", () => {
  it("is replaced by memory where it is denied, and says so", async () => {
    vi.stubGlobal("indexedDB", {
      open: () => {
        throw new DOMException("denied", "SecurityError");
      },
    });
    const kept = open();
    await kept.saveWorkspace(workspace("a/one"));
    expect(await kept.loadWorkspace("a/one")).toEqual(workspace("a/one"));
    expect(await kept.where()).toMatchObject({ kind: "memory", why: expect.stringContaining("private") as string });
    expect(await save(kept, "a/one", 1000, "2026-11-20T10:00:00Z")).toBe("kept");
    expect(await save(kept, "a/two", 200 * MiB, "2026-11-20T10:00:00Z")).toBe("no-room");
  });

  it("is replaced by memory where there is none, or it never answers", async () => {
    vi.stubGlobal("indexedDB", undefined);
    expect((await open().where()).kind).toBe("memory");
    vi.stubGlobal("indexedDB", { open: () => new IDBOpenDBRequest() });
    expect(await createKeptWork({ quota: undefined, now, patienceMs: 10 }).where()).toMatchObject({
      kind: "memory",
      why: expect.stringContaining("does not answer") as string,
    });
  });

  it("is left alone when a newer version of the site has written it", async () => {
    (await openDB(databaseName, 99)).close();
    expect(await open().where()).toMatchObject({
      kind: "memory",
      why: expect.stringContaining("newer version") as string,
    });
  });

  it("lets a newer version in another tab have it, and then says what to do", async () => {
    const kept = open();
    await kept.saveWorkspace(workspace("a/one"));
    (await openDB(databaseName, 99)).close();
    await expect(kept.loadWorkspace("a/one")).rejects.toMatchObject({ code: "outdated", hint: /Reload/ });
  });

  it("is opened again after the browser has closed it", async () => {
    const { kept, databases } = await openWatched();
    // Its declared type is the class where it takes an instance.
    for (const database of databases.splice(0)) forceCloseDatabase(database as never);
    expect(await kept.loadWorkspace("a/one")).toEqual(workspace("a/one"));
    expect(databases).toHaveLength(1);
  });

  it("is opened again when it turns out to be closed only as it is used", async () => {
    const { kept, databases } = await openWatched();
    // A connection that closes without a word is the last to tell of it.
    for (const database of databases.splice(0)) database.close();
    expect(await kept.loadWorkspace("a/one")).toEqual(workspace("a/one"));
    expect(databases).toHaveLength(1);
  });

  it("is not touched before it is needed", () => {
    const factory = { open: vi.fn() };
    vi.stubGlobal("indexedDB", factory);
    open();
    expect(factory.open).not.toHaveBeenCalled();
  });
});

it("forgets everything on request, and tells of every change", async () => {
  const kept = open();
  const listener = vi.fn();
  const listening = kept.onChange(listener);
  await kept.saveWorkspace(workspace("a/one"));
  await save(kept, "a/one", 10, "2026-11-20T10:00:00Z");
  await tamper("workspaces", "a/bad", 1);
  await kept.loadWorkspace("a/bad");
  expect(listener).toHaveBeenCalledTimes(3);
  await kept.forgetAll();
  expect(await everyRecord()).toEqual([]);
  expect([await kept.listWorkspaces(), await kept.listMachines(), await kept.countSetAside()]).toEqual([[], [], 0]);
  listening[Symbol.dispose]();
  await kept.forgetAll();
  expect(listener).toHaveBeenCalledTimes(4);
});

function open(quota?: StorageQuota) {
  return createKeptWork({ quota, now });
}

function file(path: string, text: string) {
  return { path, mode: 0o644, content: new TextEncoder().encode(text) };
}

function workspace(lesson: string): KeptWorkspace {
  return {
    lesson,
    savedAt: "2026-11-21T10:00:00Z",
    files: [file("app.py", "pass"), file("web/index.html", "hi!")],
    folders: ["web", "empty"],
  };
}

function machine(lesson: string, bytes: number, savedAt: string): KeptMachineInfo {
  return { lesson, step: "build", savedAt, imageId: "abcdef01", bytes };
}

function content(bytes: number): Uint8Array<ArrayBuffer> {
  return Uint8Array.from({ length: bytes }, (_, n) => n % 251);
}

function save(kept: ReturnType<typeof open>, lesson: string, bytes: number, savedAt: string) {
  const state = new Blob([bytes > 10_000 ? new Uint8Array(bytes) : content(bytes)]);
  return kept.saveMachine(machine(lesson, bytes, savedAt), { imageId: "abcdef01", bytes: state });
}

/** With a workspace kept, and the connections that are made from then on or are there already. */
async function openWatched() {
  const databases: IDBDatabase[] = [];
  const factory = indexedDB;
  vi.stubGlobal("indexedDB", {
    open: (...asked: Parameters<IDBFactory["open"]>) => {
      const opening = factory.open(...asked);
      opening.addEventListener("success", () => databases.push(opening.result));
      return opening;
    },
  });
  const kept = open();
  await kept.saveWorkspace(workspace("a/one"));
  return { kept, databases };
}

/** What is left in any table, by name. */
async function everyRecord(): Promise<string[]> {
  const database = await openDB(databaseName);
  const tables = [...database.objectStoreNames];
  const all = await Promise.all(
    tables.map(async (table) => (await database.getAllKeys(table)).map((key) => `${table}/${key as string}`)),
  );
  database.close();
  return all.flat();
}

async function tamper(table: string, key: string, value: unknown): Promise<void> {
  const database = await openDB(databaseName);
  await database.put(table, value, key);
  database.close();
}

async function putBoth(database: IDBPDatabase, info: KeptMachineInfo): Promise<void> {
  const transaction = database.transaction(["machines", "machine-states"], "readwrite");
  await transaction.objectStore("machines").put(info, info.lesson);
  await transaction.objectStore("machine-states").put(content(info.bytes).buffer, info.lesson);
  await transaction.done;
}

async function valuesOf(table: string): Promise<unknown[]> {
  const database = await openDB(databaseName);
  const values = (await database.getAll(table)) as unknown[];
  database.close();
  return values;
}

/** Makes the database refuse matching records as full, the first `times` times. */
function refuseWrites(matches: (record: Record<string, unknown>) => boolean, times: number): () => void {
  const put = IDBObjectStore.prototype.put;
  let left = times;
  const spy = vi.spyOn(IDBObjectStore.prototype, "put").mockImplementation(function (
    this: IDBObjectStore,
    value: unknown,
    key?: IDBValidKey,
  ) {
    if (left > 0 && typeof value === "object" && value !== null && matches(value as Record<string, unknown>)) {
      left--;
      throw new DOMException("full", "QuotaExceededError");
    }
    return put.call(this, value, key);
  });
  return () => spy.mockRestore();
}
