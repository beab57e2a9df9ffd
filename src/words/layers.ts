/** The view of layers. Amounts of bytes come as words, such as "5.2 MB". */
export const layersWords = {
  chooseOf: "Layers of",
  chooseWith: "Compare with",
  nothing: "nothing",
  images: "Images",
  containers: "Containers",
  none: "The engine has no image yet. Pull or build one, and it appears here.",
  missing: (names: readonly string[]) =>
    `There is no image or container called ${names.join(", nor one called ")}. Build it, pull it or start it, and it appears here; until then, choose another above.`,
  /** In a lesson's text, where nothing can be chosen. */
  missingYet: (names: readonly string[]) =>
    `There is no image or container ${names.join(", nor ")} yet. It appears here once it is there.`,
  unreadable: (why: string) => `The layers could not be read: ${why}`,
  exitCode: (code: number) => `exit code ${code}`,

  stack: "Stack",
  /** Of a picture: "image hello:1, 5.2 MB". */
  title: (kind: "image" | "container", name: string, size: string) => `${kind} ${name}, ${size}`,
  layers: (count: number) => `${count} ${count === 1 ? "layer" : "layers"}`,
  sum: (layers: string, size: string) => `${layers}, ${size}`,
  wasted: (size: string) => `; ${size} of it written, then replaced or deleted by a layer above`,
  layer: (number: number) => `layer ${number}`,
  writable: "Writable layer of the container",
  writableShort: "writable layer",
  sharedWith: (names: readonly string[], more: number) =>
    `shared with ${names.join(", ")}${more > 0 ? ` and ${more} more` : ""}`,
  newSince: (time: string) => `new since ${time}`,
  there: "already there",
  madeToday: (time: string) => `made today, ${time}`,
  made: (day: string) => `made ${day}`,
  aboutAges: (time: string) =>
    `“New” and “already there” are by what this page has seen of the engine since ${time}; when a layer was made, the image says itself.`,

  files: "Files of the layer",
  /** What a layer does to a name below it. */
  changes: { added: "added", changed: "changed", deleted: "deleted" },
  kinds: { link: "link", special: "device" },
  nothingChanged: "nothing changed",
  hidden: (size: string) => `; ${size} of it hidden by layers above`,
  noFolders: "This engine does not say where it keeps its layers, so their files cannot be shown.",
  reading: "Reading the layers…",
  chooseLayer: "Choose a layer.",
  noFiles: "This layer holds no files: the container has written none yet, or the instruction changed none.",
  showAll: (all: string) => `Show all ${all}`,
  showMore: (more: string, all: string) => `Show ${more} more of ${all}`,
  notText: "This is not text.",
  beginning: "This is its beginning.",

  comparison: "Comparison",
  beside: (one: string, other: string) => `${one} beside ${other}`,
  onlyIn: (name: string) => `Only in ${name}`,
  inBoth: "In both, and on the disk once",
  nothingAlone: "Nothing of its own.",
  nothingShared: "They share no layer.",
  twin: "the same digest on both sides, but on other layers: kept twice",
  together: (together: string, apart: string) =>
    `Together they take ${together} on the disk; apart it would be ${apart}.`,
  togetherNothing: (together: string) => `Together they take ${together} on the disk.`,
  noListing: (line: string) => `This is no line of a listing of layers: ${line}`,
};
