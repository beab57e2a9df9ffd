/** What can be done with the machine, in its menu, and what is asked before it is reset. */
export const machineActWords = {
  newShellTerminal: (value: number) => `New shell in Terminal ${value}`,
  restartDocker: "Restart Docker",
  resetMachine: "Reset machine…",
  resetMachineQuestion: "Reset the machine?",
  yourContainersImagesYou:
    "Your containers, and the images that you built, go. Your progress in the lessons stays. “Reset everything” also puts this page’s files back to their beginning.",
  resetKeepMyFiles: "Reset, keep my files",
  resetEverything: "Reset everything",
  cancel: "Cancel",
  forScreenReaders: "Terminal for screen readers",
  engine: (version: string) => `Docker Engine ${version}`,
  kernel: (version: string) => `Linux ${version}`,
};
