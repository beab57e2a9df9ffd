import { terminalWords } from "../words/terminal.ts";
import { isTerminal } from "./panels.ts";
import type { Workbench } from "./workbench.ts";

/** Beside the tabs: shows a terminal below the panel, or takes it away. */
export function BelowButton({ bench }: { bench: Workbench }) {
  const { split } = bench;
  if (!split.canBe.value || isTerminal(bench.panel.value)) return null;
  return (
    <button
      type="button"
      class="below-button"
      aria-pressed={split.isOn.value}
      aria-label={terminalWords.below}
      title={terminalWords.below}
      onClick={() => split.choose(!split.isOn.peek())}
    >
      <svg width="18" height="18" viewBox="0 0 18 18" aria-hidden="true">
        <rect x="2" y="2.5" width="14" height="13" rx="2" fill="none" stroke="currentColor" stroke-width="1.5" />
        <path d="M2 10h14v3.5a2 2 0 0 1-2 2H4a2 2 0 0 1-2-2z" fill="currentColor" />
      </svg>
    </button>
  );
}
