import type { OutOfReach } from "../contract.ts";

/**
 * Passes on what a person should be told of. After a mirror's "no", Docker Engine asks Docker Hub: its host name then belongs to the image that was
 * just told of. Docker asks for everything several times; the same is told once within `PAUSE_MS`.
 */
export function reportOutOfReach(
  tell: (wanted: OutOfReach) => void,
  now: () => number = () => performance.now(),
): (wanted: OutOfReach) => void {
  let lastPull = -Infinity;
  let last = { words: "", at: -Infinity };
  return (wanted) => {
    if (wanted.kind === "host" ? !isForeign(wanted.name, now() - lastPull < HUB_MS) : false) return;
    if (wanted.kind !== "host") lastPull = now();
    const words = JSON.stringify(wanted);
    const isRepeated = last.words === words && now() - last.at < PAUSE_MS;
    last = { words, at: now() };
    if (!isRepeated) tell(wanted);
  };
}

const PAUSE_MS = 5_000;
/** Docker Engine tries Docker Hub several times. */
const HUB_MS = 60_000;

/**
 * Docker Engine looks this up before each pull, also one that the mirror answers, to see whether it is an address of the machine itself; it asks it for
 * nothing.
 */
const HUB = "docker.io";

/**
 * Whether it is a host on the internet: not one of Docker's own names for services and containers, not one that is never there (RFC 6761, 6762, 8375),
 * not an address read backwards.
 */
function isForeign(name: string, isPulling: boolean): boolean {
  if (
    name === HUB ||
    !name.includes(".") ||
    /^tasks\.|\.(?:arpa|example|home|internal|invalid|lan|local|localhost|test)$/.test(name)
  )
    return false;
  return !(isPulling && /(?:^|\.)docker\.(?:io|com)$/.test(name));
}
