import { useEffect, useRef } from "preact/hooks";
import { terminalSearchWords } from "../words/terminal-search.ts";
import type { TerminalPane } from "./terminal.ts";
import type { Workbench } from "./workbench.ts";

/** Looks for words in the terminal that is shown. */
export function TerminalSearch({ bench }: { bench: Workbench }) {
  const pane = bench.panes.value[bench.terminal.value];
  return bench.isSearching.value && pane !== undefined ? <SearchBar bench={bench} pane={pane} /> : null;
}

function SearchBar({ bench, pane }: { bench: Workbench; pane: TerminalPane }) {
  const field = useRef<HTMLInputElement>(null);
  const answer = useRef<HTMLOutputElement>(null);
  useEffect(() => field.current?.focus(), []);

  const find = (direction: "next" | "previous") => {
    const text = field.current?.value ?? "";
    const isFound = text === "" || pane.find(text, direction);
    if (answer.current !== null) answer.current.textContent = isFound ? "" : terminalSearchWords.notFound;
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
        aria-label={terminalSearchWords.searchTerminal}
        placeholder={terminalSearchWords.search}
        onInput={() => find("next")}
        onKeyDown={(event) => {
          if (event.key === "Escape") close();
          if (event.key === "Enter") find(event.shiftKey ? "previous" : "next");
        }}
      />
      <output ref={answer} />
      <button type="button" onClick={() => find("previous")}>
        {terminalSearchWords.previous}
      </button>
      <button type="button" onClick={() => find("next")}>
        {terminalSearchWords.next}
      </button>
      <button type="button" onClick={close}>
        {terminalSearchWords.close}
      </button>
    </search>
  );
}
