/** What is wrong with a file that is to be imported. */
export const workArchiveWords = {
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
