import { progressKey } from "../lessons/progress.ts";
import { databaseName } from "../sandbox/kept-records.ts";

/** Something that the site keeps in the reader's browser, as the privacy page lists it. */
export interface StoredThing {
  /** A name that ends in `…` goes on with something that differs. */
  readonly name: string;
  readonly what: string;
}

/** All of it. A browser test fails when something is found that is not listed here. */
export const storedThings: readonly {
  readonly place: string;
  readonly until: string;
  readonly things: readonly StoredThing[];
}[] = [
  {
    place: "Local storage",
    until: "Until you remove it.",
    things: [
      {
        name: progressKey,
        what: "Your progress: which steps and checks have passed and when, which steps you skipped, which you opened last, and whose solution you have looked at.",
      },
      {
        name: `${progressKey}:unreadable:…`,
        what: "A copy of a progress that could not be read, with the time. Only if that has happened.",
      },
      { name: "drydock:theme", what: "Light or dark, if you have chosen." },
      {
        name: "drydock:split",
        what: "How wide the text is beside the sandbox, if you have moved the line between them.",
      },
      { name: "drydock:split-present", what: "The same for the layout “Present”." },
      { name: "drydock:layout", what: "The layout, if you have chosen “Read” or “Present”." },
      { name: "drydock:type-size", what: "The size of text and code, if you have changed it." },
      {
        name: "drydock:below",
        what: "Whether a terminal is shown below the other panels, and how high it is, if you have chosen.",
      },
      { name: "drydock:single-keys", what: "That shortcuts of a single key are off, if you have turned them off." },
      { name: "drydock:screen-reader", what: "Whether the terminal speaks to a screen reader, if you have chosen." },
    ],
  },
  {
    place: "Session storage",
    until: "Until you close the tab.",
    things: [
      {
        name: "drydock:starting",
        what: "That a machine is being started, to notice when the browser ended the tab while it did.",
      },
    ],
  },
  {
    place: `IndexedDB, database ${databaseName}`,
    until: "Until you forget it under “Your work”, remove it, or the browser needs the room.",
    things: [
      {
        name: "workspaces",
        what: "Your files, for each lesson and the playground, and as they were when a step was begun.",
      },
      { name: "workspace-list", what: "Of these: how many, how large, and when they were kept." },
      {
        name: "machines",
        what: "Of each machine that is kept: its lesson, its last step, its size, when it was kept, and for which machine image.",
      },
      {
        name: "machine-states",
        what: "These machines: all that is in their memory and on their disk and was not in the machine image.",
      },
      { name: "set-aside", what: "Any of these records that could not be read. Only if that has happened." },
      { name: "facts", what: "When the browser was asked not to throw your work away by itself." },
    ],
  },
  {
    place: "Cache Storage",
    until: "Until the machine image is updated, or you remove it.",
    things: [
      { name: "drydock-manifests", what: "What the machine image and the image catalogue consist of." },
      {
        name: "drydock-image-…",
        what: "The parts of the machine image that have been loaded, which are the same for everybody.",
      },
      {
        name: "drydock-catalogue",
        what: "What you have pulled from the image catalogue, until the catalogue no longer has it.",
      },
    ],
  },
];
