import { createKeybindingsHandler } from "tinykeys";
import { isSingleKey, shortcuts, type Scope, type Shortcut } from "./shortcuts.ts";

/** What of the page has the keyboard, as far as shortcuts are concerned. */
export interface KeyPlace {
  readonly isTerminal: boolean;
  readonly isEditor: boolean;
  /** A field, or a list that looks for what is typed. */
  readonly takesLetters: boolean;
  readonly isDialog: boolean;
}

export interface ShortcutKeysOptions {
  /** Does what the shortcut is for; `place` counts from 0 among its keys. Answers whether that can be done now. */
  readonly run: (act: Shortcut["act"], place: number) => boolean;
  readonly singleKeys: () => boolean;
}

/** Handles the page's shortcuts, before a terminal or an editor sees the key; what is not the page's, it leaves alone. */
export function createShortcutKeys({ run, singleKeys }: ShortcutKeysOptions): (event: KeyboardEvent) => void {
  const list = shortcuts.flatMap(({ act, keys, scope }) =>
    keys.map((key, place) => ({ key, act, place, scope, isSingle: isSingleKey(key) })),
  );
  const handlers = Object.fromEntries(
    [...new Set(list.map(({ key }) => key))].map((key) => [
      key,
      (event: KeyboardEvent) => {
        const at = placeOf(event.target);
        for (const { act, place, scope, isSingle } of list.filter((one) => one.key === key)) {
          if (!isInScope(scope, isSingle, at) || (isSingle && !singleKeys())) continue;
          if (!run(act, place)) continue;
          event.preventDefault();
          event.stopPropagation();
          return;
        }
      },
    ]),
  );
  const handle = createKeybindingsHandler(handlers, { ignore: (event) => event.repeat || event.isComposing });
  return (event) => handle(event);
}

export function isInScope(scope: Scope, isSingle: boolean, at: KeyPlace): boolean {
  if (at.isDialog) return false;
  if (scope === "terminal") return at.isTerminal;
  if (scope === "anywhere") return true;
  return !at.isTerminal && !at.isEditor && !(isSingle && at.takesLetters);
}

function placeOf(target: EventTarget | null): KeyPlace {
  const isIn = (selector: string) => target instanceof Element && target.closest(selector) !== null;
  return {
    isTerminal: isIn(".xterm"),
    isEditor: isIn(".monaco-editor"),
    takesLetters: isIn(
      "input:not([type=checkbox],[type=radio],[type=button]), textarea, select, [contenteditable], [role=tree], [role=listbox], [role=menu], [role=combobox], [role=grid]",
    ),
    isDialog: isIn("dialog"),
  };
}
