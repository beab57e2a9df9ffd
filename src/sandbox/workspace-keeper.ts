// Over 250 lines because it is one state machine: whose work lies in the workspace, and what of it is kept already.
import type { Clock } from "../checks/clock.ts";
import type { Lesson, LessonFile, Step } from "../lessons/model.ts";
import type { Workspace } from "../machine/contract.ts";
import { describeNotKept, withinLimits } from "./kept-limits.ts";
import type { KeptFile, KeptWork, KeptWorkspace } from "./kept-work.ts";
import { decodeFile, givenAt, stepsUpTo } from "./lesson-files.ts";
import { stepStartKey } from "./step-start.ts";
import { copyWorkspace, isSame, putWorkspace, readFile } from "./workspace-copy.ts";

export interface WorkspaceKeeperOptions {
  kept: Pick<KeptWork, "loadWorkspace" | "saveWorkspace" | "forgetWorkspace" | "listWorkspaces" | "onChange">;
  clock: Clock;
  now: () => Date;
  /** Told what is not kept and why, in sentences; `undefined` when everything is. */
  onNotKept: (words: string | undefined) => void;
  /** What is kept of the lesson in the workspace was replaced or forgotten elsewhere on the page: somebody should enter again. */
  onReplaced: () => void;
}

/** Keeps each lesson's workspace in the browser, and puts it into whichever machine there is. One thing at a time. */
export class WorkspaceKeeper implements Disposable {
  readonly #options: WorkspaceKeeperOptions;
  #workspace: Workspace | undefined;
  #watch: Disposable | undefined;
  readonly #keptChanges: Disposable;
  /** The lesson whose files lie in the workspace; undefined while they are exchanged. */
  #owner: string | undefined;
  /** Why nothing can be kept for the owner: what is kept could not be read and must not be replaced. */
  #isUnreadable = false;
  /** When the owner's work that is kept was saved. */
  #savedAt: string | undefined;
  /** Changes of what is kept that are our own. */
  #writing = 0;
  /** Steps of the owner whose beginning is kept. */
  #started = new Set<string>();
  #files: ReadonlyMap<string, KeptFile> = new Map();
  /** Paths of which `#files` may not hold what is there. */
  #changed = new Set<string>();
  #changedSince: number | undefined;
  #timer: Disposable | undefined;
  /** What was too much to be kept, by lesson: it lasts as long as the page. */
  readonly #inMemory = new Map<string, KeptWorkspace>();
  #work: Promise<unknown> = Promise.resolve();

  constructor(options: WorkspaceKeeperOptions) {
    this.#options = options;
    this.#keptChanges = options.kept.onChange(() => {
      if (this.#writing === 0) void this.#lookAgain();
    });
  }

  /** Another machine's workspace, or none. Its files are nobody's until somebody enters. */
  connect(workspace: Workspace | undefined): Promise<void> {
    this.#watch?.[Symbol.dispose]();
    this.#watch = workspace?.watch((changes) => this.#note(changes.map(({ path }) => path)));
    return this.#next(() => {
      this.#workspace = workspace;
      this.#disown();
      return Promise.resolve();
    });
  }

  /**
   * Keeps the work that is there and puts that of `lesson` in its place; `first` if nothing of it is kept. Answers which of
   * the two.
   */
  enter(lesson: string, first: readonly LessonFile[]): Promise<"kept" | "fresh"> {
    return this.#next(async () => {
      const workspace = this.#workspace;
      if (workspace === undefined || this.#owner === lesson) return "kept";
      if (this.#owner !== undefined) await this.#save();
      this.#disown();
      const kept = this.#inMemory.get(lesson) ?? (await this.#load(lesson));
      const files = kept?.files ?? first.map(decodeFile);
      await putWorkspace(workspace, { files, folders: kept?.folders ?? [] });
      if (kept === undefined && !this.#isUnreadable) await this.#forgetStarts(lesson);
      this.#started = new Set(await this.#listStarts(lesson));
      this.#owner = lesson;
      this.#savedAt = kept?.savedAt;
      this.#files = new Map(files.map((file) => [file.path, file]));
      return kept === undefined ? "fresh" : "kept";
    });
  }

  /**
   * Writes the files of `step`, and of the steps before it that have not been opened, and keeps what the workspace is then.
   * Answers those that would replace the learner's own work and were not written.
   */
  beginStep(lesson: Lesson, step: Step): Promise<readonly LessonFile[]> {
    return this.#next(async () => {
      const asking = new Map<string, LessonFile>();
      for (const each of stepsUpTo(lesson, step)) {
        if (this.#owner !== lesson.id || this.#started.has(each.id)) continue;
        for (const file of await this.#overlay(lesson, each.files)) asking.set(file.path, file);
        this.#started.add(each.id);
        await this.#keepStart(lesson.id, each.id, [...asking.values()]);
      }
      return [...asking.values()];
    });
  }

  /** The workspace as it was when `step` was first opened. Works without a machine too. */
  resetStep(lesson: Lesson, step: Step): Promise<void> {
    return this.#next(async () => {
      const { kept, now } = this.#options;
      const start = await kept.loadWorkspace(stepStartKey(lesson.id, step.id));
      const isHere = this.#owner === lesson.id;
      if (start === undefined) {
        if (isHere) await this.#write(step.files);
        return;
      }
      const later = lesson.steps.slice(lesson.steps.findIndex(({ id }) => id === step.id) + 1);
      for (const { id } of later) {
        this.#started.delete(id);
        await this.#forget(stepStartKey(lesson.id, id));
      }
      this.#inMemory.delete(lesson.id);
      await this.#store({ ...start, lesson: lesson.id, savedAt: now().toISOString() });
      if (isHere && this.#workspace !== undefined) await putWorkspace(this.#workspace, start);
    });
  }

  /** Forgets all that is kept of the lesson. If it lies in the workspace, that is nobody's until somebody enters. */
  forget(lesson: string): Promise<void> {
    return this.#next(async () => {
      if (this.#owner === lesson) this.#disown();
      this.#inMemory.delete(lesson);
      await this.#forget(lesson);
      await this.#forgetStarts(lesson);
    });
  }

  /** Puts `files` in the place of all that is there, as the lesson's beginning, from which steps begin anew. */
  replaceAll(lesson: Lesson, files: readonly LessonFile[]): Promise<void> {
    return this.#restart(lesson, (workspace) =>
      putWorkspace(workspace, { files: files.map(decodeFile), folders: [] }).then(() => []),
    ).then(() => undefined);
  }

  /** Adds what is kept of `earlier`. Answers the lesson's files that would replace something of it and were not written. */
  adopt(lesson: Lesson, earlier: string): Promise<readonly LessonFile[]> {
    return this.#restart(lesson, async (workspace) => {
      const kept = this.#inMemory.get(earlier) ?? (await this.#options.kept.loadWorkspace(earlier));
      for (const folder of kept?.folders ?? []) await workspace.makeFolder(folder);
      for (const { path, mode, content } of kept?.files ?? []) await workspace.write(path, content, { mode });
      return this.#overlay(lesson, lesson.files);
    });
  }

  /** Writes over what is there. */
  write(files: readonly LessonFile[]): Promise<void> {
    return this.#next(() => this.#write(files));
  }

  /** As `write`; a file that is there keeps its mode. */
  async writeText(path: string, content: string): Promise<void> {
    await this.#next(async () => this.#workspace?.write(path, new TextEncoder().encode(content)));
  }

  /** What is at `path` now. */
  read(path: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
    return this.#next(() => {
      const workspace = this.#workspace;
      return workspace === undefined ? Promise.resolve(undefined) : readFile(workspace, path);
    });
  }

  /** Keeps what is there, then nothing until `act` has ended: the machine's own files may be incomplete meanwhile. */
  hold(act: () => Promise<void>): Promise<void> {
    return this.#next(async () => {
      await this.#saveIfPossible();
      await act();
    });
  }

  /** Keeps now what has changed. */
  flush(): Promise<void> {
    return this.#next(() => this.#saveIfPossible());
  }

  [Symbol.dispose](): void {
    this.#watch?.[Symbol.dispose]();
    this.#keptChanges[Symbol.dispose]();
    this.#timer?.[Symbol.dispose]();
  }

  #note(paths: readonly string[]): void {
    for (const path of paths) this.#changed.add(path);
    if (this.#owner === undefined) return;
    const { clock } = this.#options;
    this.#changedSince ??= clock.now();
    const waited = clock.now() - this.#changedSince;
    this.#saveAfter(Math.max(0, Math.min(quietMs, longestMs - waited)));
  }

  #saveAfter(ms: number): void {
    this.#timer?.[Symbol.dispose]();
    this.#timer = this.#options.clock.after(ms, () => void this.flush());
  }

  /** As `#save`, but a machine that does not answer is asked again later. */
  async #saveIfPossible(): Promise<void> {
    const changed = [...this.#changed];
    try {
      if (changed.length > 0) await this.#save();
    } catch {
      for (const path of changed) this.#changed.add(path);
      this.#saveAfter(longestMs);
    }
  }

  /** Rejects when the machine does not give its files. */
  async #save(): Promise<void> {
    const lesson = this.#owner;
    const workspace = this.#workspace;
    if (lesson === undefined || workspace === undefined) return;
    this.#timer?.[Symbol.dispose]();
    this.#changedSince = undefined;
    const known = new Map([...this.#files].filter(([path]) => !this.#changed.has(path)));
    this.#changed.clear();
    const { files, folders, links } = await copyWorkspace(workspace, { known });
    this.#files = files;
    const { kept, left } = withinLimits(files.values());
    const record = { lesson, savedAt: this.#options.now().toISOString(), folders };
    if (left.length > 0 || this.#isUnreadable) this.#inMemory.set(lesson, { ...record, files: [...files.values()] });
    else this.#inMemory.delete(lesson);
    if (!this.#isUnreadable) await this.#keep({ ...record, files: kept }, describeNotKept(left, links));
  }

  async #keep(record: KeptWorkspace, notKept: string | undefined): Promise<void> {
    try {
      await this.#store(record);
      this.#options.onNotKept(notKept);
    } catch (error) {
      this.#inMemory.set(record.lesson, { ...record, files: [...this.#files.values()] });
      this.#options.onNotKept(`Your files are not kept after this visit. ${sentence(error)}`);
    }
  }

  async #load(lesson: string): Promise<KeptWorkspace | undefined> {
    this.#isUnreadable = false;
    try {
      return await this.#options.kept.loadWorkspace(lesson);
    } catch (error) {
      this.#isUnreadable = true;
      this.#options.onNotKept(
        `Your files from before could not be read, and new ones are not kept. ${sentence(error)}`,
      );
      return undefined;
    }
  }

  /** Writes `files` but those in whose place lies the learner's own work, and answers these. */
  async #overlay(lesson: Lesson, files: readonly LessonFile[]): Promise<LessonFile[]> {
    const asking: LessonFile[] = [];
    const workspace = this.#workspace;
    if (workspace === undefined) return asking;
    for (const file of files) {
      const there = await readFile(workspace, file.path);
      const isOwn = there !== undefined && !givenAt(lesson, file.path).some(({ content }) => isSame(content, there));
      if (isOwn) asking.push(file);
      else await this.#write([file]);
    }
    return asking;
  }

  async #write(files: readonly LessonFile[]): Promise<void> {
    for (const { path, mode, content } of files.map(decodeFile)) await this.#workspace?.write(path, content, { mode });
  }

  async #restart(
    lesson: Lesson,
    act: (workspace: Workspace) => Promise<readonly LessonFile[]>,
  ): Promise<readonly LessonFile[]> {
    return this.#next(async () => {
      if (this.#workspace === undefined || this.#owner !== lesson.id) return [];
      await this.#forgetStarts(lesson.id);
      this.#started.clear();
      return act(this.#workspace);
    });
  }

  /** Keeps the step's beginning: what is there now, with `files` over it. */
  async #keepStart(lesson: string, step: string, files: readonly LessonFile[]): Promise<void> {
    const { now } = this.#options;
    const workspace = this.#workspace;
    if (workspace === undefined || this.#isUnreadable) return;
    // Events for what was just written have yet to come.
    const copy = await copyWorkspace(workspace);
    const all = new Map(copy.files);
    for (const file of files.map(decodeFile)) all.set(file.path, file);
    const record = { lesson: stepStartKey(lesson, step), savedAt: now().toISOString(), folders: copy.folders };
    // Without it, a reset of the step only writes its files anew.
    await this.#store({ ...record, files: withinLimits(all.values()).kept }).catch(() => undefined);
  }

  async #listStarts(lesson: string): Promise<string[]> {
    const prefix = stepStartKey(lesson, "");
    const all = await this.#options.kept.listWorkspaces().catch(() => []);
    return all.flatMap((each) => (each.lesson.startsWith(prefix) ? [each.lesson.slice(prefix.length)] : []));
  }

  async #forgetStarts(lesson: string): Promise<void> {
    for (const step of await this.#listStarts(lesson)) {
      await this.#forget(stepStartKey(lesson, step));
    }
  }

  async #store(workspace: KeptWorkspace): Promise<void> {
    await this.#ownWrite(() => this.#options.kept.saveWorkspace(workspace));
    if (workspace.lesson === this.#owner) this.#savedAt = workspace.savedAt;
  }

  async #forget(key: string): Promise<void> {
    await this.#ownWrite(() => this.#options.kept.forgetWorkspace(key));
  }

  async #ownWrite(write: () => Promise<void>): Promise<void> {
    this.#writing++;
    try {
      await write();
    } finally {
      this.#writing--;
    }
  }

  /** Lets go of a workspace of which something else is kept now. */
  async #lookAgain(): Promise<void> {
    const isReplaced = await this.#next(async () => {
      const lesson = this.#owner;
      if (lesson === undefined || this.#isUnreadable) return false;
      const { savedAt } = (await this.#options.kept.loadWorkspace(lesson)) ?? {};
      if (savedAt === this.#savedAt) return false;
      this.#inMemory.delete(lesson);
      this.#disown();
      return true;
    }).catch(() => false);
    if (isReplaced) this.#options.onReplaced();
  }

  #disown(): void {
    this.#timer?.[Symbol.dispose]();
    this.#owner = this.#savedAt = undefined;
    this.#files = new Map();
    this.#changed.clear();
    this.#changedSince = undefined;
    this.#started.clear();
  }

  #next<T>(act: () => Promise<T>): Promise<T> {
    const result = this.#work.then(act);
    this.#work = result.catch(() => undefined);
    return result;
  }
}

function sentence(error: unknown): string {
  const hint = error instanceof Error && "hint" in error ? ` ${String(error.hint)}` : "";
  return `${error instanceof Error ? error.message : String(error)}${hint}`;
}

/** Kept after this long without a change, and no later than this long after the first. */
const quietMs = 800;
const longestMs = 5000;
