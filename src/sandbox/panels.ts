import { panelWords } from "../words/panels.ts";
import type { PanelView } from "./LoadedPanel.tsx";

/** The panels of the workbench, in the order of their tabs. */
export const panelNames = [
  "terminal-0",
  "terminal-1",
  "terminal-2",
  "editor",
  "preview",
  "layers",
  "build",
  "engine",
  "stacks",
  "processes",
] as const;
export type PanelName = (typeof panelNames)[number];
/** All but the terminals: they need a machine, and their view is loaded when they are opened. */
export type LoadedPanelName = Exclude<PanelName, `terminal-${number}`>;

export interface LoadedPanelRule {
  readonly title: string;
  /** Its name in the bar, where the title is long. */
  readonly short?: string;
  /** Panels to work with stand before pictures of the engine, which is what one without a group is. */
  readonly group?: "work" | "pictures";
  /** What it is to the reader, as in "The editor". */
  readonly what: string;
  readonly load: () => Promise<PanelView>;
}

export const loadedPanels: Readonly<Record<LoadedPanelName, LoadedPanelRule>> = {
  editor: {
    ...panelWords.editor,
    group: "work",
    load: async () => (await import("./editor/EditorPanel.tsx")).EditorPanel,
  },
  layers: { ...panelWords.layers, load: async () => (await import("./layers/LayersPanel.tsx")).LayersPanel },
  processes: {
    ...panelWords.processes,
    load: async () => (await import("./processes/ProcessesPanel.tsx")).ProcessesPanel,
  },
  build: { ...panelWords.build, load: async () => (await import("./build/BuildPanel.tsx")).BuildPanel },
  engine: { ...panelWords.engine, load: async () => (await import("./engine-map/EnginePanel.tsx")).EnginePanel },
  stacks: { ...panelWords.stacks, load: async () => (await import("./stacks/StacksPanel.tsx")).StacksPanel },
  preview: {
    ...panelWords.preview,
    group: "work",
    load: async () => (await import("./preview/PreviewPanel.tsx")).PreviewPanel,
  },
};

export function titleOf(name: PanelName): string {
  return isTerminal(name) ? panelWords.terminal(terminalOf(name) + 1) : loadedPanels[name].title;
}

/** The tab's words, which are never more than one or two. */
export function shortTitleOf(name: PanelName): string {
  return (isTerminal(name) ? undefined : loadedPanels[name].short) ?? titleOf(name);
}

export function groupOf(name: PanelName): "terminals" | "work" | "pictures" {
  return isTerminal(name) ? "terminals" : (loadedPanels[name].group ?? "pictures");
}

export function isTerminal(name: PanelName): name is `terminal-${0 | 1 | 2}` {
  return name.startsWith("terminal-");
}

/** Which terminal, from 0; of a panel that is none, the first. */
export function terminalOf(name: PanelName): 0 | 1 | 2 {
  return name === "terminal-1" ? 1 : name === "terminal-2" ? 2 : 0;
}
