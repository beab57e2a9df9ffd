/** What the site keeps in the browser, one by one. */
export const storedThingsWords = {
  localStorage: "Local storage",
  untilYouRemove: "Until you remove it.",
  yourProgressStepsChecks:
    "Your progress: which steps and checks have passed and when, which steps you skipped, which you opened last, and whose solution you have looked at.",
  copyProgressCouldNot: "A copy of a progress that could not be read, with the time. Only if that has happened.",
  lightDarkIfYou: "Light or dark, if you have chosen.",
  howWideTextBeside: "How wide the text is beside the sandbox, if you have moved the line between them.",
  sameLayoutPresent: "The same for the layout “Present”.",
  layoutIfYouChosen: "The layout, if you have chosen “Read” or “Present”.",
  sizeTextCodeIf: "The size of text and code, if you have changed it.",
  whetherTerminalShownBelow:
    "Whether a terminal is shown below the other panels, and how high it is, if you have chosen.",
  shortcutsSingleKeyOff: "That shortcuts of a single key are off, if you have turned them off.",
  whetherTerminalSpeaksScreen: "Whether the terminal speaks to a screen reader, if you have chosen.",
  sessionStorage: "Session storage",
  untilYouCloseTab: "Until you close the tab.",
  sameOnStage: "The same on the stage of a lesson that you present",
  talkOfStage: "For a lesson that you present: the slide, what was typed, and the clock",
  machineBeingStartedNotice: "That a machine is being started, to notice when the browser ended the tab while it did.",
  indexedDBDatabase: (databaseName: string) => `IndexedDB, database ${databaseName}`,
  untilYouForgetUnder: "Until you forget it under “Your work”, remove it, or the browser needs the room.",
  yourFilesEachLesson: "Your files, for each lesson and the playground, and as they were when a step was begun.",
  howManyHowLarge: "Of these: how many, how large, and when they were kept.",
  eachMachineKeptLesson:
    "Of each machine that is kept: its lesson, its last step, its size, when it was kept, and for which machine image.",
  machinesAllTheirMemory:
    "These machines: all that is in their memory and on their disk and was not in the machine image.",
  anyRecordsCouldNot: "Any of these records that could not be read. Only if that has happened.",
  whenBrowserAskedNot: "When the browser was asked not to throw your work away by itself.",
  untilMachineImageUpdated: "Until the machine image is updated, or you remove it.",
  whatMachineImageImage: "What the machine image and the image catalogue consist of.",
  partsMachineImageLoaded: "The parts of the machine image that have been loaded, which are the same for everybody.",
  whatYouPulledImage: "What you have pulled from the image catalogue, until the catalogue no longer has it.",
  cacheStorageOffline: "Cache Storage and service worker, for the time without a network",
  untilSiteUpdated:
    "Until the site is updated and replaces it, you remove a course under “Your work”, or the browser needs the room.",
  filesOfSite:
    "Pages, scripts, styles and fonts of this site: of the pages that you opened last, and of the courses that you made available offline.",
  keptCourses:
    "Which courses you made available offline. Only if you did; then the machine and the images of their lessons are kept too.",
  offlineWorker: "The service worker that answers with these files. Not if your browser saves data.",
};
