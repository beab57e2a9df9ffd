import { thingsOf, type ContainerThing, type EngineMap, type EngineThing } from "./engine-map.ts";

export interface MapChanges {
  readonly added: readonly EngineThing[];
  readonly removed: readonly EngineThing[];
  /** Containers that run, are paused or have ended now and were not so before. */
  readonly turned: readonly ContainerThing[];
}

/** What is another on the map now. */
export function compareMaps(before: EngineMap, after: EngineMap): MapChanges {
  const old = new Map(thingsOf(before).map((thing) => [thing.key, thing]));
  const now = new Set(thingsOf(after).map(({ key }) => key));
  return {
    added: thingsOf(after).filter(({ key }) => !old.has(key)),
    removed: [...old.values()].filter(({ key }) => !now.has(key)),
    turned: after.containers.filter(({ key, state, exitCode }) => {
      const earlier = old.get(key);
      return earlier?.kind === "container" && (earlier.state !== state || earlier.exitCode !== exitCode);
    }),
  };
}
