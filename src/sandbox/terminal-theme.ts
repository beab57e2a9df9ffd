import type { ITheme } from "@xterm/xterm";

/** The colours of terminals, as the page has them at `element`. */
export function readTheme(element: HTMLElement): ITheme {
  const style = getComputedStyle(element);
  const read = (name: string) => style.getPropertyValue(`--terminal-${name}`).trim();
  const capital = (name: string) => name.charAt(0).toUpperCase() + name.slice(1);
  return {
    background: read("background"),
    foreground: read("foreground"),
    cursor: read("cursor"),
    cursorAccent: read("cursor-accent"),
    selectionBackground: read("selection"),
    ...Object.fromEntries(colours.map((name) => [name, read(name)])),
    ...Object.fromEntries(colours.map((name) => [`bright${capital(name)}`, read(`bright-${name}`)])),
  };
}

const colours = ["black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"] as const;

/** Of what a search has found. */
export const searchColours = {
  matchBackground: "#5a4a12",
  activeMatchBackground: "#c96f1d",
  matchOverviewRuler: "#c96f1d",
  activeMatchColorOverviewRuler: "#ff7a45",
};
