import { useEffect, useRef } from "preact/hooks";
import type { Machine } from "../../machine/contract.ts";
import { layersWords as words } from "../../words/layers.ts";
import type { PanelLink } from "../panel-link.ts";
import { PictureTools, type TakeablePicture } from "../pictures/PictureTools.tsx";
import type { Workbench } from "../workbench.ts";
import { ComparisonView } from "./ComparisonView.tsx";
import { LayerChoosers } from "./LayerChoosers.tsx";
import { LayerFiles } from "./LayerFiles.tsx";
import type { View } from "./layer-view.ts";
import type { LayersDesk } from "./layers-desk.ts";
import { memoryOf } from "./layers-memory.ts";
import { Stack } from "./Stack.tsx";
import { comparisonAsSvg, stackAsSvg } from "./stack-picture.ts";
import { clock } from "./stack-rows.ts";
import { comparisonAsText, stackAsText, type ComparedViews } from "./stack-text.ts";
import { useLayersDesk } from "./use-layers-desk.ts";
import "./layers.css";

/** The layers of an image or a container of the learner's own engine, or of two beside each other; beside them, what a layer changes. */
export function LayersPanel({ machine, bench }: { machine: Machine; bench: Workbench }) {
  const isShown = bench.panel.value === "layers";
  const desk = useLayersDesk(machine, "panel", isShown);
  const changes = bench.engineChanges.value;
  // What is there after a reset or a restart of the engine comes without an event.
  const isThere = bench.engineAnswers.value && !bench.isResetting.value;
  useEffect(() => {
    if (isShown && isThere) void desk.look();
  }, [desk, isShown, isThere, changes]);
  const asked = bench.asked.value;
  // Each link is followed once by each desk: what is chosen afterwards stays when the engine was away for a while.
  const followed = useRef<{ readonly desk: LayersDesk; readonly link: PanelLink }>();
  useEffect(() => {
    if (asked?.panel !== "layers" || !isThere) return;
    if (followed.current?.desk === desk && followed.current.link === asked) return;
    followed.current = { desk, link: asked };
    void desk.lookFor(asked);
  }, [desk, asked, isThere]);

  const view = desk.view.value;
  const compared = desk.comparison.value;
  const shown = desk.side.value === "with" ? compared?.with : view;
  const missing = desk.missing.value;
  const since = memoryOf(machine).ages.since;
  return (
    <div class="layers">
      <div class="layers-bar">
        <LayerChoosers desk={desk} />
        {view !== undefined && <PictureTools picture={compared ? pictureOfTwo(compared) : pictureOfOne(view)} />}
      </div>
      {desk.problem.value !== undefined && <p role="alert">{desk.problem.value}</p>}
      <p class="layers-missing" role="status">
        {missing.length > 0 && words.missing(missing)}
      </p>
      {desk.subjects.value?.length === 0 && missing.length === 0 && <p class="layers-none">{words.none}</p>}
      {view !== undefined && (
        <div class="layers-body" data-comparing={compared && ""}>
          <div class="layers-picture">
            {compared ? <ComparisonView desk={desk} compared={compared} /> : <Stack desk={desk} view={view} />}
            {since !== undefined && view.ages.some(Boolean) && (
              <p class="layers-about">{words.aboutAges(clock(since))}</p>
            )}
          </div>
          <LayerFiles desk={desk} view={shown ?? view} />
        </div>
      )}
    </div>
  );
}

function pictureOfOne(view: View): TakeablePicture {
  const [name] = view.subject.names;
  return {
    name,
    link: { panel: "layers", of: name },
    text: () => stackAsText(view, new Date()),
    svg: () => stackAsSvg(view, new Date()),
  };
}

function pictureOfTwo(compared: ComparedViews): TakeablePicture {
  const [of] = compared.of.subject.names;
  const [other] = compared.with.subject.names;
  return {
    name: `${of}-${other}`,
    link: { panel: "layers", of, with: other },
    text: () => comparisonAsText(compared, new Date()),
    svg: () => comparisonAsSvg(compared, new Date()),
  };
}
