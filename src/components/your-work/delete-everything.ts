import type { SingleTab } from "../../sandbox/single-tab.ts";

export interface DeleteEverythingOptions {
  tab: Pick<SingleTab, "takeOver">;
  /** Files and machines. */
  forgetWork: () => Promise<void>;
  forgetProgress: () => void;
}

/**
 * Deletes all that is kept. A machine that runs, in this tab or another, is ended before, and none begins meanwhile: it would keep
 * its files anew, and what is on it would tick the steps again.
 */
export async function deleteEverything(
  { tab, forgetWork, forgetProgress }: DeleteEverythingOptions,
  signal: AbortSignal = new AbortController().signal,
): Promise<void> {
  const claim = await tab.takeOver(() => undefined, signal, "deleted");
  try {
    await forgetWork();
    forgetProgress();
  } finally {
    await claim.release();
  }
}
