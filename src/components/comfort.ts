import { h, render } from "preact";
import { benchActs } from "../sandbox/bench-acts.ts";
import { currentBench } from "../sandbox/current-bench.ts";
import { panelNames } from "../sandbox/panels.ts";
import { paletteWords } from "../words/palette.ts";
import type { Act } from "./acts/act.ts";
import { pageActs } from "./acts/page-acts.ts";
import { readLayout, readTypeSize, typeSizes } from "./page-view.ts";
import { say } from "./say.ts";
import { createShortcutKeys } from "./shortcuts/shortcut-keys.ts";
import { areSingleKeysOn } from "./shortcuts/single-keys.ts";

/** All that can be done on this page now. */
export function allActs(): Act[] {
  const bench = currentBench.value;
  const page = pageActs({
    openPalette: () => void openDialog("palette"),
    openShortcuts: () => void openDialog("shortcuts"),
    onStep: (id) => {
      // A step that is not done stays the open one while its reader looks ahead.
      if (bench?.steps.peek().find(({ isCurrent }) => isCurrent)?.state === "done") bench.desk.openStep(id);
    },
  });
  const hasSandbox = document.querySelector("[data-sandbox]") !== null;
  return bench === undefined || !hasSandbox ? page : [...page, ...benchActs(bench)];
}

/** Answers whether there is such an act now. */
export function runAct(id: string): boolean {
  const act = allActs().find((one) => one.id === id);
  act?.run();
  return act !== undefined;
}

const handleKey = createShortcutKeys({
  run: (act, place) => runAct(act === "panels" ? `panel:${panelNames[place] ?? ""}` : act),
  singleKeys: areSingleKeysOn,
});
document.addEventListener("keydown", handleKey, { capture: true });

/** Takes a key that was pressed before this was loaded. */
export function takeKey(event: KeyboardEvent): void {
  handleKey(event);
}

/** Shows in the View menu what is chosen. */
export function showView(): void {
  const menu = document.getElementById("view-menu");
  for (const button of menu?.querySelectorAll<HTMLElement>("[data-act^='layout-']") ?? []) {
    button.setAttribute("aria-pressed", String(button.dataset.act === `layout-${readLayout()}`));
  }
  const size = readTypeSize();
  const output = menu?.querySelector("output");
  if (output) output.textContent = `${Math.round((typeSizes[size] ?? 1) * 100)} %`;
  menu?.querySelector("[data-act='type-smaller']")?.toggleAttribute("disabled", size === 0);
  menu?.querySelector("[data-act='type-larger']")?.toggleAttribute("disabled", size === typeSizes.length - 1);
}
document.addEventListener("drydock:view", showView);

/** One at a time, over whatever page there is. */
async function openDialog(name: "palette" | "shortcuts"): Promise<void> {
  if (document.querySelector(".comfort-host") !== null) return;
  const host = document.createElement("div");
  host.className = "comfort-host";
  const onClose = () => {
    render(null, host);
    host.remove();
  };
  document.body.append(host);
  document.addEventListener("astro:before-swap", onClose, { once: true });
  try {
    const view =
      name === "palette"
        ? h((await import("./palette/Palette.tsx")).Palette, { acts: allActs(), onClose })
        : h((await import("./shortcuts/ShortcutSheet.tsx")).ShortcutSheet, { onClose });
    render(view, host);
  } catch {
    onClose();
    say(paletteWords.notLoaded);
  }
}
