import type { Connection } from "../contract.ts";

/** Passes on what either brings to the other, to the end of both. What breaks one breaks the other. */
export function joinStreams(one: Connection, other: Connection): void {
  // A pipe passes an error on only when the write under way has ended, which may be never; so each end tells the other itself.
  one.closed.catch((error: unknown) => {
    other.abort(error);
  });
  other.closed.catch((error: unknown) => {
    one.abort(error);
  });
  one.readable.pipeTo(other.writable).catch(() => undefined);
  other.readable.pipeTo(one.writable).catch(() => undefined);
}
