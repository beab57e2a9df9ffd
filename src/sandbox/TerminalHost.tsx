import { useLayoutEffect, useRef } from "preact/hooks";
import { panelWords } from "../words/panels.ts";
import { LoadedPart } from "./LoadedPart.tsx";
import { dropsFiles } from "./transfer/drops-files.ts";
import type { Workbench } from "./workbench.ts";
import { workbenchWords } from "../words/workbench.ts";

/** The panel of one terminal, with its search bar: the one that is shown, or the one below another panel. */
export function TerminalHost({ bench, number }: { bench: Workbench; number: 0 | 1 | 2 }) {
  const screen = useRef<HTMLDivElement>(null);
  const name = `terminal-${number}` as const;
  const pane = bench.panes.value[number];
  const isBelow = bench.below.value === number;
  const isShown = isBelow || bench.panel.value === name;
  const { phase } = bench.session.state.value;
  const hasMachine = (phase === "ready" || phase === "unresponsive") && !bench.isResetting.value;

  useLayoutEffect(() => {
    if (screen.current !== null && pane !== undefined) pane.mount(screen.current);
  }, [pane]);

  const wish = isBelow ? bench.wantsFocusBelow : bench.wantsFocus;
  const wantsFocus = wish.value;
  useLayoutEffect(() => {
    if (!isShown || pane === undefined) return;
    pane.fit();
    if (!wantsFocus || !hasMachine) return;
    pane.focus();
    wish.value = false;
  }, [isShown, isBelow, pane, wantsFocus, hasMachine, wish]);

  return (
    <section
      class="terminal-panel"
      // What is below is no panel of the chosen tab.
      role={isBelow ? "region" : "tabpanel"}
      id={`panel-${name}`}
      aria-label={panelWords.terminal(number + 1)}
      hidden={!isShown}
      inert={!hasMachine}
      {...dropsFiles(bench)}
    >
      {isShown && <LoadedPart bench={bench} isWanted={bench.isSearching.value} load={loadSearch} />}
      <div class="terminal-screen" ref={screen} />
      {isShown && <LoadedPart bench={bench} isWanted={hasTouch} load={loadTouchKeys} />}
      <p class="terminal-keys">
        <span>
          <kbd>F6</kbd> {workbenchWords.leavesTerminal}
        </span>
        <span>
          <kbd>Ctrl</kbd> <kbd>Shift</kbd> <kbd>C</kbd>/<kbd>V</kbd> {workbenchWords.copiesPastes}
        </span>
        <span>
          <kbd>Ctrl</kbd> <kbd>Shift</kbd> <kbd>F</kbd> {workbenchWords.searches}
        </span>
      </p>
    </section>
  );
}

const hasTouch = matchMedia("(pointer: coarse)").matches;
const loadTouchKeys = async () => (await import("./transfer/TouchKeys.tsx")).TouchKeys;
const loadSearch = async () => (await import("./TerminalSearch.tsx")).TerminalSearch;
