import { panelWords } from "../words/panels.ts";
import { isTerminal, panelNames, terminalOf, titleOf } from "./panels.ts";
import type { Workbench } from "./workbench.ts";

/** Arrow keys move between the tabs, Tab goes on into what is shown. */
export function PanelTabs({ bench }: { bench: Workbench }) {
  const shown = bench.panel.value;
  const onKeyDown = (event: KeyboardEvent) => {
    const now = panelNames.indexOf(shown);
    const to = { ArrowRight: now + 1, ArrowLeft: now - 1, Home: 0, End: panelNames.length - 1 }[event.key];
    const next = to === undefined ? undefined : panelNames[(to + panelNames.length) % panelNames.length];
    if (next === undefined) return;
    event.preventDefault();
    bench.panel.value = next;
    document.getElementById(`tab-${next}`)?.focus();
  };
  return (
    <div class="sandbox-tabs" role="tablist" aria-label={panelWords.tabs} onKeyDown={onKeyDown}>
      {panelNames.map((name) => (
        <button
          key={name}
          type="button"
          role="tab"
          id={`tab-${name}`}
          aria-selected={name === shown}
          aria-controls={`panel-${name}`}
          tabIndex={name === shown ? 0 : -1}
          onClick={() => bench.show(name)}
        >
          <span class="long">{titleOf(name)}</span>
          <span class="short" aria-hidden="true">
            {isTerminal(name) ? terminalOf(name) + 1 : titleOf(name)}
          </span>
        </button>
      ))}
    </div>
  );
}
