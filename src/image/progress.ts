import type { Phase } from "./error.ts";

export interface Progress {
  phase(phase: Phase, text: string): void;
  detail(text: string): void;
  done(text: string): void;
}

/** One line when a phase begins, its details below it, each with the seconds since the build began. */
export function createProgress(write: (line: string) => void, now: () => number = () => performance.now()): Progress {
  const start = now();
  const seconds = () => `${((now() - start) / 1000).toFixed(0).padStart(4)} s`;
  return {
    phase: (phase, text) => write(`[machine ${seconds()}] ${phase}: ${text}`),
    detail: (text) => write(`[machine ${seconds()}]   ${text}`),
    done: (text) => write(`[machine ${seconds()}] ${text}`),
  };
}
