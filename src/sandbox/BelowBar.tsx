import { layoutWords as words } from "../words/layout.ts";
import { panelWords } from "../words/panels.ts";
import { belowLargest, belowSmallest } from "./terminal-below.ts";
import type { TerminalNumber, Workbench } from "./workbench.ts";

const step = 5;

/** Between a panel and the terminal below it: the border, which moves, and which terminal it is. */
export function BelowBar({ bench }: { bench: Workbench }) {
  const { split } = bench;
  const shown = bench.below.value;
  const { phase } = bench.session.state.value;
  // Else a card lies over both.
  const isSeen = phase === "ready" || phase === "unresponsive";
  if (shown === undefined || !isSeen) return null;
  const onKeyDown = (event: KeyboardEvent) => {
    const now = split.height.peek();
    const to = { ArrowUp: now + step, ArrowDown: now - step, Home: belowLargest, End: belowSmallest }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    split.resize(to);
  };
  const onPointerDown = (event: PointerEvent) => {
    if (event.button !== 0 || !(event.currentTarget instanceof HTMLElement)) return;
    event.preventDefault();
    event.currentTarget.focus();
    event.currentTarget.setPointerCapture(event.pointerId);
  };
  const onPointerMove = (event: PointerEvent) => {
    const { currentTarget: line } = event;
    if (!(line instanceof HTMLElement) || !line.hasPointerCapture(event.pointerId)) return;
    const panels = line.closest(".sandbox-panels")?.getBoundingClientRect();
    if (panels !== undefined) split.resize(((panels.bottom - event.clientY) / panels.height) * 100);
  };
  return (
    <div class="below-bar">
      <div
        class="below-line"
        role="separator"
        tabIndex={0}
        aria-orientation="horizontal"
        aria-label={words.belowHeight}
        aria-controls={`panel-${bench.panel.value} panel-terminal-${shown}`}
        aria-valuemin={belowSmallest}
        aria-valuemax={belowLargest}
        aria-valuenow={split.height.value}
        onKeyDown={onKeyDown}
        onPointerDown={onPointerDown}
        onPointerMove={onPointerMove}
        onDblClick={() => split.resizeToUsual()}
      />
      <span class="tabs-label" aria-hidden="true">
        <i>&gt;_</i>
        <span>{words.terminals}</span>
      </span>
      <div class="below-terminals" role="group" aria-label={words.whichTerminal}>
        {([0, 1, 2] as const).map((number: TerminalNumber) => (
          <button
            key={number}
            type="button"
            aria-pressed={number === shown}
            aria-label={panelWords.terminal(number + 1)}
            onClick={() => bench.showTerminal(number)}
          >
            {number + 1}
          </button>
        ))}
      </div>
      <button
        type="button"
        class="below-close"
        aria-label={words.closeBelow}
        title={words.closeBelow}
        onClick={() => {
          split.choose(false);
          document.getElementById(`tab-${bench.panel.peek()}`)?.focus();
        }}
      >
        <svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true">
          <path d="m2 2 8 8m0-8-8 8" stroke="currentColor" stroke-width="1.6" />
        </svg>
      </button>
    </div>
  );
}
