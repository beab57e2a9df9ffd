import type { Machine } from "../machine/contract.ts";

/**
 * Has the machine go through Docker's programs once while the learner reads: what v86 has translated is not in the snapshot, and the first `docker ps` would take five times as long as the
 * second. Only questions are asked, at the lowest priority, so that the engine, its events and what is typed meanwhile are as they would be. Again after each reset.
 */
export function warmUp(machine: Machine): Disposable {
  const ended = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isCold = true;
  const follow = () => {
    clearTimeout(timer);
    const { phase } = machine.status;
    if (phase === "ready" && isCold && machine.capabilities.run) timer = setTimeout(run, QUIET_MS);
    else if (phase !== "ready" && phase !== "unresponsive") isCold = true;
  };
  const run = () => {
    isCold = false;
    // A machine that goes, or is reset, takes the questions with it.
    machine.run(QUESTIONS, { signal: ended.signal, timeoutMs: DEADLINE_MS }).catch(() => undefined);
  };
  const status = machine.onStatus(follow);
  follow();
  return {
    [Symbol.dispose]() {
      clearTimeout(timer);
      status[Symbol.dispose]();
      ended.abort();
    },
  };
}

/** The prompt is drawn first. */
const QUIET_MS = 500;
const DEADLINE_MS = 60_000;

/** A container of an image that nobody has is refused before anything is made. */
const QUESTIONS = [
  "nice",
  "-n",
  "19",
  "sh",
  "-c",
  "docker ps; docker image ls; docker run --rm --pull never drydock.invalid/nothing; containerd-shim-runc-v2 -v; crun --version",
];
