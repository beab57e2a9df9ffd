import { editor } from "monaco-editor/editor.js";
import { codePixels } from "../code-size.ts";
import { hexadecimal } from "../hexadecimal.ts";

/** Gives all of Monaco the page's colours, as a place of it has them. */
export function paint(style: CSSStyleDeclaration): void {
  const isDark = style.colorScheme === "dark" || (style.colorScheme !== "light" && prefersDark());
  const colour = (name: string) => hexadecimal(style.getPropertyValue(name), isDark);
  const entries = Object.entries({
    "editor.background": colour("--sandbox-ground"),
    "editor.foreground": colour("--sandbox-ink"),
    "editorLineNumber.foreground": colour("--line-strong"),
    "editorLineNumber.activeForeground": colour("--sandbox-ink"),
    "editorCursor.foreground": colour("--accent-vivid"),
    // A ground of its own would take the contrast from the colours of the words on it.
    "editor.lineHighlightBackground": "#00000000",
    "editor.lineHighlightBorder": colour("--line"),
    focusBorder: colour("--focus"),
    "editorWidget.background": colour("--sandbox-bar"),
    "editorWidget.border": colour("--line-strong"),
    "editorSuggestWidget.selectedBackground": colour("--accent-wash"),
    "editorSuggestWidget.selectedForeground": colour("--sandbox-ink"),
    "editorSuggestWidget.highlightForeground": colour("--accent"),
    "editorSuggestWidget.focusHighlightForeground": colour("--accent"),
    "editorError.foreground": colour("--wrong"),
    "editorWarning.foreground": colour("--warn"),
  });
  editor.defineTheme(themeName, {
    base: isDark ? "vs-dark" : "vs",
    inherit: true,
    rules: isDark ? darkRules : lightRules,
    colors: Object.fromEntries(entries.filter((entry): entry is [string, string] => entry[1] !== undefined)),
  });
  editor.setTheme(themeName);
}

const themeName = "drydock";
/** Below 8 it is a factor of the size of letters. */
const lineHeight = 1.57;

/** Where Monaco's own colours are too faint on the page's ground: AA wants 4.5 to 1. */
const lightRules = [
  { token: "comment", foreground: "1b6e48" },
  { token: "metatag", foreground: "a61b2b" },
  { token: "attribute.name", foreground: "a61b2b" },
  { token: "number", foreground: "00694a" },
  { token: "type", foreground: "006b6b" },
  { token: "variable.predefined", foreground: "3c5796" },
];
const darkRules = [
  { token: "comment", foreground: "8fbf7f" },
  { token: "metatag", foreground: "ff9aa2" },
  { token: "type", foreground: "4fd0b5" },
];

/** What all of them have in common, in the font of the place they are in. */
export function optionsFor({ fontFamily }: CSSStyleDeclaration): editor.IEditorOptions & editor.IGlobalEditorOptions {
  return {
    automaticLayout: true,
    fontFamily,
    fontSize: codePixels.peek(),
    lineHeight,
    minimap: { enabled: false },
    padding: { top: 12, bottom: 12 },
    scrollBeyondLastLine: false,
    smoothScrolling: !matchMedia("(prefers-reduced-motion: reduce)").matches,
    stickyScroll: { enabled: false },
    theme: themeName,
    wordBasedSuggestions: "off",
  };
}

function prefersDark(): boolean {
  return matchMedia("(prefers-color-scheme: dark)").matches;
}
