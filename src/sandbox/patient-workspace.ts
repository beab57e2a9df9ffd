import type { Clock } from "../checks/clock.ts";
import type { Cancellable, Workspace } from "../machine/contract.ts";
import { patiently } from "./patience.ts";

export type PatientWorkspace = Pick<Workspace, "list" | "read" | "write" | "makeFolder" | "makeLink" | "remove">;

/** A workspace of which no answer is waited for without end. */
export function patientWorkspace(workspace: PatientWorkspace, clock: Clock): PatientWorkspace {
  const ask = <T>({ signal }: Cancellable, act: (signal: AbortSignal) => Promise<T>) =>
    patiently(clock, (silence) => act(signal === undefined ? silence : AbortSignal.any([silence, signal])));
  return {
    list: (folder, options = {}) => ask(options, (signal) => workspace.list(folder, { signal })),
    read: (path, options = {}) => ask(options, (signal) => workspace.read(path, { signal })),
    write: (path, content, options = {}) =>
      ask(options, (signal) => workspace.write(path, content, { ...options, signal })),
    makeFolder: (path, options = {}) => ask(options, (signal) => workspace.makeFolder(path, { signal })),
    makeLink: (path, target, options = {}) => ask(options, (signal) => workspace.makeLink(path, target, { signal })),
    remove: (path, options = {}) => ask(options, (signal) => workspace.remove(path, { signal })),
  };
}
