import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { Machine } from "../../machine/contract.ts";
import { engineMapWords as words } from "../../words/engine-map.ts";
import { PictureTools, type TakeablePicture } from "../pictures/PictureTools.tsx";
import type { Workbench } from "../workbench.ts";
import type { EngineDesk } from "./engine-desk.ts";
import type { EngineMap } from "./engine-map.ts";
import { EngineMapView } from "./EngineMapView.tsx";
import { mapAsSvg } from "./map-picture.ts";
import { mapAsText } from "./map-text.ts";
import { ThingDetails } from "./ThingDetails.tsx";
import { useEngineDesk } from "./use-engine-desk.ts";
import "./engine-panel.css";

/** The learner's own engine and all that it keeps, as one map; beside it, what the engine says of the chosen thing. */
export function EnginePanel({ machine, bench }: { machine: Machine; bench: Workbench }) {
  const isShown = bench.panel.value === "engine";
  const { desk, isThere } = useEngineDesk(machine, bench, isShown);
  const asked = bench.asked.value;
  useEffect(() => {
    if (asked?.panel === "engine" && isThere) void desk.lookFor(asked.of, asked.with);
  }, [desk, asked, isThere]);
  const find = useSignal("");
  const body = useRef<HTMLDivElement>(null);
  const map = desk.map.value;
  const chosen = desk.chosen.value;
  const hadFocus = useRef(false);
  useEffect(() => {
    const stop = [...(body.current?.querySelectorAll<HTMLElement>("[data-key]") ?? [])].find(
      ({ dataset }) => dataset.key === chosen,
    );
    stop?.scrollIntoView({ block: "nearest" });
  }, [chosen]);
  useEffect(() => {
    // The focus was in what is gone now.
    if (!hadFocus.current || document.activeElement !== document.body) return;
    body.current?.querySelector<HTMLElement>("[data-at]")?.focus();
  }, [chosen, map]);

  return (
    <div class="engine">
      <div class="engine-bar">
        <label>
          {words.find}
          <input
            type="search"
            value={find.value}
            placeholder={words.findHint}
            onInput={(event) => (find.value = event.currentTarget.value)}
          />
        </label>
        {map !== undefined && <PictureTools picture={pictureOf(desk, map)} />}
      </div>
      {desk.problem.value !== undefined && <p role="alert">{desk.problem.value}</p>}
      <p class="engine-said" role="status">
        {desk.said.value}
      </p>
      {map === undefined ? (
        <p class="panel-note">{words.reading}</p>
      ) : (
        <div
          class="engine-body"
          ref={body}
          data-open={chosen === undefined ? undefined : ""}
          onFocusIn={() => (hadFocus.current = true)}
          onFocusOut={({ relatedTarget }) => {
            if (relatedTarget !== null) hadFocus.current = false;
          }}
        >
          <div class="engine-scroll">
            <EngineMapView desk={desk} map={map} find={find.value} />
          </div>
          <ThingDetails desk={desk} bench={bench} />
        </div>
      )}
    </div>
  );
}

function pictureOf(desk: EngineDesk, map: EngineMap): TakeablePicture {
  const key = desk.chosen.value;
  const thing = key === undefined ? undefined : desk.byKey.value.get(key);
  const of = thing?.name ?? key;
  return {
    name: "engine",
    link: { panel: "engine", ...(of !== undefined && { of }), ...(thing !== undefined && { with: thing.kind }) },
    text: () => mapAsText(map, desk.self.peek()),
    svg: () => mapAsSvg(map, desk.self.peek()),
  };
}
