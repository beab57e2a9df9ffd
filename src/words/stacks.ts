/** Containers and virtual machines, side by side. */
export const stacksWords = {
  title: "Containers and virtual machines",
  containers: "Containers",
  machines: "Virtual machines",
  measuring: "Measuring…",
  unknown: "not known",
  notTold: "the browser does not tell",

  computer: "Your computer",
  cores: "Logical cores",
  gigabytes: (number: number) => (number >= 8 ? "8 GB or more" : `about ${number} GB`),
  tab: "Browser tab",
  tabNote: "runs v86, a whole PC in WebAssembly",
  tabNoteBelow: "runs WebAssembly",
  browser: "Browser",

  kernel: (version: string) => `Linux ${version}`,
  shared: (containers: number) =>
    containers === 0
      ? "one kernel, for all containers that come"
      : containers === 1
        ? "one kernel; the container has none of its own"
        : `one kernel, shared by all ${containers} that run`,
  memory: "Memory",
  usedOf: (used: string, all: string) => `${used} used of ${all}`,
  processors: "Processors",
  processor: "Processor",
  up: "Up for",
  engine: (version: string | undefined) => (version === undefined ? "Docker Engine" : `Docker Engine ${version}`),
  engineNote: "dockerd and containerd, with a shim for each container",
  processes: "Processes",

  noContainer: "No container yet. Start one in a terminal: docker run -d busybox sleep 1000",
  more: (count: number, memory: string | undefined) =>
    `and ${count} more${memory === undefined ? "" : `, which hold ${memory} together`}`,
  running: (state: string, time: string | undefined) => (time === undefined ? state : `${state} for ${time}`),
  image: "Image",
  written: "Written by itself",

  emulator: "v86, the emulator",
  emulatorNote: "the hypervisor’s part: a whole PC, made by software",
  sandbox: "The sandbox’s machine",
  sandboxNote: "it holds all of the containers’ stack, and is a virtual machine itself",
  small: "The small machine",
  smallNote: {
    off: "does not run here now",
    starting: "starts…",
    running: "runs",
    failed: "could not be started",
  },
  lesson: "The lesson with the small machine",
  ownKernel: "Its own kernel",
  given: "Memory given to it",
  loaded: "Loaded for it",
  disk: "On disk",
  start: "Start in this visit",
  startParts: (whole: string, parts: string) => (parts === "" ? whole : `${whole} (${parts})`),
  fetching: (time: string) => `fetching ${time}`,
  restoring: (time: string) => `restoring ${time}`,
  waking: (time: string) => `waking ${time}`,

  table: "Compared, by the figures above",
  aContainer: "A container",
  container: (name: string) => `Container ${name}`,
  noneRuns: "none runs",
  whatStarts: "What starts",
  aProcess: (command: string) => `a process: ${command}`,
  wholeSystem: "firmware, a kernel, and init",
  wholeSystemWithEngine: "a saved state: a kernel, with Docker Engine running",
  itsKernel: "Its kernel",
  sharedKernel: (version: string) => `the machine’s, ${version}`,
  own: (version: string) => `its own, ${version}`,
  held: (size: string) => `${size} held`,
  givenSize: (size: string) => `${size} given`,
  startTime: "Start",
  createdToStarted: (time: string) => `${time}, from created to started`,
  imageAndOwn: (image: string, own: string) => `image ${image}, and ${own} of its own`,
  loadedSoFar: (size: string) => `${size} loaded`,

  duration: (seconds: number) => {
    if (seconds < 90) return `${Math.round(seconds)} s`;
    const minutes = Math.round(seconds / 60);
    if (minutes < 90) return `${minutes} min`;
    const hours = Math.round(minutes / 60);
    return hours < 48 ? `${hours} h` : `${Math.round(hours / 24)} days`;
  },
  notMeasured: (why: string) => `The machine could not be measured: ${why}`,
};
