import type { ActName } from "../../words/palette.ts";
import type { shortcutWords } from "../../words/shortcuts.ts";

/**
 * Where the keyboard has to be: `page` is neither a terminal nor the editor, and for a single key no field either; `anywhere` is
 * also those; `terminal` only there.
 */
export type Scope = "page" | "anywhere" | "terminal";

export interface Shortcut {
  /** An act by its id; `panels` stands for the panels by their places. */
  readonly act: ActName | "panels";
  /** As tinykeys writes them. */
  readonly keys: readonly string[];
  readonly scope: Scope;
  readonly group: keyof typeof shortcutWords.groups;
}

/** All shortcuts of the page: the handler and the sheet are made of this list. */
export const shortcuts: readonly Shortcut[] = [
  { act: "palette", keys: ["$mod+k"], scope: "page", group: "everywhere" },
  // A shell kills its line with Ctrl+K; Ctrl+Shift and a letter reach no program in a terminal.
  { act: "palette", keys: ["Control+Shift+p"], scope: "anywhere", group: "everywhere" },
  // Firefox keeps Ctrl+Shift+P for itself.
  { act: "palette", keys: ["Control+Shift+k", "Meta+k"], scope: "terminal", group: "everywhere" },
  { act: "search", keys: ["[Shift]+/"], scope: "page", group: "everywhere" },
  { act: "shortcuts", keys: ["[Shift]+?"], scope: "page", group: "everywhere" },
  { act: "next-step", keys: ["n"], scope: "page", group: "lesson" },
  { act: "previous-step", keys: ["p"], scope: "page", group: "lesson" },
  { act: "run-next", keys: ["r"], scope: "page", group: "lesson" },
  { act: "check-again", keys: ["c"], scope: "page", group: "lesson" },
  { act: "focus-terminal", keys: ["t"], scope: "page", group: "panels" },
  { act: "focus-editor", keys: ["e"], scope: "page", group: "panels" },
  { act: "focus-text", keys: ["l"], scope: "page", group: "panels" },
  { act: "terminal-below", keys: ["b"], scope: "page", group: "panels" },
  { act: "panels", keys: ["1", "2", "3", "4", "5", "6", "7", "8", "9"], scope: "page", group: "panels" },
  { act: "layout-next", keys: ["v"], scope: "page", group: "view" },
  { act: "type-larger", keys: ["[Shift]++"], scope: "page", group: "view" },
  { act: "type-smaller", keys: ["-"], scope: "page", group: "view" },
];

/** Keys that the terminal and the editor answer themselves; the sheet names them too. */
export const ownKeys: readonly {
  readonly group: "terminal" | "editor";
  readonly what: keyof typeof shortcutWords.own;
  readonly keys: string;
}[] = [
  { group: "terminal", what: "leaveTerminal", keys: "F6" },
  { group: "terminal", what: "copy", keys: "Control+Shift+c" },
  { group: "terminal", what: "paste", keys: "Control+Shift+v" },
  { group: "terminal", what: "find", keys: "Control+Shift+f" },
  { group: "editor", what: "leaveEditor", keys: "Control+m" },
  { group: "editor", what: "editorActs", keys: "F1" },
];

/** One key without a modifier, which can be turned off; source: WCAG 2.2, criterion 2.1.4. */
export function isSingleKey(keys: string): boolean {
  return !/^(\$mod|Control|Meta|Alt|F\d)/.test(keys);
}
