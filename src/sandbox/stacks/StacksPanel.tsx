import type { Machine } from "../../machine/contract.ts";
import { stacksWords as words } from "../../words/stacks.ts";
import { PictureTools } from "../pictures/PictureTools.tsx";
import type { Workbench } from "../workbench.ts";
import { stacksAsSvg } from "./stacks-picture.ts";
import { stacksAsText } from "./stacks-text.ts";
import { StacksPicture } from "./StacksPicture.tsx";
import { useStacksDesk } from "./use-stacks-desk.ts";

/** What runs in this sandbox and on what, down to the reader's own computer, beside what a virtual machine stands on. */
export function StacksPanel({ machine, bench }: { machine: Machine; bench: Workbench }) {
  const desk = useStacksDesk(machine, bench, bench.panel.value === "stacks");
  const view = desk.view.value;
  return (
    <div class="stacks">
      {view !== undefined && (
        <div class="stacks-bar">
          <PictureTools
            picture={{
              name: "containers-and-vms",
              link: { panel: "stacks" },
              text: () => stacksAsText(view),
              svg: () => stacksAsSvg(view),
            }}
          />
        </div>
      )}
      {desk.problem.value !== undefined && <p role="alert">{desk.problem.value}</p>}
      {view === undefined ? <p class="panel-note">{words.measuring}</p> : <StacksPicture view={view} />}
    </div>
  );
}
