import { terminalWords as words } from "../../words/terminal.ts";
import type { Workbench } from "../workbench.ts";
import "./touch-keys.css";

/** What a phone's keyboard does not have: copy and paste for a terminal, and the keys that shells need. */
export function TouchKeys({ bench }: { bench: Workbench }) {
  const pane = bench.panes.value[bench.terminal.value];
  const clipboard = (act: "copyFrom" | "pasteInto") => () =>
    void import("./terminal-clipboard.ts").then((loaded) => loaded[act](bench));
  const press = (sequence: string) => () => {
    pane?.press(sequence);
    pane?.focus();
  };
  return (
    <div class="touch-keys" role="group" aria-label={words.keys}>
      <button type="button" onClick={clipboard("copyFrom")}>
        {words.copy}
      </button>
      <button type="button" onClick={clipboard("pasteInto")}>
        {words.paste}
      </button>
      {keys.map(([label, sequence]) => (
        <button key={label} type="button" onClick={press(sequence)}>
          {label}
        </button>
      ))}
    </div>
  );
}

/** As xterm encodes them; source: https://invisible-island.net/xterm/ctlseqs/ctlseqs.html. */
const keys: readonly (readonly [label: string, sequence: string])[] = [
  ["Tab", "\t"],
  ["Ctrl+C", "\u0003"],
  ["Esc", "\u001b"],
  ["↑", "\u001b[A"],
  ["↓", "\u001b[B"],
  ["←", "\u001b[D"],
  ["→", "\u001b[C"],
];
