import { signal, type Signal } from "@preact/signals";
import { withoutProgress } from "../../lessons/progress.ts";
import { carryOutImport, planImport, type ImportChoices, type ImportPlan } from "../../sandbox/import-plan.ts";
import { count } from "../../sandbox/kept-words.ts";
import { pageKeptWork, type KeptWork } from "../../sandbox/kept-work.ts";
import type { Where } from "../../sandbox/kept-records.ts";
import { readArchive } from "../../sandbox/read-archive.ts";
import { errorSentence } from "../../sandbox/error-sentence.ts";
import { machineLock, pageSingleTab } from "../../sandbox/single-tab.ts";
import { isStepStart } from "../../sandbox/step-start.ts";
import { exportWork } from "../../sandbox/work-archive.ts";
import { forgetAllProgress, loadProgress, onProgress, updateProgress } from "../progress-store.ts";
import { deleteEverything } from "./delete-everything.ts";
import type { AllWork } from "./work-overview.ts";
import { downloadFile } from "../download-file.ts";
import { yourWorkWords } from "../../words/your-work.ts";

/** How much room the browser has, as far as it tells. */
export interface Room {
  readonly usedBytes: number;
  readonly allowedBytes: number;
  /** Whether the browser promised not to clear it by itself. */
  readonly isLasting: boolean;
}

/** What the page “Your work” does, behind its view. */
export class WorkDesk implements Disposable {
  /** Undefined until it has been looked up. */
  readonly work = signal<AllWork | undefined>(undefined);
  readonly where = signal<Where | undefined>(undefined);
  readonly room = signal<Room | undefined>(undefined);
  readonly setAside = signal(0);
  /** An import that waits for a yes. */
  readonly plan = signal<ImportPlan | undefined>(undefined);
  /** A machine runs in this tab or another, and keeps its own files. */
  readonly machineRuns = signal(false);
  readonly withMachines = signal(false);
  readonly busy = signal<string | undefined>(undefined);
  /** What was done last, or what went wrong with it. */
  readonly report: Signal<{ readonly words: string; readonly isFailure: boolean } | undefined> = signal(undefined);
  readonly #kept: KeptWork = pageKeptWork();
  readonly #known: ReadonlySet<string>;
  readonly #stop = new AbortController();
  /** What is being done, with what waits for it; answers whether it was done. */
  #doing: Promise<boolean> | undefined;
  readonly #listening: readonly Disposable[];

  constructor(known: ReadonlySet<string>) {
    this.#known = known;
    const look = () => void this.#look();
    this.#listening = [this.#kept.onChange(look), onProgress(look)];
    // Another tab may have kept something meanwhile.
    document.addEventListener("visibilitychange", look, { signal: this.#stop.signal });
    document.addEventListener("drydock:room", () => void this.#lookAtRoom(), { signal: this.#stop.signal });
    look();
  }

  exportWork(lesson?: string, { machines = this.withMachines.peek() } = {}): Promise<boolean> {
    return this.#act(yourWorkWords.exporting, async (signal) => {
      const file = await exportWork({
        kept: this.#kept,
        progress: loadProgress(),
        lesson,
        machines,
        now: new Date(),
        signal,
      });
      downloadFile(file);
      return yourWorkWords.exportedAs(file.name);
    });
  }

  /** Looks at a file, and plans its import. */
  openFile(file: Blob): Promise<boolean> {
    return this.#act(yourWorkWords.readingFile, async (signal) => {
      const work = await readArchive(file, signal);
      this.machineRuns.value = await doesMachineRun();
      this.plan.value = await planImport(work, { kept: this.#kept, progress: loadProgress(), known: this.#known });
      return undefined;
    });
  }

  /** Should that fail, the plan waits for a yes again. */
  async carryOut(plan: ImportPlan, choices: ImportChoices): Promise<void> {
    this.plan.value = undefined;
    const isDone = await this.#act(yourWorkWords.importing, async () => {
      const { workspaces, machines, noRoom } = await carryOutImport(plan, choices, {
        kept: this.#kept,
        updateProgress,
      });
      loadNextPageAnew();
      const steps = plan.lessons.reduce((sum, { newlyDone }) => sum + newlyDone, 0);
      const done = [
        count(steps, "step"),
        `the files of ${count(workspaces, "lesson")}`,
        ...(machines > 0 ? [count(machines, "machine")] : []),
      ];
      const refused = noRoom.length > 0 ? yourWorkWords.noRoomMachine(noRoom.join(", ")) : "";
      return yourWorkWords.imported(done.join(", "), refused);
    });
    if (!isDone) this.plan.value = plan;
  }

  forgetProgress(lesson: string): Promise<boolean> {
    return this.#act(undefined, () => {
      updateProgress((progress) => withoutProgress(progress, lesson));
      return Promise.resolve(yourWorkWords.forgotten);
    });
  }

  forgetWorkspace(lesson: string): Promise<boolean> {
    return this.#act(undefined, async () => {
      await this.#kept.forgetWorkspace(lesson);
      return yourWorkWords.forgotten;
    });
  }

  forgetMachine(lesson: string): Promise<boolean> {
    return this.#act(undefined, async () => {
      await this.#kept.forgetMachine(lesson);
      return yourWorkWords.forgotten;
    });
  }

  forgetAll(): Promise<boolean> {
    return this.#act(yourWorkWords.deleting, async (signal) => {
      const forgetWork = async () => {
        await this.#kept.forgetAll();
        await (await import("../offline/forget-offline.ts")).forgetOffline();
      };
      await deleteEverything({ tab: pageSingleTab(), forgetWork, forgetProgress: forgetAllProgress }, signal);
      loadNextPageAnew();
      return yourWorkWords.everythingDeleted;
    });
  }

  [Symbol.dispose](): void {
    this.#stop.abort();
    for (const each of this.#listening) each[Symbol.dispose]();
  }

  /**
   * One thing after the other. What was asked for while something else was being done, such as an export before all is deleted,
   * is only done if that was. Answers whether it was; `act` answers what to report.
   */
  #act(words: string | undefined, act: (signal: AbortSignal) => Promise<string | undefined>): Promise<boolean> {
    const before = this.#doing;
    const doing = (async () => {
      if (before !== undefined && !(await before)) return false;
      return await this.#do(words, act);
    })().finally(() => {
      if (this.#doing === doing) this.#doing = undefined;
    });
    this.#doing = doing;
    return doing;
  }

  async #do(words: string | undefined, act: (signal: AbortSignal) => Promise<string | undefined>): Promise<boolean> {
    this.report.value = undefined;
    this.busy.value = words;
    try {
      const done = await act(this.#stop.signal);
      if (done !== undefined) this.report.value = { words: done, isFailure: false };
      return true;
    } catch (error) {
      this.report.value = { words: errorSentence(error), isFailure: true };
      return false;
    } finally {
      this.busy.value = undefined;
    }
  }

  async #lookAtRoom(): Promise<void> {
    this.room.value = await readRoom();
  }

  async #look(): Promise<void> {
    const [where, workspaces, machines, setAside, room] = await Promise.all([
      this.#kept.where(),
      this.#kept.listWorkspaces().catch(() => []),
      this.#kept.listMachines().catch(() => []),
      this.#kept.countSetAside().catch(() => 0),
      readRoom(),
    ]);
    this.where.value = where;
    this.setAside.value = setAside;
    this.room.value = room;
    const own = workspaces.filter(({ lesson }) => !isStepStart(lesson));
    this.work.value = { progress: loadProgress(), workspaces: own, machines };
  }
}

async function readRoom(): Promise<Room | undefined> {
  if (!("storage" in navigator)) return undefined;
  try {
    const [{ usage, quota }, isLasting] = await Promise.all([
      navigator.storage.estimate(),
      navigator.storage.persisted(),
    ]);
    return usage === undefined || quota === undefined
      ? undefined
      : { usedBytes: usage, allowedBytes: quota, isLasting };
  } catch {
    return undefined;
  }
}

async function doesMachineRun(): Promise<boolean> {
  const { held = [] } = "locks" in navigator ? await navigator.locks.query() : {};
  return held.some(({ name }) => name === machineLock);
}

/** A machine that runs on in this tab does not know of what has just been changed. */
function loadNextPageAnew(): void {
  for (const anchor of document.querySelectorAll("a")) anchor.dataset.astroReload = "";
}
