import { effect, signal, type ReadonlySignal } from "@preact/signals";
import type { SessionState } from "./session.ts";

/** Of the last start of the machine. Milliseconds from its beginning to the end of each part; each is there from then on. */
export interface StartFigures {
  readonly downloaded?: number;
  readonly restored?: number;
  readonly ready?: number;
  /** Compressed, over the network or out of the cache. */
  readonly loadedBytes?: number;
}

/** Takes the time of the machine's start, which nobody can do who comes later. */
export class StartTimes {
  readonly figures: ReadonlySignal<StartFigures>;

  constructor(state: ReadonlySignal<SessionState>, now: () => number) {
    const figures = signal<StartFigures>({});
    this.figures = figures;
    let since: number | undefined;
    const end = (part: "downloaded" | "restored" | "ready") => {
      if (since === undefined || figures.peek()[part] !== undefined) return;
      figures.value = { ...figures.peek(), [part]: now() - since };
    };
    effect(() => {
      const current = state.value;
      if (current.phase === "ready") {
        end("ready");
        since = undefined;
        return;
      }
      if (current.phase !== "booting") {
        since = undefined;
        return;
      }
      const { status } = current;
      if (since === undefined) {
        since = now();
        figures.value = {};
      }
      if (status?.phase === "downloading") figures.value = { ...figures.peek(), loadedBytes: status.loadedBytes };
      if (status?.phase === "restoring") end("downloaded");
      if (status?.phase === "starting") {
        end("downloaded");
        end("restored");
      }
    });
  }
}
