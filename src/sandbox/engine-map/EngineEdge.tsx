import { engineMapWords as words } from "../../words/engine-map.ts";
import type { EngineDesk } from "./engine-desk.ts";
import { portKey, type ContainerThing, type EngineMap, type EngineThing } from "./engine-map.ts";

/** Client, daemon and registry: who asks, who does, and where images come from. */
export function Outside({ desk, map }: { desk: EngineDesk; map: EngineMap }) {
  const { version, storageDriver, mirrors } = desk.self.value;
  const registries = map.containers.filter(isRegistry).map(({ name }) => name);
  const note = mirrors === undefined ? words.reading : words.registryNote(mirrors.length);
  const fixture = (key: "client" | "daemon" | "registry", title: string, line: string) => (
    <button
      type="button"
      class="map-thing"
      data-kind={key}
      data-key={key}
      data-stop
      aria-pressed={desk.chosen.value === key}
      onClick={() => desk.choose(key)}
    >
      <span class="thing-name">{title}</span>
      <span class="thing-note">{line}</span>
      <span class="thing-says">{words.says[key]}</span>
    </button>
  );
  return (
    <div class="map-outside">
      {fixture("client", words.client, words.clientNote)}
      <span class="map-arrow" aria-hidden="true">
        {words.api}
      </span>
      {fixture("daemon", words.daemon, words.daemonNote(version, storageDriver))}
      <span class="map-arrow" data-both aria-hidden="true">
        {words.pull}
      </span>
      {fixture("registry", words.registry, [note, ...registries].join(" · "))}
    </div>
  );
}

function isRegistry({ image }: ContainerThing): boolean {
  return /(^|\/)registry(:|@|$)/.test(image);
}

/** At the edge of the daemon, as it is the daemon that opens them. */
export function Ports({ desk, containers }: { desk: EngineDesk; containers: readonly EngineThing[] }) {
  const ports = containers.flatMap((thing) =>
    thing.kind === "container" ? thing.ports.map((port) => ({ port, thing })) : [],
  );
  if (ports.length === 0) return null;
  return (
    <ul class="map-ports" aria-label={words.ports}>
      {ports.map(({ port, thing }) => {
        const key = portKey(thing.key, port);
        const says = words.port(port.outside, port.inside, port.protocol);
        return (
          <li key={key}>
            <button
              type="button"
              data-key={key}
              data-stop
              aria-label={words.portOf(says, thing.name)}
              data-on={desk.chosen.value === thing.key ? "" : undefined}
              onClick={() => desk.choose(thing.key)}
            >
              {says}
            </button>
          </li>
        );
      })}
    </ul>
  );
}
