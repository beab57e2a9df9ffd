import { talkKeyPrefix } from "../present/talk-record.ts";
import { keptCacheName } from "../offline/kept-courses.ts";
import { workerName } from "../offline/site-files.ts";
import { progressKey } from "../lessons/progress.ts";
import { databaseName } from "../sandbox/kept-records.ts";
import { storedThingsWords } from "../words/stored-things.ts";

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
    place: storedThingsWords.localStorage,
    until: storedThingsWords.untilYouRemove,
    things: [
      {
        name: progressKey,
        what: storedThingsWords.yourProgressStepsChecks,
      },
      {
        name: `${progressKey}:unreadable:…`,
        what: storedThingsWords.copyProgressCouldNot,
      },
      { name: "drydock:theme", what: storedThingsWords.lightDarkIfYou },
      {
        name: "drydock:split",
        what: storedThingsWords.howWideTextBeside,
      },
      { name: "drydock:split-present", what: storedThingsWords.sameLayoutPresent },
      { name: "drydock:split-stage", what: storedThingsWords.sameOnStage },
      { name: "drydock:layout", what: storedThingsWords.layoutIfYouChosen },
      { name: "drydock:type-size", what: storedThingsWords.sizeTextCodeIf },
      {
        name: "drydock:below",
        what: storedThingsWords.whetherTerminalShownBelow,
      },
      { name: "drydock:single-keys", what: storedThingsWords.shortcutsSingleKeyOff },
      { name: "drydock:screen-reader", what: storedThingsWords.whetherTerminalSpeaksScreen },
    ],
  },
  {
    place: storedThingsWords.sessionStorage,
    until: storedThingsWords.untilYouCloseTab,
    things: [
      {
        name: "drydock:starting",
        what: storedThingsWords.machineBeingStartedNotice,
      },
      { name: `${talkKeyPrefix}…`, what: storedThingsWords.talkOfStage },
    ],
  },
  {
    place: storedThingsWords.indexedDBDatabase(databaseName),
    until: storedThingsWords.untilYouForgetUnder,
    things: [
      {
        name: "workspaces",
        what: storedThingsWords.yourFilesEachLesson,
      },
      { name: "workspace-list", what: storedThingsWords.howManyHowLarge },
      {
        name: "machines",
        what: storedThingsWords.eachMachineKeptLesson,
      },
      {
        name: "machine-states",
        what: storedThingsWords.machinesAllTheirMemory,
      },
      { name: "set-aside", what: storedThingsWords.anyRecordsCouldNot },
      { name: "facts", what: storedThingsWords.whenBrowserAskedNot },
    ],
  },
  {
    place: "Cache Storage",
    until: storedThingsWords.untilMachineImageUpdated,
    things: [
      { name: "drydock-manifests", what: storedThingsWords.whatMachineImageImage },
      {
        name: "drydock-image-…",
        what: storedThingsWords.partsMachineImageLoaded,
      },
      {
        name: "drydock-catalogue",
        what: storedThingsWords.whatYouPulledImage,
      },
    ],
  },
  {
    place: storedThingsWords.cacheStorageOffline,
    until: storedThingsWords.untilSiteUpdated,
    things: [
      { name: "drydock-site-…", what: storedThingsWords.filesOfSite },
      { name: keptCacheName, what: storedThingsWords.keptCourses },
      { name: workerName, what: storedThingsWords.offlineWorker },
    ],
  },
];
