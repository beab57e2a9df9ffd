import { panelWords } from "../words/panels.ts";
import type { PanelView } from "./LoadedPanel.tsx";

/** The panels of the workbench, in the order of their tabs. */
export const panelNames = ["terminal-0", "terminal-1", "terminal-2", "editor", "layers", "preview"] as const;
export type PanelName = (typeof panelNames)[number];
/** All but the terminals: they need a machine, and their view is loaded when they are opened. */
export type LoadedPanelName = Exclude<PanelName, `terminal-${number}`>;

export interface LoadedPanelRule {
  readonly title: string;
  /** What it is to the reader, as in "The editor". */
  readonly what: string;
  readonly load: () => Promise<PanelView>;
}

export const loadedPanels: Readonly<Record<LoadedPanelName, LoadedPanelRule>> = {
  editor: { ...panelWords.editor, load: async () => (await import("./EditorPanel.tsx")).EditorPanel },
  layers: { ...panelWords.layers, load: async () => (await import("./layers/LayersPanel.tsx")).LayersPanel },
  preview: { ...panelWords.preview, load: async () => (await import("./preview/PreviewPanel.tsx")).PreviewPanel },
};

export function titleOf(name: PanelName): string {
  return isTerminal(name) ? panelWords.terminal(terminalOf(name) + 1) : loadedPanels[name].title;
}

export function isTerminal(name: PanelName): name is `terminal-${0 | 1 | 2}` {
  return name.startsWith("terminal-");
}

/** Which terminal, from 0; of a panel that is none, the first. */
export function terminalOf(name: PanelName): number {
  return isTerminal(name) ? Number(name.slice(-1)) : 0;
}
