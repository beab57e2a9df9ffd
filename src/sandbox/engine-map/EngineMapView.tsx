import { useSignal } from "@preact/signals";
import { Fragment } from "preact";
import { useRef } from "preact/hooks";
import { engineMapWords as words } from "../../words/engine-map.ts";
import type { EngineDesk } from "./engine-desk.ts";
import { Outside, Ports } from "./EngineEdge.tsx";
import type { EngineMap, EngineThing } from "./engine-map.ts";
import { MapLines } from "./MapLines.tsx";
import { noteOf, relationsOf } from "./map-text.ts";
import { moveFocus, useTabStop } from "./map-focus.ts";
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
      aria-pressed={desk.chosen.value === thing.key}
      onClick={() => desk.choose(thing.key)}
    >
      <span class="thing-name">{breakable(thing.kind === "volume" ? shortened(thing.name) : thing.name)}</span>
      <span class="thing-note">
        {thing.kind === "container" && <StateMark {...thing} />}
        {note}
      </span>
      {/* What the lines tell, for who does not see them. */}
      <span class="thing-says">{relations}</span>
    </button>
  );
}

/** A long name goes on in the next line where one would say it in two breaths. */
function breakable(name: string) {
  return name.split(/(?<=[:/_.-])/).map((part, n) => (
    <Fragment key={n}>
      {n > 0 && <wbr />}
      {part}
    </Fragment>
  ));
}

/** An anonymous volume's name is 64 letters of hexadecimal. */
function shortened(name: string): string {
  return /^[0-9a-f]{64}$/.test(name) ? `${name.slice(0, 12)}…` : name;
}
