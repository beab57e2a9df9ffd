import type { TalkOrder } from "./talk-messages.ts";

/** What a key does that is no order to the stage: it is done in the window whose key it is. */
export type OwnAct = "help" | "presenter" | "fullscreen" | "edit" | "back";
export type KeyAct = Exclude<TalkOrder["do"], "slide" | "choose" | "edit" | "back"> | OwnAct;

export interface TalkKey {
  readonly act: KeyAct;
  /** As `KeyboardEvent.key` has them, letters in lower case. */
  readonly keys: readonly string[];
  readonly group: "slides" | "typing" | "stage";
  /** Also while a terminal has the keyboard: those are a clicker's. */
  readonly isClicker?: true;
}

/** All keys of both windows: the handler and the help sheet are made of this list. A clicker sends Page Up, Page Down, F5 (begin) and a full stop. */
export const talkKeys: readonly TalkKey[] = [
  { act: "next", keys: ["ArrowRight", "ArrowDown", " ", "n"], group: "slides" },
  { act: "next", keys: ["PageDown"], group: "slides", isClicker: true },
  { act: "previous", keys: ["ArrowLeft", "ArrowUp", "p"], group: "slides" },
  { act: "previous", keys: ["PageUp"], group: "slides", isClicker: true },
  { act: "type", keys: ["t"], group: "typing" },
  { act: "enter", keys: ["Enter"], group: "typing" },
  { act: "pause", keys: ["x"], group: "typing" },
  { act: "run", keys: ["r"], group: "typing" },
  { act: "edit", keys: ["e"], group: "typing" },
  { act: "skip", keys: ["s"], group: "typing" },
  { act: "again", keys: ["a"], group: "typing" },
  { act: "back", keys: ["u"], group: "typing" },
  { act: "pace", keys: ["g"], group: "typing" },
  { act: "black", keys: ["b"], group: "stage" },
  { act: "black", keys: ["."], group: "stage", isClicker: true },
  { act: "view", keys: ["v"], group: "stage" },
  { act: "fullscreen", keys: ["f"], group: "stage" },
  { act: "fullscreen", keys: ["F5"], group: "stage", isClicker: true },
  { act: "theme", keys: ["d"], group: "stage" },
  { act: "larger", keys: ["+", "="], group: "stage" },
  { act: "smaller", keys: ["-"], group: "stage" },
  { act: "clock", keys: ["0"], group: "stage" },
  { act: "presenter", keys: ["w"], group: "stage" },
  { act: "help", keys: ["?", "h"], group: "stage" },
];

type Press = Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey" | "repeat" | "isComposing">;

/** The act that a key press means, or none: letters belong to who has the keyboard, which `isIn` knows by selectors. */
export function actOfKey(press: Press, isIn: (selector: string) => boolean): KeyAct | undefined {
  if (press.ctrlKey || press.metaKey || press.altKey || press.repeat || press.isComposing) return undefined;
  const takesKeys = isIn(
    ".xterm, .monaco-editor, input:not([type=radio],[type=checkbox]), textarea, select, [contenteditable], dialog, [role=tablist], [role=tree], [role=menu]",
  );
  const key = press.key.length === 1 ? press.key.toLowerCase() : press.key;
  const found = talkKeys.find(({ keys }) => keys.includes(key));
  if (found === undefined) return undefined;
  // A full stop is only a clicker's where nobody types.
  if (takesKeys) return found.isClicker === true && key.length > 1 && isIn(".xterm") ? found.act : undefined;
  // They press what has the focus, or choose in it.
  if ((key === " " || key === "Enter") && isIn("button, a[href], summary, input")) return undefined;
  if (key.startsWith("Arrow") && isIn("input")) return undefined;
  return found.act;
}
