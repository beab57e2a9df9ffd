/**
 * Passes on which host names the guest looks up: the same one not twice within `PAUSE_MS`, and never more than `MAX_NAMES` in that time, however
 * many it asks for.
 */
export function limitLookups(
  tell: (name: string) => void,
  now: () => number = () => performance.now(),
): (name: string) => void {
  const told = new Map<string, number>();
  return (name) => {
    for (const [each, at] of told) if (now() - at >= PAUSE_MS) told.delete(each);
    if (told.has(name) || told.size >= MAX_NAMES) return;
    told.set(name, now());
    tell(name);
  };
}

const PAUSE_MS = 2_000;
const MAX_NAMES = 8;
