// Over 250 lines because files and machines share the room that there is, and how records are set aside.
import type { SavedState } from "../machine/contract.ts";
import type { Change, Records, Table, Where } from "./kept-records.ts";
import { machineGone, workspaceGone, workspaceKept } from "./record-changes.ts";
import { describeWorkspace } from "./describe-workspace.ts";
import type { KeptMachineInfo, KeptWork, KeptWorkspace, KeptWorkspaceInfo, SetAsideRecord } from "./kept-work.ts";
import { KeptWorkError } from "./kept-work-error.ts";
import { keptWorkWords } from "../words/kept-work.ts";

/** The part of `navigator.storage` that is used; every member is missing somewhere. */
export type StorageQuota = Partial<Pick<StorageManager, "estimate" | "persist" | "persisted">>;

/** Keeps work as records: what fits, what goes when it does not, and what happens to records that make no sense. */
export class WorkKeeper implements KeptWork {
  readonly #open: () => Promise<Records>;
  readonly #quota: StorageQuota | undefined;
  readonly #now: () => Date;
  readonly #listeners = new Set<() => void>();
  #opened: Promise<Records> | undefined;

  constructor(open: () => Promise<Records>, quota: StorageQuota | undefined, now: () => Date) {
    this.#open = open;
    this.#quota = quota;
    this.#now = now;
  }

  async where(): Promise<Where> {
    return (await this.#records()).where;
  }

  async loadWorkspace(lesson: string): Promise<KeptWorkspace | undefined> {
    const { parseKeptWorkspace } = await loadShapes();
    const value = await (await this.#records()).get("workspaces", lesson);
    return value === undefined ? undefined : this.#understand("workspaces", lesson, value, parseKeptWorkspace);
  }

  async saveWorkspace(workspace: KeptWorkspace): Promise<void> {
    if (!(await this.#writeFiles(await changesOf(workspace)))) throw noRoomForFiles();
  }

  async replaceWorkspace(workspace: KeptWorkspace, beside: readonly KeptWorkspace[]): Promise<void> {
    const gone = (await this.#besides(workspace.lesson)).flatMap(workspaceGone);
    const alone = [...gone, ...(await changesOf(workspace))];
    const besides = await Promise.all(beside.map(changesOf));
    if (await this.#writeFiles([...alone, ...besides.flat()])) return;
    if (!(await this.#writeFiles(alone))) throw noRoomForFiles();
  }

  async forgetWorkspace(lesson: string): Promise<void> {
    await this.#write([lesson, ...(await this.#besides(lesson))].flatMap(workspaceGone));
  }

  async listWorkspaces(): Promise<readonly KeptWorkspaceInfo[]> {
    const list: KeptWorkspaceInfo[] = [];
    const records = await (await this.#records()).all("workspace-list");
    if (records.length === 0) return list;
    const { parseKeptWorkspaceInfo } = await loadShapes();
    for (const { key, value } of records) {
      const info = parseKeptWorkspaceInfo(value, key) ?? (await this.#listAnew(key));
      if (info !== undefined) list.push(info);
    }
    return list;
  }

  async listMachines(): Promise<readonly KeptMachineInfo[]> {
    const machines: KeptMachineInfo[] = [];
    const records = await (await this.#records()).all("machines");
    if (records.length === 0) return machines;
    const { parseKeptMachineInfo } = await loadShapes();
    for (const { key, value } of records) {
      const info = await this.#understand("machines", key, value, parseKeptMachineInfo);
      if (info !== undefined) machines.push(info);
    }
    return machines.sort((a, b) => Date.parse(b.savedAt) - Date.parse(a.savedAt));
  }

  async loadMachine(lesson: string): Promise<{ info: KeptMachineInfo; state: SavedState } | undefined> {
    let found: { info: KeptMachineInfo; state: SavedState } | undefined;
    const { parseKeptMachineInfo } = await loadShapes();
    await this.#setAside("machines", lesson, (record, bytes) => {
      const info = parseKeptMachineInfo(record, lesson);
      const isWhole = info !== undefined && bytes instanceof ArrayBuffer && bytes.byteLength === info.bytes;
      found = isWhole ? { info, state: { imageId: info.imageId, bytes: new Blob([bytes]) } } : undefined;
      return isWhole;
    });
    return found;
  }

  async saveMachine(info: KeptMachineInfo, state: SavedState): Promise<"kept" | "no-room"> {
    const bytes = await state.bytes.arrayBuffer();
    const record: KeptMachineInfo = { ...info, imageId: state.imageId, bytes: bytes.byteLength };
    // Not what is replaced: until the new one is there, it is all that the learner has of this lesson.
    const others = (await this.listMachines()).filter(({ lesson }) => lesson !== info.lesson);
    const needed = record.bytes + reserveBytes;
    const room = await this.#room(others);
    if (room + others.reduce((sum, machine) => sum + machine.bytes, 0) < needed) return "no-room";
    let freed = 0;
    while (room + freed < needed) freed += await this.#forgetOldest(others);
    await this.#askToPersist();
    const write = () =>
      this.#write([
        { table: "machines", key: info.lesson, put: record },
        { table: "machine-states", key: info.lesson, put: bytes },
      ]);
    return (await this.#makingRoom(write, others, needed - freed)) ? "kept" : "no-room";
  }

  async forgetMachine(lesson: string): Promise<void> {
    await this.#write(machineGone(lesson));
  }

  async countSetAside(): Promise<number> {
    return (await (await this.#records()).keys("set-aside")).length;
  }

  async loadSetAside(): Promise<readonly SetAsideRecord[]> {
    return (await (await this.#records()).all("set-aside")).map(({ key, value }) => ({ name: key, value }));
  }

  async forgetAll(): Promise<void> {
    const records = await this.#records();
    const changes: Change[] = [];
    for (const table of tables) for (const key of await records.keys(table)) changes.push({ table, key });
    await this.#write(changes);
  }

  onChange(listener: () => void): Disposable {
    this.#listeners.add(listener);
    return { [Symbol.dispose]: () => void this.#listeners.delete(listener) };
  }

  #records(): Promise<Records> {
    return (this.#opened ??= this.#open());
  }

  async #write(changes: readonly Change[]): Promise<void> {
    await (await this.#records()).write(changes);
    this.#tell();
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }

  /** Whether there was room: files matter more than any machine. */
  async #writeFiles(changes: readonly Change[]): Promise<boolean> {
    return this.#makingRoom(() => this.#write(changes), [...(await this.listMachines())], Infinity);
  }

  /** The names of what is kept beside the lesson's workspace. */
  async #besides(lesson: string): Promise<readonly string[]> {
    const keys = await (await this.#records()).keys("workspace-list");
    return keys.filter((key) => key.startsWith(`${lesson}#`));
  }

  /** The list is only there to spare reading all files. */
  async #listAnew(lesson: string): Promise<KeptWorkspaceInfo | undefined> {
    const { parseKeptWorkspace } = await loadShapes();
    await this.#setAside("workspaces", lesson, (there) => parseKeptWorkspace(there, lesson) !== undefined);
    let info: KeptWorkspaceInfo | undefined;
    const entry = { table: "workspace-list", key: lesson } as const;
    await (
      await this.#records()
    ).exchange([{ table: "workspaces", key: lesson }], ["workspaces", entry.table], ([value]) => {
      const workspace = parseKeptWorkspace(value, lesson);
      info = workspace && describeWorkspace(workspace);
      return [info === undefined ? entry : { ...entry, put: info }];
    });
    this.#tell();
    return info;
  }

  async #understand<T>(
    table: Table,
    key: string,
    value: unknown,
    parse: (value: unknown, key: string) => T | undefined,
  ) {
    const record = parse(value, key);
    if (record === undefined) await this.#setAside(table, key, (there) => parse(there, key) !== undefined);
    return record;
  }

  /** Moves a record out of the way, a machine's with its bytes, unless there is none, or `isGood` takes it for one. */
  async #setAside(table: Table, key: string, isGood: (record: unknown, bytes: unknown) => boolean): Promise<void> {
    const gone = table === "machines" ? machineGone(key) : workspaceGone(key);
    const name = `${table}/${key}/${this.#now().toISOString()}`;
    const records = await this.#records();
    try {
      const isAside = await records.exchange(gone, ["set-aside", ...gone.map((place) => place.table)], (values) => {
        const [record, bytes] = values;
        if (record === undefined || isGood(record, bytes)) return [];
        return [{ table: "set-aside", key: name, put: table === "machines" ? { record, bytes } : record }, ...gone];
      });
      if (isAside) this.#tell();
    } catch (error) {
      // Then it stays where it is.
      if (error instanceof KeptWorkError && error.code === "no-room") return;
      throw error;
    }
  }

  /** Bytes that may still be stored beside `others`, as far as the browser tells. */
  async #room(others: readonly KeptMachineInfo[]): Promise<number> {
    if ((await this.where()).kind === "memory") return others.reduce((free, { bytes }) => free - bytes, memoryBytes);
    try {
      const { quota, usage } = (await this.#quota?.estimate?.()) ?? {};
      return quota === undefined ? Infinity : Math.max(0, quota - (usage ?? 0));
    } catch {
      return Infinity;
    }
  }

  /**
   * Tries `write` again after forgetting the oldest of `machines`, for as long as there is one, and `enough` bytes have not
   * been freed: then the browser would refuse after any number of them.
   */
  async #makingRoom(write: () => Promise<void>, machines: KeptMachineInfo[], enough: number): Promise<boolean> {
    let freed = 0;
    for (;;) {
      try {
        await write();
        return true;
      } catch (error) {
        if (!(error instanceof KeptWorkError) || error.code !== "no-room") throw error;
        if (machines.length === 0 || freed >= enough) return false;
        freed += await this.#forgetOldest(machines);
      }
    }
  }

  /** Takes the last of `machines`, which are newest first, and answers its size. */
  async #forgetOldest(machines: KeptMachineInfo[]): Promise<number> {
    const oldest = machines.pop();
    if (oldest === undefined) return 0;
    await this.forgetMachine(oldest.lesson);
    return oldest.bytes;
  }

  /** Some browsers ask the person, who should not be asked twice. */
  async #askToPersist(): Promise<void> {
    const records = await this.#records();
    if (records.where.kind === "memory" || (await records.get("facts", askedToPersist)) !== undefined) return;
    await records.write([{ table: "facts", key: askedToPersist, put: this.#now().toISOString() }]);
    // The answer may take as long as the person does.
    void (async () => {
      if ((await this.#quota?.persisted?.()) !== true) await this.#quota?.persist?.();
    })().catch(() => undefined);
  }
}

/** Loaded when there is something to check: most of a page's script would be this otherwise. */
const loadShapes = () => import("./kept-shapes.ts");

/** Rejects if it could not be read again. */
async function changesOf(workspace: KeptWorkspace): Promise<readonly Change[]> {
  const { parseKeptWorkspace } = await loadShapes();
  if (parseKeptWorkspace(workspace, workspace.lesson) !== undefined) return workspaceKept(workspace);
  throw new KeptWorkError("failed", keptWorkWords.filesNameCannotKept(workspace.lesson), {
    hint: keptWorkWords.renameFile,
  });
}

function noRoomForFiles(): KeptWorkError {
  return new KeptWorkError("no-room", keptWorkWords.noRoomLeftBrowsersStorage, {
    hint: keptWorkWords.exportYourWorkForget,
  });
}

/** Left free for what matters more: files and progress. */
const reserveBytes = 16 * 2 ** 20;
/** What machines may take of the page's memory where nothing else keeps them. */
const memoryBytes = 128 * 2 ** 20;
const askedToPersist = "asked-to-persist";
const tables: readonly Table[] = ["workspaces", "workspace-list", "machines", "machine-states", "set-aside", "facts"];
