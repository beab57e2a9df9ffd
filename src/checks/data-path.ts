import * as z from "zod/mini";

/** A place in JSON or YAML, such as `services.web.ports[0]`, or `labels["com.example.tier"]` for a key with points. */
export function dataPath() {
  return z
    .string()
    .check(
      z.refine(
        (path) => readDataPath(path) !== undefined,
        "must be a path of keys and places in lists such as services.web.ports[0]",
      ),
    );
}

/** What a value in JSON or YAML may have to equal. */
export const dataValue = z.union(
  [z.string(), z.number(), z.boolean(), z.null()],
  "a text, a number, true, false or null",
);

/** The value at `path`; `undefined` if there is none. */
export function lookUp(data: unknown, path: string): unknown {
  let value = data;
  for (const key of readDataPath(path) ?? []) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Record<string | number, unknown>)[key];
  }
  return value;
}

function readDataPath(path: string): readonly (string | number)[] | undefined {
  const keys: (string | number)[] = [];
  let at = 0;
  for (const match of path.matchAll(/(?:^|\.)([^.[\]]+)|\[(\d+)\]|\["([^"]*)"\]/g)) {
    if (match.index !== at) return undefined;
    at += match[0].length;
    const [, name, place, quoted] = match;
    keys.push(place === undefined ? (quoted ?? name ?? "") : Number(place));
  }
  return keys.length > 0 && at === path.length ? keys : undefined;
}
