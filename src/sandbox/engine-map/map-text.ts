import { engineMapWords as words } from "../../words/engine-map.ts";
import { amount } from "../kept-words.ts";
import type { EngineSelf } from "./engine-desk.ts";
import { thingsOf, type ContainerThing, type EngineMap, type EngineThing } from "./engine-map.ts";
import type { MapChanges } from "./map-changes.ts";

/** All that the map shows, in lines. */
export function mapAsText(map: EngineMap, self: EngineSelf): string {
  const relations = relationsOf(map);
  const lines = [
    `${words.client}: ${words.clientNote}; ${words.says.client}`,
    `${words.daemon}: ${words.daemonNote(self.version, self.storageDriver)}; ${words.says.daemon}`,
    `${words.registry}: ${self.mirrors === undefined ? words.unknown : self.mirrors.join(", ") || words.noMirror}`,
  ];
  const sections = [
    [words.kinds.image, map.images],
    [words.kinds.container, map.containers],
    [words.kinds.network, map.networks],
    [words.kinds.volume, map.volumes],
  ] as const;
  for (const [title, things] of sections) {
    lines.push("", title);
    for (const thing of things) lines.push(`  ${thing.name}: ${noteOf(thing)}; ${relations(thing)}`);
    if (things.length === 0) lines.push("  -");
  }
  return `${lines.join("\n")}\n`;
}

/** The second line of a thing: its state, size or driver. */
export function noteOf(thing: EngineThing): string {
  switch (thing.kind) {
    case "container":
      return stateOf(thing);
    case "image":
      return `${amount(thing.bytes)}${thing.tags.length === 0 ? `, ${words.nameless}` : ""}`;
    case "network":
      return words.networkNote(thing.driver, thing.isDefault);
    case "volume":
      return words.volumeNote(thing.driver);
    case "folder":
      return words.folderNote;
  }
}

export function stateOf({ state, exitCode, health }: ContainerThing): string {
  return words.state(state, exitCode, health);
}

/** Says of a thing what it uses, or what uses it, as the map's lines show it. */
export function relationsOf(map: EngineMap): (thing: EngineThing) => string {
  const names = new Map(thingsOf(map).map(({ key, name }) => [key, name]));
  const from = Map.groupBy(map.edges, (edge) => edge.from);
  const to = Map.groupBy(map.edges, (edge) => edge.to);
  return (thing) => {
    if (thing.kind !== "container") {
      const users = (to.get(thing.key) ?? []).map((edge) => names.get(edge.from) ?? "");
      return users.length === 0 ? words.unused : words.usedBy(series(users));
    }
    const edges = from.get(thing.key) ?? [];
    const some = (kinds: readonly string[], say: (name: string, detail: string) => string) =>
      series(
        edges.filter(({ kind }) => kinds.includes(kind)).map(({ to, detail }) => say(names.get(to) ?? "", detail)),
      );
    const image = some(["image"], (name) => name);
    const networks = some(["network"], words.network);
    const mounts = some(["volume", "folder"], words.mount);
    const ports = series(thing.ports.map(({ outside, inside, protocol }) => words.port(outside, inside, protocol)));
    return [
      image === "" ? words.usesUnlisted(thing.image) : words.uses(image),
      ...(networks === "" ? [] : [words.isOn(networks)]),
      ...(mounts === "" ? [] : [words.mounts(mounts)]),
      ports === "" ? words.publishesNothing : words.publishes(ports),
    ].join(", ");
  };
}

/** Empty where nothing has changed; the first few, and how many more. */
export function changesInWords({ added, removed, turned }: MapChanges): string {
  const all = [
    ...added.map(({ kind, name }) => words.added(words.kind[kind], name)),
    ...turned.map((container) => words.turned(container.name, stateOf(container))),
    ...removed.map(({ kind, name }) => words.gone(capital(words.kind[kind]), name)),
  ];
  const said = all.slice(0, mostSaid);
  return [...said, ...(all.length > mostSaid ? [words.andMore(all.length - mostSaid)] : [])].join(" ");
}

const mostSaid = 4;

function series(some: readonly string[]): string {
  return some.length < 2 ? (some[0] ?? "") : `${some.slice(0, -1).join(", ")} ${words.and} ${some.at(-1) ?? ""}`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
