import { EngineError } from "./error.ts";

/** What Docker Engine 26.1, the one in Drydock's own machine, speaks. */
export const NEWEST_API = "1.45";
/** Docker Engine 20.10, the oldest the suite in test/engine is run against. */
export const OLDEST_API = "1.41";

/** The version both sides speak, from the `Api-Version` header of `GET /_ping`. Rejects with `engine-too-old`. */
export function negotiateVersion(offered: string | null): string {
  if (offered === null || !/^[0-9]+\.[0-9]+$/.test(offered)) {
    throw new EngineError(
      "unexpected-answer",
      "What answered the ping does not say which version of the Docker API it speaks.",
      {
        hint: "Check that a Docker Engine listens there, and not another program.",
      },
    );
  }
  if (compareVersions(offered, OLDEST_API) < 0) {
    throw new EngineError(
      "engine-too-old",
      `This Docker Engine speaks API ${offered}; at least ${OLDEST_API} is needed.`,
      {
        hint: "Update it to Docker Engine 20.10 or later.",
      },
    );
  }
  return compareVersions(offered, NEWEST_API) < 0 ? offered : NEWEST_API;
}

/** Negative, zero or positive as `a` is older than, the same as or newer than `b`. */
export function compareVersions(a: string, b: string): number {
  const [majorA = 0, minorA = 0] = a.split(".").map(Number);
  const [majorB = 0, minorB = 0] = b.split(".").map(Number);
  return majorA - majorB || minorA - minorB;
}
