import type { Clock } from "../checks/clock.ts";
import type { Workspace } from "../machine/contract.ts";
import { patientWorkspace, type PatientWorkspace } from "./patient-workspace.ts";
import { isSameContent, type WorkspaceContent } from "./workspace-content.ts";
import { copyWorkspace, type WorkspaceCopy } from "./workspace-copy.ts";

/** What was last seen in a workspace. Looking again reads only the files that have changed since. */
export class WorkspaceMirror implements Disposable {
  readonly workspace: PatientWorkspace;
  readonly #whole: Workspace;
  readonly #watch: Disposable;
  #seen: WorkspaceCopy | undefined;
  /** Paths of which `#seen` may not hold what is there. */
  #changed = new Set<string>();

  constructor(workspace: Workspace, clock: Clock, onChange: () => void) {
    this.#whole = workspace;
    this.workspace = patientWorkspace(workspace, clock);
    this.#watch = workspace.watch((changes) => {
      for (const { path } of changes) this.#changed.add(path);
      onChange();
    });
  }

  isOf(workspace: Workspace | undefined): boolean {
    return workspace === this.#whole;
  }

  /**
   * What is there now; `isNew` if it is not what was seen last. Rejects when the machine does not give its files: then the next
   * look sees all that this one was to see.
   */
  async look(): Promise<WorkspaceContent & { readonly isNew: boolean }> {
    const seen = this.#seen;
    const changed = this.#changed;
    // Of what changes meanwhile nobody knows whether it was read before or after.
    this.#changed = new Set();
    const isChanged = (path: string) => changed.has(path) || this.#changed.has(path);
    try {
      const known = (path: string) => (isChanged(path) ? undefined : seen?.files.get(path));
      const now = await copyWorkspace(this.workspace, { known });
      this.#seen = now;
      const content = contentOf(now);
      return { ...content, isNew: seen === undefined || !isSameContent(contentOf(seen), content) };
    } catch (error) {
      for (const path of changed) this.#changed.add(path);
      throw error;
    }
  }

  /** Forgets what was seen: the files were exchanged without a word. */
  forget(): void {
    this.#seen = undefined;
    this.#changed.clear();
  }

  [Symbol.dispose](): void {
    this.#watch[Symbol.dispose]();
  }
}

function contentOf({ files, folders, links }: WorkspaceCopy): WorkspaceContent {
  return { files: [...files.values()], folders, links };
}
