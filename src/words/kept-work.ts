/** Where work is kept in the browser, and what stands in its way. */
export const keptWorkWords = {
  filesNotKept: (largest: string, mebibytes: number, others: number) =>
    `${largest} (${mebibytes} MiB)${others === 0 ? "" : ` and ${others} other ${others === 1 ? "file" : "files"}`} ${others === 0 ? "is" : "are"} not kept after this visit: Drydock keeps 32 MiB and 2,000 files of a lesson.`,
  linksNotKept: (first: string, others: number) =>
    `${first}${others === 0 ? "" : ` and ${others} other ${others === 1 ? "link" : "links"}`} ${others === 0 ? "is" : "are"} not kept after this visit: Drydock keeps 2,000 links of a lesson.`,
  anotherTabDrydockWay: "Another tab of Drydock is in the way of this browser’s storage.",
  closeOtherTabsDrydock: "Close the other tabs of Drydock, then reload the page.",
  browsersStorageNotAnswer: "This browser’s storage does not answer.",
  reloadPage: "Reload the page.",
  newerVersionDrydockOpened: "A newer version of Drydock has been opened in this browser.",
  reloadPageGet: "Reload the page to get it.",
  browserNotLetPage: "This browser does not let the page keep anything, as in some private windows.",
  exportYourWorkBefore: "Export your work before you close the page.",
  noRoomLeftBrowsers: "There is no room left in this browser’s storage.",
  forgetSomeKeptMachines: "Forget some kept machines or files on the page “Your work”.",
  browsersStorageFailed: "This browser’s storage has failed.",
  reloadPageExportYour: "Reload the page; export your work if it stays so.",
  filesNameCannotKept: (lesson: string) => `The files of “${lesson}” have a name that cannot be kept.`,
  renameFile: "Rename the file.",
  noRoomLeftBrowsersStorage: "There is no room left in this browser’s storage for your files.",
  exportYourWorkForget: "Export your work, or forget some of it on the page “Your work”.",
};
