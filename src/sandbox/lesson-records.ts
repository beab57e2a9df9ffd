import { errorSentence } from "./error-sentence.ts";
import { describeNotKept, withinLimits } from "./kept-limits.ts";
import type { KeptWork, KeptWorkspace } from "./kept-work.ts";
import type { OwnWrites } from "./own-writes.ts";
import type { WorkspaceContent } from "./workspace-content.ts";
import { stepWords } from "../words/steps.ts";

export interface LessonRecordsOptions {
  kept: Pick<KeptWork, "loadWorkspace">;
  writes: OwnWrites;
  now: () => Date;
  onNotKept: (words: string | undefined) => void;
}

/** What is kept of each lesson's own workspace: in the browser, and what is too much for it in memory, as long as the page lasts. */
export class LessonRecords {
  readonly #options: LessonRecordsOptions;
  readonly #inMemory = new Map<string, KeptWorkspace>();
  /** What is kept of these could not be read, and must not be replaced. */
  readonly #unreadable = new Set<string>();
  /** When what is kept of a lesson was saved, as far as this page knows. */
  readonly #savedAt = new Map<string, string>();

  constructor(options: LessonRecordsOptions) {
    this.#options = options;
  }

  /** The newest there is. */
  async read(lesson: string): Promise<KeptWorkspace | undefined> {
    const held = this.#inMemory.get(lesson);
    try {
      const kept = await this.#options.kept.loadWorkspace(lesson);
      return held !== undefined && this.#isNewerThan(kept, lesson) ? held : kept;
    } catch (error) {
      if (held === undefined) throw error;
      return held;
    }
  }

  /** As `read`, for one who keeps the lesson's work from now on: what cannot be read is said, and left alone. */
  async load(lesson: string): Promise<KeptWorkspace | undefined> {
    const held = this.#inMemory.get(lesson);
    try {
      const kept = await this.#options.kept.loadWorkspace(lesson);
      if (held !== undefined && this.#isNewerThan(kept, lesson)) {
        if (this.#savedAt.has(lesson)) this.#unreadable.delete(lesson);
        return held;
      }
      this.#drop(lesson);
      if (kept !== undefined) this.#savedAt.set(lesson, kept.savedAt);
      return kept;
    } catch (error) {
      this.#unreadable.add(lesson);
      if (held !== undefined) return held;
      this.#savedAt.delete(lesson);
      this.#options.onNotKept(stepWords.yourFilesBeforeCould(errorSentence(error)));
      return undefined;
    }
  }

  isUnreadable(lesson: string): boolean {
    return this.#unreadable.has(lesson);
  }

  /** Keeps as much of it as can be, and says what cannot. Answers whether all that can be kept is. */
  async keep(lesson: string, content: WorkspaceContent): Promise<boolean> {
    const { kept, left } = withinLimits(content);
    const whole = { lesson, savedAt: this.#options.now().toISOString(), ...content };
    const notKept = describeNotKept(left);
    if (notKept !== undefined || this.#unreadable.has(lesson)) this.#inMemory.set(lesson, whole);
    else this.#inMemory.delete(lesson);
    if (this.#unreadable.has(lesson)) return true;
    try {
      await this.#store({ ...whole, ...kept });
      this.#options.onNotKept(notKept);
      return true;
    } catch (error) {
      this.#inMemory.set(lesson, whole);
      this.#options.onNotKept(stepWords.yourFilesNotKept(errorSentence(error)));
      return false;
    }
  }

  /** Puts `content`, which has been kept before, in the place of all that is known of the lesson. */
  async replace(lesson: string, { files, folders, links }: WorkspaceContent): Promise<void> {
    this.#inMemory.delete(lesson);
    await this.#store({ lesson, savedAt: this.#options.now().toISOString(), files, folders, links });
  }

  async forget(lesson: string): Promise<void> {
    this.#drop(lesson);
    await this.#options.writes.forget(lesson);
  }

  /** Forgets what was too much to be kept, of all lessons. */
  forgetUnkept(): void {
    for (const lesson of [...this.#inMemory.keys()]) this.#drop(lesson);
    this.#options.onNotKept(undefined);
  }

  /** Whether something else is kept of the lesson than this page has read or written; then that is what counts from now on. */
  async isReplaced(lesson: string): Promise<boolean> {
    if (this.#unreadable.has(lesson)) return false;
    const kept = await this.#options.kept.loadWorkspace(lesson).catch(() => "unreadable" as const);
    if (kept === "unreadable" || kept?.savedAt === this.#savedAt.get(lesson)) return false;
    this.#inMemory.delete(lesson);
    return true;
  }

  /** Whether what is in memory comes after `kept`, which somebody else may have written or forgotten since. */
  #isNewerThan(kept: KeptWorkspace | undefined, lesson: string): boolean {
    const savedAt = this.#savedAt.get(lesson);
    if (savedAt === undefined && this.#unreadable.has(lesson)) return kept !== undefined;
    return kept?.savedAt === savedAt;
  }

  #drop(lesson: string): void {
    this.#inMemory.delete(lesson);
    this.#savedAt.delete(lesson);
    this.#unreadable.delete(lesson);
  }

  async #store(workspace: KeptWorkspace): Promise<void> {
    await this.#options.writes.save(workspace);
    this.#savedAt.set(workspace.lesson, workspace.savedAt);
  }
}
