import { signal } from "@preact/signals";
import type { Engine } from "../../engine/engine.ts";
import type { Machine } from "../../machine/contract.ts";
import type { Build, BuildStep } from "./build-record.ts";
import { findChangedFiles, type ChangedFile } from "./changed-files.ts";
import { compareContexts, snapshotContext, type ContextSnapshot } from "./context-snapshot.ts";
import { copiesFiles, type StepReason } from "./miss-reason.ts";

/** Which files of the context each step copied otherwise than before; missing while they are looked for, empty where that cannot be found out. */
export type FilesOfSteps = ReadonlyMap<BuildStep["digest"], readonly ChangedFile[]>;
export type ReasonsOfSteps = ReadonlyMap<BuildStep["digest"], StepReason>;

/** Finds out which files made a step miss, one question of the machine at a time. */
export class FileFinder {
  readonly #engine: Pick<Engine, "images">;
  readonly #machine: Pick<Machine, "run">;
  readonly #files = signal<ReadonlyMap<string, FilesOfSteps>>(new Map());
  /** The contexts of builds as they were when these began; undefined where that is not known. */
  readonly #snapshots = new Map<string, ContextSnapshot | undefined>();

  constructor(engine: Pick<Engine, "images">, machine: Pick<Machine, "run">) {
    this.#engine = engine;
    this.#machine = machine;
  }

  filesOf(build: Build): FilesOfSteps {
    return this.#files.value.get(build.ref) ?? new Map();
  }

  forget(): void {
    this.#snapshots.clear();
    this.#files.value = new Map();
  }

  /** Keeps the context of the newest build of each folder, unless it has changed since. Says whether there was one to look at. */
  async keepContext(builds: readonly Build[], signal: AbortSignal): Promise<boolean> {
    const folders = new Set<string>();
    for (const { ref, folder, steps, state, createdAt } of builds) {
      if (folder === undefined || folders.has(folder)) continue;
      folders.add(folder);
      if (state === "running" || this.#snapshots.has(ref) || !steps.some(copiesFiles)) continue;
      const snapshot = await snapshotContext(this.#machine, folder, { signal });
      this.#snapshots.set(ref, snapshot !== undefined && snapshot.changedAt <= createdAt ? snapshot : undefined);
      return true;
    }
    return false;
  }

  /** Names the files of the next step that has none yet. Says whether there was one. */
  async nameFiles(build: Build, reasons: ReasonsOfSteps, signal: AbortSignal): Promise<boolean> {
    if (build.state === "running") return false;
    for (const step of build.steps) {
      const reason = reasons.get(step.digest);
      if (reason?.kind !== "files" || this.filesOf(build).has(step.digest)) continue;
      const files = await this.#find(build, step, reason, signal);
      const known = new Map(this.filesOf(build)).set(step.digest, files ?? []);
      this.#files.value = new Map(this.#files.peek()).set(build.ref, known);
      return true;
    }
    return false;
  }

  /** By the layers of the two images; of a stage that is in no image, or a build that failed, by what its folder was. */
  async #find(
    build: Build,
    step: BuildStep,
    { earlier, step: same }: StepReason & { kind: "files" },
    signal: AbortSignal,
  ): Promise<ChangedFile[] | undefined> {
    const before = { build: earlier, step: same };
    const files = await findChangedFiles(this.#engine, this.#machine, before, { build, step }, { signal });
    if (files !== undefined) return files;
    const was = this.#snapshots.get(earlier.ref);
    const now = this.#snapshots.get(build.ref);
    return was && now && compareContexts(step.words, was, now);
  }
}
