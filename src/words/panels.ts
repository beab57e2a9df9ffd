/** The panels of the workbench, as their tabs name them and as sentences do. */
export const panelWords = {
  tabs: "Sandbox",
  terminal: (number: number) => `Terminal ${number}`,
  editor: { title: "Editor", what: "The editor" },
  layers: { title: "Layers", what: "The view of layers" },
  processes: { title: "Processes", what: "The view of processes" },
  build: { title: "Build", what: "The view of builds" },
  engine: { title: "Engine", what: "The map of the engine" },
  stacks: { title: "Containers & VMs", short: "VMs", what: "The view of containers and virtual machines" },
  preview: { title: "Preview", what: "The preview" },
  opening: (what: string) => `${what} is opened…`,
  notLoaded: (what: string) => `${what} could not be loaded. Look at your connection, then open this again.`,
};
