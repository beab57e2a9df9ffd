import { useSignal } from "@preact/signals";
import { Fragment } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { engineMapWords as words } from "../../words/engine-map.ts";
import type { EngineDesk } from "./engine-desk.ts";
import { portKey, type ContainerThing, type EngineMap, type EngineThing } from "./engine-map.ts";
import { MapLines } from "./MapLines.tsx";
import { noteOf, relationsOf } from "./map-text.ts";
import { nearest } from "./move-focus.ts";
import { chooseShown, columnNames, type ColumnName } from "./shown-things.ts";
import { StateMark } from "./StateMark.tsx";
import "./engine-map.css";

interface EngineMapViewProps {
  readonly desk: EngineDesk;
  readonly map: EngineMap;
  readonly find: string;
}

/** Client, daemon and registry, below them all that the daemon keeps. One stop of the Tab key; arrow keys move in it. */
export function EngineMapView({ desk, map, find }: EngineMapViewProps) {
  const host = useRef<HTMLDivElement>(null);
  const whole = useSignal<ReadonlySet<ColumnName>>(new Set());
  const chosen = desk.chosen.value;
  const shown = chooseShown(map, { find, chosen, whole: whole.value });
  const relations = relationsOf(map);
  useTabStop(host);

  const thing = (one: EngineThing) => (
    <li key={one.key}>
      <ThingButton
        desk={desk}
        thing={one}
        note={shown.details.get(one.key) ?? noteOf(one)}
        relations={relations(one)}
        isDim={shown.joined !== undefined && !shown.joined.has(one.key)}
        isJoined={shown.joined?.has(one.key) === true}
      />
    </li>
  );
  const column = (name: ColumnName) => {
    const { things, more } = shown.columns[name];
    const toggle = (isWhole: boolean) => {
      const next = new Set(whole.peek());
      if (isWhole) next.add(name);
      else next.delete(name);
      whole.value = next;
    };
    return (
      <section key={name} class="map-column" data-column={name} aria-label={words.kinds[name]}>
        <h3>
          {words.kinds[name]} <span>{things.length + more}</span>
        </h3>
        {things.length === 0 && <p>{find === "" ? words.none[name] : words.noMatch}</p>}
        <ul>
          {things.map((one, n) => {
            const group = groupOf(one);
            const isFirst = group !== undefined && group !== groupOf(things[n - 1]);
            return (
              <Fragment key={one.key}>
                {isFirst && <li class="map-group">{words.group(group)}</li>}
                {thing(one)}
              </Fragment>
            );
          })}
        </ul>
        {(more > 0 || whole.value.has(name)) && (
          <button type="button" class="map-more" data-stop onClick={() => toggle(more > 0)}>
            {more > 0 ? words.more(more) : words.fewer}
          </button>
        )}
      </section>
    );
  };
  return (
    <div
      class="engine-map"
      ref={host}
      role="group"
      aria-label={words.mapHint}
      onKeyDown={(event) => moveFocus(event, desk)}
    >
      <MapLines map={map} chosen={chosen} />
      <Outside desk={desk} map={map} />
      <div class="map-frame">
        <Ports desk={desk} containers={shown.columns.container.things} />
        <div class="map-columns">{columnNames.map(column)}</div>
      </div>
    </div>
  );
}

function groupOf(thing: EngineThing | undefined): string | undefined {
  return thing?.kind === "container" ? thing.group : undefined;
}

function Outside({ desk, map }: { desk: EngineDesk; map: EngineMap }) {
  const { version, storageDriver, mirrors } = desk.self.value;
  const registries = map.containers.filter(isRegistry).map(({ name }) => name);
  const note = mirrors === undefined ? words.reading : words.registryNote(mirrors.length);
  const fixture = (key: "client" | "daemon" | "registry", title: string, line: string, says: string) => (
    <button
      type="button"
      class="map-thing"
      data-kind={key}
      data-key={key}
      data-stop
      aria-label={`${title}: ${line}, ${says}`}
      aria-pressed={desk.chosen.value === key}
      onClick={() => desk.choose(key)}
    >
      <span class="thing-name">{title}</span>
      <span class="thing-note">{line}</span>
    </button>
  );
  return (
    <div class="map-outside">
      {fixture("client", words.client, words.clientNote, `${words.asks} ${words.daemon}`)}
      <span class="map-arrow" aria-hidden="true">
        {words.api}
      </span>
      {fixture("daemon", words.daemon, words.daemonNote(version, storageDriver), `${words.pulls} ${words.registry}`)}
      <span class="map-arrow" data-both aria-hidden="true">
        {words.pull}
      </span>
      {fixture("registry", words.registry, [note, ...registries].join(" · "), words.registrySays)}
    </div>
  );
}

function isRegistry({ image }: ContainerThing): boolean {
  return /(^|\/)registry(:|@|$)/.test(image);
}

/** At the edge of the daemon, as it is the daemon that opens them. */
function Ports({ desk, containers }: { desk: EngineDesk; containers: readonly EngineThing[] }) {
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

interface ThingButtonProps {
  readonly desk: EngineDesk;
  readonly thing: EngineThing;
  readonly note: string;
  readonly relations: string;
  readonly isDim: boolean;
  readonly isJoined: boolean;
}

function ThingButton({ desk, thing, note, relations, isDim, isJoined }: ThingButtonProps) {
  const isQuiet = thing.kind === "network" && thing.isDefault;
  return (
    <button
      type="button"
      class="map-thing"
      data-kind={thing.kind}
      data-key={thing.key}
      data-stop
      data-quiet={isQuiet ? "" : undefined}
      data-dim={isDim ? "" : undefined}
      data-joined={isJoined ? "" : undefined}
      data-fresh={desk.fresh.value.has(thing.key) ? "" : undefined}
      data-state={thing.kind === "container" ? thing.state : undefined}
      aria-label={`${thing.name}, ${note}: ${relations}`}
      aria-pressed={desk.chosen.value === thing.key}
      onClick={() => desk.choose(thing.key)}
    >
      <span class="thing-name">{thing.kind === "volume" ? shortened(thing.name) : thing.name}</span>
      <span class="thing-note">
        {thing.kind === "container" && <StateMark {...thing} />}
        {note}
      </span>
    </button>
  );
}

/** An anonymous volume's name is 64 letters of hexadecimal. */
function shortened(name: string): string {
  return /^[0-9a-f]{64}$/.test(name) ? `${name.slice(0, 12)}…` : name;
}

/** Keeps one of the map's buttons, the one that last had the focus, where Tab stops. */
function useTabStop(host: { readonly current: HTMLDivElement | null }): void {
  useLayoutEffect(() => {
    const map = host.current;
    if (map === null) return;
    const stops = [...map.querySelectorAll<HTMLElement>("[data-stop]")];
    const now =
      stops.find((stop) => stop === document.activeElement) ??
      stops.find((stop) => stop.tabIndex === 0 && stop.dataset.at !== undefined);
    for (const stop of stops) {
      delete stop.dataset.at;
      stop.tabIndex = -1;
    }
    const next = now ?? stops.find(({ dataset }) => dataset.kind === "container") ?? stops[0];
    if (next === undefined) return;
    next.tabIndex = 0;
    next.dataset.at = "";
  });
}

function moveFocus(event: KeyboardEvent & { readonly currentTarget: HTMLElement }, desk: EngineDesk): void {
  const now = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-stop]") : null;
  if (now === null) return;
  if (event.key === "Escape" && desk.chosen.peek() !== undefined) {
    desk.choose(undefined);
    return;
  }
  const stops = [...event.currentTarget.querySelectorAll<HTMLElement>("[data-stop]")];
  const column = now.closest("[data-column]")?.querySelectorAll<HTMLElement>("[data-stop]");
  const next =
    event.key === "Home" || event.key === "End"
      ? [...(column ?? stops)].at(event.key === "Home" ? 0 : -1)
      : nearest(
          middleOf(now),
          stops.map((what) => ({ at: middleOf(what), what })),
          event.key,
        );
  if (next === undefined) return;
  event.preventDefault();
  for (const stop of stops) {
    stop.tabIndex = stop === next ? 0 : -1;
    delete stop.dataset.at;
  }
  next.dataset.at = "";
  next.focus();
}

function middleOf(element: HTMLElement) {
  const { x, y, width, height } = element.getBoundingClientRect();
  return { x: x + width / 2, y: y + height / 2 };
}
