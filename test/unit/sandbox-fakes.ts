import type { LessonFile } from "../../src/lessons/model.ts";
import type { Progress } from "../../src/lessons/progress.ts";
import { MachineError } from "../../src/machine/error.ts";
import type { Cancellable, Workspace, WorkspaceChange, WorkspaceEntry } from "../../src/machine/contract.ts";
import type { KeptWork, KeptWorkspace } from "../../src/sandbox/kept-work.ts";
import type { ProgressStore } from "../../src/sandbox/lesson-run.ts";

/**
 * Files in memory. As on the machine, removing a folder takes what is in it, and changes are told of late: when `later`
 * says so, but before a list is answered.
 */
export class FakeWorkspace implements Workspace {
  readonly files = new Map<string, { content: Uint8Array<ArrayBuffer>; mode: number }>();
  readonly folders = new Set<string>();
  readonly links = new Map<string, string>();
  readonly written: string[] = [];
  isGone = false;
  /** Answers nothing until it is no longer waited for. */
  isSilent = false;
  readonly #later: (tell: () => void) => void;
  #untold: WorkspaceChange[] = [];
  #watchers = new Set<(changes: readonly WorkspaceChange[]) => void>();

  constructor(later: (tell: () => void) => void = (tell) => void setImmediate(tell)) {
    this.#later = later;
  }

  /** As if from the terminal. */
  save(path: string, text: string, mode = 0o644): void {
    this.#put(path, new TextEncoder().encode(text), mode);
  }

  text(): Record<string, string> {
    return Object.fromEntries([...this.files].map(([path, { content }]) => [path, new TextDecoder().decode(content)]));
  }

  async list(folder: string, options?: Cancellable): Promise<WorkspaceEntry[]> {
    await this.#look(options);
    this.#tell();
    const entries = new Map<string, WorkspaceEntry>();
    const prefix = folder === "" ? "" : `${folder}/`;
    const add = (path: string, kind: WorkspaceEntry["kind"], bytes: number, mode: number) => {
      if (!path.startsWith(prefix)) return;
      const [name = "", ...rest] = path.slice(prefix.length).split("/");
      if (rest.length > 0) entries.set(name, { name, kind: "folder", bytes: 0, mode: 0o755 });
      else if (!entries.has(name)) entries.set(name, { name, kind, bytes, mode });
    };
    for (const [path, { content, mode }] of this.files) add(path, "file", content.byteLength, mode);
    for (const path of this.links.keys()) add(path, "link", 0, 0o777);
    for (const path of this.folders) add(path, "folder", 0, 0o755);
    return [...entries.values()].map((entry) => {
      const target = this.links.get(prefix + entry.name);
      return target === undefined || entry.kind !== "link" ? entry : { ...entry, target };
    });
  }

  async read(path: string, options?: Cancellable): Promise<Uint8Array<ArrayBuffer>> {
    await this.#look(options);
    const file = this.files.get(path);
    if (file !== undefined) return file.content;
    throw new MachineError("not-found", `There is no "${path}".`, { hint: "" });
  }

  async write(path: string, content: Uint8Array, options?: Cancellable & { mode?: number }): Promise<void> {
    await this.#look(options);
    this.written.push(path);
    this.#put(path, content.slice(), options?.mode ?? this.files.get(path)?.mode ?? 0o644);
  }

  async makeFolder(path: string, options?: Cancellable): Promise<void> {
    await this.#look(options);
    this.folders.add(path);
  }

  async makeLink(path: string, target: string, options?: Cancellable): Promise<void> {
    await this.#look(options);
    if (this.links.has(path) || this.files.has(path) || this.folders.has(path))
      throw new MachineError("invalid-path", `"${path}" exists already.`, { hint: "" });
    this.links.set(path, target);
    this.#note({ path, kind: "written" });
  }

  async rename(from: string, to: string, options?: Cancellable): Promise<void> {
    await this.#look(options);
    const moved = (path: string) =>
      path === from || path.startsWith(`${from}/`) ? to + path.slice(from.length) : path;
    for (const [path, file] of [...this.files]) if (this.files.delete(path)) this.files.set(moved(path), file);
    for (const folder of [...this.folders]) if (this.folders.delete(folder)) this.folders.add(moved(folder));
    this.#note({ path: from, kind: "removed" });
    this.#note({ path: to, kind: "written" });
  }

  async remove(path: string, options?: Cancellable): Promise<void> {
    await this.#look(options);
    if (path === "") throw new Error("/workspace itself was removed");
    const isIn = (each: string) => each === path || each.startsWith(`${path}/`);
    for (const set of [this.files, this.folders, this.links])
      for (const each of set.keys()) if (isIn(each)) set.delete(each);
    this.#note({ path, kind: "removed" });
  }

  watch(listener: (changes: readonly WorkspaceChange[]) => void): Disposable {
    this.#watchers.add(listener);
    return { [Symbol.dispose]: () => void this.#watchers.delete(listener) };
  }

  #put(path: string, content: Uint8Array<ArrayBuffer>, mode: number): void {
    this.files.set(path, { content, mode });
    const names = path.split("/").slice(0, -1);
    names.forEach((_, n) => this.folders.add(names.slice(0, n + 1).join("/")));
    this.#note({ path, kind: "written" });
  }

  #note(change: WorkspaceChange): void {
    this.#untold.push(change);
    if (this.#untold.length === 1) this.#later(() => this.#tell());
  }

  #tell(): void {
    const changes = this.#untold;
    this.#untold = [];
    if (changes.length > 0) for (const tell of this.#watchers) tell(changes);
  }

  async #look({ signal }: Cancellable = {}): Promise<void> {
    if (this.isGone) throw new MachineError("disposed", "The machine was shut down.", { hint: "" });
    if (this.isSilent)
      await new Promise((_, reject) => signal?.addEventListener("abort", () => reject(signal.reason as Error)));
  }
}

/** What a browser keeps, as long as the test lasts. */
export class FakeKept implements Pick<
  KeptWork,
  "loadWorkspace" | "saveWorkspace" | "forgetWorkspace" | "listWorkspaces" | "onChange"
> {
  readonly workspaces = new Map<string, KeptWorkspace>();
  saves = 0;
  #listeners = new Set<() => void>();
  problem: Error | undefined;

  text(lesson: string): Record<string, string> | undefined {
    const kept = this.workspaces.get(lesson);
    return kept && Object.fromEntries(kept.files.map(({ path, content }) => [path, new TextDecoder().decode(content)]));
  }

  loadWorkspace(lesson: string): Promise<KeptWorkspace | undefined> {
    return this.problem ? Promise.reject(this.problem) : Promise.resolve(this.workspaces.get(lesson));
  }

  saveWorkspace(workspace: KeptWorkspace): Promise<void> {
    if (this.problem) return Promise.reject(this.problem);
    this.saves++;
    this.workspaces.set(workspace.lesson, workspace);
    for (const listener of this.#listeners) listener();
    return Promise.resolve();
  }

  forgetWorkspace(lesson: string): Promise<void> {
    this.workspaces.delete(lesson);
    for (const listener of this.#listeners) listener();
    return Promise.resolve();
  }

  onChange(listener: () => void): Disposable {
    this.#listeners.add(listener);
    return { [Symbol.dispose]: () => void this.#listeners.delete(listener) };
  }

  listWorkspaces() {
    return Promise.resolve(
      [...this.workspaces.values()].map(({ lesson, savedAt, files }) => ({
        lesson,
        savedAt,
        files: files.length,
        bytes: 0,
      })),
    );
  }
}

export class FakeStore implements ProgressStore {
  progress: Progress = {};
  #listeners = new Set<(progress: Progress) => void>();
  load = () => this.progress;
  update = (change: (progress: Progress) => Progress) => {
    const after = change(this.progress);
    if (after !== this.progress) {
      this.progress = after;
      for (const tell of this.#listeners) tell(after);
    }
    return after;
  };
  onChange = (listener: (progress: Progress) => void) => {
    this.#listeners.add(listener);
    return { [Symbol.dispose]: () => void this.#listeners.delete(listener) };
  };
}

export function lessonFile(path: string, content: string, more: Partial<LessonFile> = {}): LessonFile {
  return { path, content, encoding: "utf8", executable: false, ...more };
}
