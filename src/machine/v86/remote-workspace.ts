import type { Workspace, WorkspaceChange } from "../contract.ts";
import { raceSignal } from "../signal.ts";
import type { SessionWorker } from "./session.ts";
import { transferring } from "./wire.ts";

export type WorkspaceListener = (changes: readonly WorkspaceChange[]) => void;

/** The workspace of whichever worker `worker` answers; it throws while there is none. `listeners` holds those who watch. */
export function createRemoteWorkspace(worker: () => SessionWorker, listeners: Set<WorkspaceListener>): Workspace {
  return {
    list: (folder, { signal } = {}) =>
      raceSignal(
        call(() => worker().list(folder)),
        signal,
      ),
    read: (path, { signal } = {}) =>
      raceSignal(
        call(() => worker().read(path)),
        signal,
      ),
    write: (path, content, { signal, mode } = {}) =>
      raceSignal(
        call(() => {
          const copy = content.slice();
          return worker().write(path, transferring(copy, [copy.buffer]), mode);
        }),
        signal,
      ),
    makeFolder: (path, { signal } = {}) =>
      raceSignal(
        call(() => worker().makeFolder(path)),
        signal,
      ),
    makeLink: (path, target, { signal } = {}) =>
      raceSignal(
        call(() => worker().makeLink(path, target)),
        signal,
      ),
    rename: (from, to, { signal } = {}) =>
      raceSignal(
        call(() => worker().rename(from, to)),
        signal,
      ),
    remove: (path, { signal } = {}) =>
      raceSignal(
        call(() => worker().remove(path)),
        signal,
      ),
    watch(listener) {
      listeners.add(listener);
      return { [Symbol.dispose]: () => void listeners.delete(listener) };
    },
  };
}

/** Turns a throw into a rejection. */
async function call<T>(action: () => Promise<T>): Promise<T> {
  return action();
}
