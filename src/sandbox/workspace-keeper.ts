// Over 250 lines because it is one state machine: whose work lies in the workspace, and what of it is kept already.
import type { Clock } from "../checks/clock.ts";
import type { Lesson, LessonFile, Step } from "../lessons/model.ts";
import type { Workspace } from "../machine/contract.ts";
import { withinLimits } from "./kept-limits.ts";
import type { KeptWork } from "./kept-work.ts";
import { decodeFile, givenAt, stepsUpTo } from "./lesson-files.ts";
import { LessonRecords } from "./lesson-records.ts";
import { OwnWrites } from "./own-writes.ts";
import type { PatientWorkspace } from "./patient-workspace.ts";
import { StepStarts } from "./step-starts.ts";
import { isSame, type WorkspaceContent } from "./workspace-content.ts";
import { addToWorkspace, putWorkspace, readFile } from "./workspace-copy.ts";
import { WorkspaceMirror } from "./workspace-mirror.ts";

export interface WorkspaceKeeperOptions {
  kept: Pick<KeptWork, "loadWorkspace" | "saveWorkspace" | "forgetWorkspace" | "listWorkspaces" | "onChange">;
  clock: Clock;
  now: () => Date;
  /** Told what is not kept and why, in sentences; `undefined` when everything is. */
  onNotKept: (words: string | undefined) => void;
  /** What is kept of the lesson in the workspace was replaced or forgotten elsewhere on the page: somebody should enter again. */
  onReplaced: () => void;
}

/** `written`: the files of the step that were written where its beginning is not known. */
export type StepReset =
  { readonly isRestored: true } | { readonly isRestored: false; readonly written: readonly LessonFile[] };

/** Keeps each lesson's workspace in the browser, and puts it into whichever machine there is. One thing at a time. */
export class WorkspaceKeeper implements Disposable {
  readonly #options: WorkspaceKeeperOptions;
  readonly #writes: OwnWrites;
  readonly #records: LessonRecords;
  readonly #starts: StepStarts;
  #mirror: WorkspaceMirror | undefined;
  /** The lesson whose files lie in the workspace; undefined while they are exchanged. */
  #owner: string | undefined;
  /** Whether what was seen last in the workspace is kept. */
  #isKept = false;
  /** Steps of the owner that have begun. */
  #started = new Set<string>();
  /** The owner's work was there before, so that steps may have begun of which no beginning is kept. */
  #mayHaveBegun = false;
  #changedSince: number | undefined;
  #timer: Disposable | undefined;
  #work: Promise<unknown> = Promise.resolve();

  constructor(options: WorkspaceKeeperOptions) {
    this.#options = options;
    this.#writes = new OwnWrites(options.kept, () => void this.#lookAgain());
    this.#records = new LessonRecords({ ...options, writes: this.#writes });
    this.#starts = new StepStarts(options.kept, this.#writes);
  }

  /** A machine's workspace, or none. Unless it is the same as before, its files are nobody's until somebody enters. */
  connect(workspace: Workspace | undefined): Promise<void> {
    return this.#next(() => {
      if (this.#mirror?.isOf(workspace)) return Promise.resolve();
      this.#mirror?.[Symbol.dispose]();
      this.#mirror = workspace && new WorkspaceMirror(workspace, this.#options.clock, () => this.#note());
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
      const workspace = this.#mirror?.workspace;
      if (workspace === undefined || this.#owner === lesson) return "kept";
      if (this.#owner !== undefined) await this.#save();
      this.#disown();
      const kept = await this.#records.load(lesson);
      await putWorkspace(workspace, kept ?? { files: first.map(decodeFile), folders: [] });
      const starts = await this.#starts.list(lesson);
      if (kept === undefined && !this.#records.isUnreadable(lesson)) await this.#starts.forget(lesson, starts);
      this.#started = new Set(kept === undefined ? [] : starts);
      this.#mayHaveBegun = kept !== undefined;
      this.#owner = lesson;
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
      if (this.#owner !== lesson.id) return [];
      this.#assumeBegun(lesson, step);
      for (const each of stepsUpTo(lesson, step)) {
        if (this.#started.has(each.id)) continue;
        for (const file of await this.#overlay(lesson, each.files)) asking.set(file.path, file);
        this.#started.add(each.id);
        await this.#keepStart(lesson.id, each.id, [...asking.values()]);
      }
      return [...asking.values()];
    });
  }

  /** The workspace as it was when `step` was first opened, as far as that is known. Works without a machine too. */
  resetStep(lesson: Lesson, step: Step): Promise<StepReset> {
    return this.#next(async () => {
      const start = await this.#starts.load(lesson.id, step.id);
      const isHere = this.#owner === lesson.id;
      if (start === undefined) {
        const written = isHere ? step.files : [];
        await this.#write(written);
        return { isRestored: false, written };
      }
      const later = lesson.steps.slice(stepsUpTo(lesson, step).length).map(({ id }) => id);
      for (const id of later) this.#started.delete(id);
      await this.#starts.forget(lesson.id, later);
      await this.#records.replace(lesson.id, start);
      if (isHere && this.#mirror !== undefined) await putWorkspace(this.#mirror.workspace, start);
      return { isRestored: true };
    });
  }

  /** Forgets all that is kept of the lesson. If it lies in the workspace, that is nobody's until somebody enters. */
  forget(lesson: string): Promise<void> {
    return this.#next(async () => {
      if (this.#owner === lesson) this.#disown();
      await this.#records.forget(lesson);
      await this.#starts.forget(lesson, await this.#starts.list(lesson));
    });
  }

  /** Forgets what was too much to be kept and is only held as long as the page lasts, but not what lies in the workspace. */
  forgetUnkept(): Promise<void> {
    return this.#next(() => {
      this.#records.forgetUnkept();
      return Promise.resolve();
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
      const kept = await this.#records.read(earlier);
      if (kept !== undefined) await addToWorkspace(workspace, kept);
      return this.#overlay(lesson, lesson.files);
    });
  }

  /** Writes over what is there. */
  write(files: readonly LessonFile[]): Promise<void> {
    return this.#next(() => this.#write(files));
  }

  /** As `write`; a file that is there keeps its mode. */
  async writeText(path: string, content: string): Promise<void> {
    await this.#next(async () => this.#mirror?.workspace.write(path, new TextEncoder().encode(content)));
  }

  /** What is at `path` now. */
  read(path: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
    return this.#next(() => {
      const workspace = this.#mirror?.workspace;
      return workspace === undefined ? Promise.resolve(undefined) : readFile(workspace, path);
    });
  }

  /**
   * Keeps what is there, unless the machine does not give it, then nothing until `act` has ended: the machine's own files may
   * be incomplete meanwhile.
   */
  hold(act: () => Promise<void>): Promise<void> {
    return this.#next(async () => {
      await this.#saveIfPossible();
      try {
        await act();
      } finally {
        this.#mirror?.forget();
      }
    });
  }

  /** Keeps now what is there. */
  flush(): Promise<void> {
    return this.#next(() => this.#saveIfPossible());
  }

  [Symbol.dispose](): void {
    this.#mirror?.[Symbol.dispose]();
    this.#writes[Symbol.dispose]();
    this.#timer?.[Symbol.dispose]();
  }

  #note(): void {
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
    try {
      await this.#save();
    } catch {
      this.#saveAfter(longestMs);
    }
  }

  /** Rejects when the machine does not give its files. */
  async #save(): Promise<void> {
    const lesson = this.#owner;
    if (lesson === undefined || this.#mirror === undefined) return;
    this.#timer?.[Symbol.dispose]();
    this.#changedSince = undefined;
    const content = await this.#look(this.#mirror);
    if (this.#isKept) return;
    this.#isKept = await this.#records.keep(lesson, content);
  }

  async #look(mirror: WorkspaceMirror): Promise<WorkspaceContent> {
    const { isNew, ...content } = await mirror.look();
    if (isNew) this.#isKept = false;
    return content;
  }

  /** Writes `files` but those in whose place lies the learner's own work, and answers these. */
  async #overlay(lesson: Lesson, files: readonly LessonFile[]): Promise<LessonFile[]> {
    const asking: LessonFile[] = [];
    const workspace = this.#mirror?.workspace;
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
    for (const { path, mode, content } of files.map(decodeFile))
      await this.#mirror?.workspace.write(path, content, { mode });
  }

  async #restart(
    lesson: Lesson,
    act: (workspace: PatientWorkspace) => Promise<readonly LessonFile[]>,
  ): Promise<readonly LessonFile[]> {
    return this.#next(async () => {
      if (this.#mirror === undefined || this.#owner !== lesson.id) return [];
      await this.#starts.forget(lesson.id, await this.#starts.list(lesson.id));
      this.#started.clear();
      this.#mayHaveBegun = false;
      return act(this.#mirror.workspace);
    });
  }

  /**
   * Steps before one that has begun have begun too, whether their beginnings are kept or not; so has everything up to `step`
   * if no beginning at all is kept of work that was there before, as when it came without them from another browser.
   */
  #assumeBegun(lesson: Lesson, step: Step): void {
    const last = lesson.steps.findLast(({ id }) => this.#started.has(id)) ?? (this.#mayHaveBegun ? step : undefined);
    this.#mayHaveBegun = false;
    if (last !== undefined) for (const { id } of stepsUpTo(lesson, last)) this.#started.add(id);
  }

  /** Keeps the step's beginning: what is there now, with `files` over it. */
  async #keepStart(lesson: string, step: string, files: readonly LessonFile[]): Promise<void> {
    if (this.#mirror === undefined || this.#records.isUnreadable(lesson)) return;
    const content = await this.#look(this.#mirror);
    const all = new Map(content.files.map((file) => [file.path, file]));
    for (const file of files.map(decodeFile)) all.set(file.path, file);
    const { kept } = withinLimits({ ...content, files: [...all.values()] });
    await this.#starts.keep(step, { lesson, savedAt: this.#options.now().toISOString(), ...kept });
  }

  /** Lets go of a workspace of which something else is kept now. */
  async #lookAgain(): Promise<void> {
    const isReplaced = await this.#next(async () => {
      if (this.#owner === undefined || !(await this.#records.isReplaced(this.#owner))) return false;
      this.#disown();
      return true;
    });
    if (isReplaced) this.#options.onReplaced();
  }

  #disown(): void {
    this.#timer?.[Symbol.dispose]();
    this.#owner = this.#changedSince = undefined;
    this.#isKept = this.#mayHaveBegun = false;
    this.#started.clear();
  }

  #next<T>(act: () => Promise<T>): Promise<T> {
    const result = this.#work.then(act);
    this.#work = result.catch(() => undefined);
    return result;
  }
}

/** Kept after this long without a change, and no later than this long after the first. */
const quietMs = 800;
const longestMs = 5000;
