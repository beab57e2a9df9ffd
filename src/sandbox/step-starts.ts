import type { KeptWork, KeptWorkspace } from "./kept-work.ts";
import type { OwnWrites } from "./own-writes.ts";
import { stepStartKey } from "./step-start.ts";

/** How the workspace was when each step of a lesson was first opened, kept beside the lesson's own. */
export class StepStarts {
  readonly #kept: Pick<KeptWork, "loadWorkspace" | "listWorkspaces">;
  readonly #writes: OwnWrites;

  constructor(kept: Pick<KeptWork, "loadWorkspace" | "listWorkspaces">, writes: OwnWrites) {
    this.#kept = kept;
    this.#writes = writes;
  }

  /** Ids of the steps whose beginning is kept; none when that cannot be told. */
  async list(lesson: string): Promise<readonly string[]> {
    const prefix = stepStartKey(lesson, "");
    const all = await this.#kept.listWorkspaces().catch(() => []);
    return all.flatMap((each) => (each.lesson.startsWith(prefix) ? [each.lesson.slice(prefix.length)] : []));
  }

  load(lesson: string, step: string): Promise<KeptWorkspace | undefined> {
    return this.#kept.loadWorkspace(stepStartKey(lesson, step));
  }

  /** Without a beginning a reset of the step only writes its files anew, so it is no failure when this one finds no room. */
  async keep(step: string, workspace: KeptWorkspace): Promise<void> {
    await this.#writes.save({ ...workspace, lesson: stepStartKey(workspace.lesson, step) }).catch(() => undefined);
  }

  async forget(lesson: string, steps: readonly string[]): Promise<void> {
    for (const step of steps) await this.#writes.forget(stepStartKey(lesson, step));
  }
}
