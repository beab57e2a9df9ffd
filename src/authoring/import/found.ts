import type { Action, ImportNote, Mapped } from "./scenario.ts";

/** What comes to light while a stretch is converted. */
export interface Found {
  readonly actions: Action[];
  readonly mapped: Mapped[];
  readonly notes: ImportNote[];
  /** Whether something is to be done within what has to stay together, such as a callout. */
  hasNestedActions: boolean;
}

export function createFound(): Found {
  return { actions: [], mapped: [], notes: [], hasNestedActions: false };
}
