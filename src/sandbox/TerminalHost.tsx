import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import type { TerminalPane } from "./terminal.ts";
import type { Workbench } from "./workbench.ts";

/** The panel of one terminal, with its search bar. */
export function TerminalHost({ bench, number }: { bench: Workbench; number: 0 | 1 | 2 }) {
  const screen = useRef<HTMLDivElement>(null);
  const name = `terminal-${number}` as const;
  const pane = bench.panes.value[number];
  const isShown = bench.panel.value === name;
  const { phase } = bench.session.state.value;
  const hasMachine = (phase === "ready" || phase === "unresponsive") && !bench.isResetting.value;

  useLayoutEffect(() => {
    if (screen.current !== null && pane !== undefined) pane.mount(screen.current);
  }, [pane]);

  const wantsFocus = bench.wantsFocus.value;
  useLayoutEffect(() => {
    if (!isShown || pane === undefined) return;
    pane.fit();
    if (!wantsFocus || !hasMachine) return;
    pane.focus();
    bench.wantsFocus.value = false;
  }, [isShown, pane, wantsFocus, hasMachine, bench]);

  return (
    <section
      class="terminal-panel"
      role="tabpanel"
      id={`panel-${name}`}
      aria-labelledby={`tab-${name}`}
      hidden={!isShown}
      inert={!hasMachine}
    >
      {isShown && bench.isSearching.value && pane !== undefined && <SearchBar bench={bench} pane={pane} />}
      <div class="terminal-screen" ref={screen} />
      <p class="terminal-keys">
        <span>
          <kbd>F6</kbd> leaves the terminal
        </span>
        <span>
          <kbd>Ctrl</kbd> <kbd>Shift</kbd> <kbd>C</kbd>/<kbd>V</kbd> copies, pastes
        </span>
        <span>
          <kbd>Ctrl</kbd> <kbd>Shift</kbd> <kbd>F</kbd> searches
        </span>
      </p>
    </section>
  );
}

function SearchBar({ bench, pane }: { bench: Workbench; pane: TerminalPane }) {
  const field = useRef<HTMLInputElement>(null);
  const answer = useRef<HTMLOutputElement>(null);
  useEffect(() => field.current?.focus(), []);

  const find = (direction: "next" | "previous") => {
    const text = field.current?.value ?? "";
    const isFound = text === "" || pane.find(text, direction);
    if (answer.current !== null) answer.current.textContent = isFound ? "" : "Not found";
  };
  const close = () => {
    pane.endSearch();
    bench.isSearching.value = false;
    pane.focus();
  };
  return (
    <search class="terminal-search">
      <input
        ref={field}
        type="search"
        aria-label="Search in the terminal"
        placeholder="Search"
        onInput={() => find("next")}
        onKeyDown={(event) => {
          if (event.key === "Escape") close();
          if (event.key === "Enter") find(event.shiftKey ? "previous" : "next");
        }}
      />
      <output ref={answer} />
      <button type="button" onClick={() => find("previous")}>
        Previous
      </button>
      <button type="button" onClick={() => find("next")}>
        Next
      </button>
      <button type="button" onClick={close}>
        Close
      </button>
    </search>
  );
}
