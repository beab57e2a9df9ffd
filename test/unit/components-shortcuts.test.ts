import { describe, expect, it } from "vitest";
import { keyNames } from "../../src/components/shortcuts/key-names.ts";
import { isInScope, type KeyPlace } from "../../src/components/shortcuts/shortcut-keys.ts";
import { isSingleKey, shortcuts } from "../../src/components/shortcuts/shortcuts.ts";
import { paletteWords } from "../../src/words/palette.ts";

const text: KeyPlace = { isTerminal: false, isEditor: false, takesLetters: false, isDialog: false };
const terminal: KeyPlace = { ...text, isTerminal: true, takesLetters: true };
const editor: KeyPlace = { ...text, isEditor: true, takesLetters: true };
const field: KeyPlace = { ...text, takesLetters: true };

describe("a shortcut", () => {
  it("of the page is left to shells, editors and dialogs", () => {
    expect(isInScope("page", false, text)).toBe(true);
    expect(isInScope("page", false, field)).toBe(true);
    expect(isInScope("page", false, terminal)).toBe(false);
    expect(isInScope("page", false, editor)).toBe(false);
    expect(isInScope("anywhere", false, { ...text, isDialog: true })).toBe(false);
  });

  it("of a single key is left to fields too", () => {
    expect(isInScope("page", true, text)).toBe(true);
    expect(isInScope("page", true, field)).toBe(false);
  });

  it("has the names that are printed on the keyboard", () => {
    expect(keyNames("$mod+k", false)).toEqual(["Ctrl", "K"]);
    expect(keyNames("$mod+k", true)).toEqual(["⌘", "K"]);
    expect(keyNames("Control+Shift+p", false)).toEqual(["Ctrl", "Shift", "P"]);
    expect(keyNames("[Shift]+?", false)).toEqual(["?"]);
    expect(keyNames("[Shift]++", false)).toEqual(["+"]);
    expect(keyNames("F6", false)).toEqual(["F6"]);
  });
});

describe("the list of shortcuts", () => {
  it("has no key twice in one place", () => {
    const places = shortcuts.flatMap(({ keys, scope }) => keys.map((key) => `${scope} ${key}`));
    expect(places).toEqual([...new Set(places)]);
  });

  it("takes nothing in a terminal or an editor but Ctrl+Shift and Cmd with a letter, which no shell is sent", () => {
    const there = shortcuts.filter(({ scope }) => scope !== "page").flatMap(({ keys }) => keys);
    expect(there.length).toBeGreaterThan(0);
    expect(there.filter((key) => !/^(Control\+Shift|Meta)\+[a-z]$/.test(key))).toEqual([]);
    expect(there.some((key) => isSingleKey(key))).toBe(false);
  });

  it("names acts that there are", () => {
    for (const { act } of shortcuts) expect(act === "panels" || act in paletteWords.acts).toBe(true);
  });
});
