import type { EngineMap, EngineThing } from "./engine-map.ts";
import { noteOf } from "./map-text.ts";

/** What of the map is on the screen, column by column. */
export interface ShownThings {
  readonly columns: Readonly<Record<ColumnName, ShownColumn>>;
  /** What is joined to the chosen one, and that itself; undefined while nothing of the columns is chosen. */
  readonly joined: ReadonlySet<string> | undefined;
  /** Of what is joined to the chosen one: the address or the place that belongs to the two. */
  readonly details: ReadonlyMap<string, string>;
}

export interface ShownColumn {
  readonly things: readonly EngineThing[];
  /** That are not shown unless asked for. */
  readonly more: number;
}

export const columnNames = ["image", "container", "network", "volume"] as const;
export type ColumnName = (typeof columnNames)[number];

export interface Wanted {
  readonly find: string;
  readonly chosen: string | undefined;
  /** Columns that are shown wholly. */
  readonly whole: ReadonlySet<ColumnName>;
}

/** Of long columns the first few and all that the chosen one is joined to; while something is sought, that and what is joined to it. */
export function chooseShown(map: EngineMap, { find, chosen, whole }: Wanted): ShownThings {
  const columns = { image: map.images, container: map.containers, network: map.networks, volume: map.volumes };
  const all: readonly EngineThing[] = Object.values(columns).flat();
  const isThere = all.some(({ key }) => key === chosen);
  const joined = chosen !== undefined && isThere ? joinedTo(map, new Set([chosen])) : undefined;
  const words = find
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "");
  const matches = new Set(
    all.filter((thing) => words.every((word) => textOf(thing).includes(word))).map(({ key }) => key),
  );
  const sought = words.length === 0 ? undefined : joinedTo(map, matches);
  const column = (name: ColumnName): ShownColumn => {
    const some = columns[name].filter(({ key }) => sought?.has(key) ?? true);
    const things = whole.has(name) ? some : some.filter(({ key }, n) => n < mostShown || joined?.has(key));
    return { things, more: some.length - things.length };
  };
  const details = new Map<string, string>();
  for (const { from, to, detail } of map.edges) {
    if (detail === "" || (from !== chosen && to !== chosen)) continue;
    details.set(from === chosen ? to : from, detail);
  }
  return {
    columns: {
      image: column("image"),
      container: column("container"),
      network: column("network"),
      volume: column("volume"),
    },
    joined,
    details,
  };
}

/** Of one column. */
const mostShown = 24;

function joinedTo({ edges }: EngineMap, keys: ReadonlySet<string>): ReadonlySet<string> {
  const joined = new Set(keys);
  for (const { from, to } of edges) {
    if (keys.has(from)) joined.add(to);
    if (keys.has(to)) joined.add(from);
  }
  return joined;
}

function textOf(thing: EngineThing): string {
  const more =
    thing.kind === "container"
      ? [thing.image, thing.group ?? "", ...thing.ports.map(({ outside }) => String(outside))]
      : thing.kind === "image"
        ? thing.tags
        : [];
  return [thing.name, thing.id, noteOf(thing), ...more].join(" ").toLowerCase();
}
