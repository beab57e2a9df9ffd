/** A machine that is kept for a later visit. */
export const keptMachineWords = {
  keepingMachine: "Keeping this machine…",
  keepMachine: "Keep this machine",
  forgetKeptMachine: "Forget the kept machine",
  machineCannotKept: (why: string) => `The machine cannot be kept. ${why}`,
  machineKeptBrowser: (size: string) => `The machine is kept in this browser (${size}).`,
  noRoomMachineBrowsers:
    "There is no room for this machine in this browser’s storage. “Your work” shows what takes room there.",
  machineNotKeptReset: "The machine is not kept, as it was reset meanwhile.",
  machineCouldNotKept: (why: string) => `The machine could not be kept. ${why}`,
  noRoomKeepMachine:
    "There is no room to keep this machine in this browser’s storage. Your files and progress are kept all the same. “Your work” shows what takes room.",
  machineCouldNotKeptAfter: (why: string) => `The machine could not be kept after this step. ${why}`,
  kept: (moment: string, size: string) => `Kept ${moment}, ${size}`,
  machineUpdatedSinceKept: (title: string) =>
    `The machine has been updated since, so the kept one of “${title}” could not be used. Your files and progress are all there.`,
  keptMachineCouldNot: (title: string, message: string) =>
    `The kept machine of “${title}” could not be used, so this is a fresh one. Your files and progress are all there. (${message})`,
};
