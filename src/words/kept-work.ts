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
  fileUnpacksMoreThan: (size: string) => `The file unpacks to more than ${size}, which is too much.`,
  fileHoldsTooMany: "The file holds too many files.",
  fileLargerThanMay: (name: string, size: string) => `“${name}” in the file is larger than it may be (${size}).`,
  noFileDrydockExported: "This is no file that Drydock has exported, or it is damaged.",
  noFileDrydockExportedNo: (indexPath: string) =>
    `This is no file that Drydock has exported: there is no ${indexPath} in it.`,
  fileDamagedCannotRead: (indexPath: string) => `The file is damaged: its ${indexPath} cannot be read.`,
  fileMadeNewerVersion: (format: number, archiveFormat: number) =>
    `The file was made by a newer version of Drydock (its format is ${format}; this one reads ${archiveFormat}).`,
  reloadPageImportWhere: "Reload the page, or import it where it was exported.",
  at: (names: string) => ` at ${names}`,
  fileDamagedMakesNo: (indexPath: string, where: string) =>
    `The file is damaged: its ${indexPath} makes no sense${where}.`,
  fileDamagedProgressMakes: "The file is damaged: the progress in it makes no sense.",
  fileDamagedHoldsTwice: (lesson: string) => `The file is damaged: it holds “${lesson}” twice.`,
  fileWouldLieOutside: (name: string) => `“${name}” in the file would lie outside of the workspace.`,
  fileLinkNothingLink: (name: string) => `“${name}” in the file is a link to nothing that a link can lead to.`,
  somethingFileSameName: (lesson: string) =>
    `In “${lesson}”, something in the file has the same name as another thing, or lies below a file or link.`,
  filesTooLarge: (lesson: string, size: string) => `The files of “${lesson}” are too large (${size}).`,
  fileDamagedMachineMissing: (lesson: string) =>
    `The file is damaged: the machine of “${lesson}” is missing or incomplete.`,
  nothingChangedChooseFile: "Nothing has been changed. Choose a file that “Export” has made.",
};
